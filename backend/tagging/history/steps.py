"""One row of a change on its way back or forth: as it must be now, as it will be, as it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from backend.common.entity import Deletable
from backend.sources.models import Segment
from backend.tagging.history.recording import changes_in
from backend.tagging.history.row_states import State, model_of, state_of
from backend.tagging.history.word_edits import are_there
from backend.tagging.models import Change, Excerpt

_HEARD = {"heard_at", "heard_by_id", "heard_how"}
# These follow from other rows, or are an order that may be off by one: they go back with the rest,
# but nobody's later change of them stands in the way.
_LENIENT = {
    "tagging.excerpt": {
        "text",
        "start_ms",
        "end_ms",
        "position",
        "speaker_id",
        "participant_id",
        "is_doubtful",
        *_HEARD,
    },
    "tagging.tag": {"position"},
    "sources.segment": {"start_ms", "end_ms"},
}
# Before what hangs on them, as services lock them.
_LOCKED_FIRST = ("tagging.tag", "tagging.excerpt")


@dataclass
class Step:
    """`expected` and `wanted` as in a change's row; `row` as it is in the database (None: gone)."""

    table: str
    row_id: UUID
    workspace_id: UUID
    expected: State | None
    wanted: State | None
    row: models.Model | None = None

    @property
    def is_there(self) -> bool:
        return self.row is not None and getattr(self.row, "deleted_at", None) is None

    @property
    def is_kept_when_removed(self) -> bool:
        """Others may hang on it: it stays, marked as deleted."""
        return issubclass(model_of(self.table), Deletable)


def read_steps(change: Change, *, is_undo: bool) -> list[Step]:
    """What has to be done, in order, with the rows as they are now, locked until the commit."""
    expected, wanted = ("after", "before") if is_undo else ("before", "after")
    steps = [
        Step(
            row["table"],
            UUID(row["id"]),
            change.workspace_id,
            row[expected],
            # A copy: what is wanted may have to follow what happened since.
            dict(row[wanted]) if row[wanted] is not None else None,
        )
        for row in change.rows
    ]
    _lock_rows(steps, change.workspace_id)
    return steps[::-1] if is_undo else steps


def _lock_rows(steps: list[Step], workspace_id: UUID) -> None:
    by_table: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_table[step.table].append(step)
    for table in sorted(by_table, key=lambda table: (table not in _LOCKED_FIRST, table)):
        rows = (
            model_of(table)
            ._default_manager.filter(
                workspace_id=workspace_id, pk__in=[step.row_id for step in by_table[table]]
            )
            .order_by("pk")
            .select_for_update(of=("self",), no_key=True)
        )
        found = {row.pk: row for row in rows}
        for step in by_table[table]:
            step.row = found.get(step.row_id)


def changed_since(change: Change, steps: Iterable[Step]) -> list[Step]:
    """Those whose rows are no longer as the change left them, where it matters; and those that
    somebody set anew since, if only to what they were: they meant it.
    """
    touched = _touched_since(change)
    return [
        step
        for step in steps
        if not _is_as_expected(step) or _values_of(step) & touched[str(step.row_id)]
    ]


def _touched_since(change: Change) -> dict[str, set[str]]:
    """What changes made later, that stand, have set: values by row."""
    later = changes_in(workspace_id=change.workspace_id, session_id=change.session_id).filter(
        number__gt=change.number,
        first_number__gt=change.first_number,
        undone_at__isnull=True,
    )
    touched: dict[str, set[str]] = defaultdict(set)
    for rows in later.values_list("rows", flat=True):
        for row in rows:
            if row["before"] is not None and row["after"] is not None:
                touched[row["id"]].update(_names(row["table"], row["after"]))
    return touched


def _values_of(step: Step) -> set[str]:
    """What the step sets in a row that stays."""
    if step.expected is None or step.wanted is None:
        return set()
    return _names(step.table, step.wanted)


def _names(table: str, state: State) -> set[str]:
    """The columns that matter; of words that were edited one by one, their ids."""
    names = set(state) - _LENIENT.get(table, set()) - {"transcript_id"}
    words = state.get("words")
    return names - {"words"} | set(words) if isinstance(words, dict) else names


def without_followers(steps: list[Step], stale: Collection[Step]) -> list[Step]:
    """In a change of text, excerpts came along; those that were changed since stay as they are."""
    if not any(step.table == "sources.segment" for step in steps):
        return steps
    return [step for step in steps if step.table != "tagging.excerpt" or step not in stale]


def _is_as_expected(step: Step) -> bool:
    if step.expected is None:
        return not step.is_there
    if step.row is None:
        return False
    now = state_of(step.row)
    lenient = _LENIENT.get(step.table, set())
    if step.wanted is not None and step.expected.keys() <= _HEARD:
        lenient = set()  # Then that was all of the change.
    if step.wanted is None and step.expected.get("transcript_id") != now.get("transcript_id"):
        lenient = lenient | {"transcript_id", "word_ids"}  # Carried along, not changed.
    return all(
        _is_same(step, name, now.get(name), value)
        for name, value in step.expected.items()
        if name not in lenient and name in now
    )


def _is_same(step: Step, name: str, now: Any, expected: Any) -> bool:
    if isinstance(step.row, Segment) and isinstance(expected, dict):
        return are_there(now, expected)
    if isinstance(step.row, Excerpt) and name == "word_ids":
        # What lies between its ends follows from the text.
        return [now[0], now[-1]] == [expected[0], expected[-1]]
    return now == expected
