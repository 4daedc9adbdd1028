"""Writing down what a person changed, row by row, so that it can be undone and others see it.

Services put what they do inside `recording(…)` and say which rows they are about to touch; how
those rows differ afterwards is found out here.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.studies.models import Session
from backend.tagging.history.row_states import State, read_states, table_of
from backend.tagging.history.word_edits import differing_words
from backend.tagging.models import Change
from backend.workspaces.models import Workspace

_SUMMARY_LENGTH_MAXIMUM = 300

_Key = tuple[str, UUID]


class Recording:
    """The rows touched by one act, as they were before it."""

    def __init__(self, summary: str = "") -> None:
        self.summary = summary
        self.change: Change | None = None  # Set at the end, if anything differs.
        self._before: dict[_Key, State | None] = {}
        self._rederived: set[UUID] = set()

    def watch(self, *rows: models.Model) -> None:
        """These rows are about to be changed or deleted; nobody else changes them meanwhile.

        One query for each table. Watch an excerpt before what hangs on it: undoing locks them in
        that order, too.
        """
        by_table: dict[str, list[UUID]] = {}
        for row in rows:
            if (table_of(row), row.pk) not in self._before:
                by_table.setdefault(table_of(row), []).append(row.pk)
        for table, ids in by_table.items():
            for row_id, state in read_states(table, ids, is_locking=True).items():
                self._before[table, row_id] = state

    def made(self, *rows: models.Model) -> None:
        """These rows are new."""
        for row in rows:
            self._before.setdefault((table_of(row), row.pk), None)

    def rederived(self, excerpt_ids: Iterable[UUID]) -> None:
        """What is kept beside the words of these excerpts followed from something else.

        It will follow again when that is undone, so it needs no row; but pages must show it.
        """
        self._rederived.update(excerpt_ids)

    def differences(self) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The rows that differ now, in the order in which they were touched; and what is touched:
        {"excerpt_ids", "segment_ids", "has_speakers", "has_memos"}.
        """
        after = self._read_again()
        rows, touched = [], Touched(self._rederived)
        for key, before in self._before.items():
            now = after.get(key)
            if before != now:
                rows.append(_difference(*key, before, now))
                touched.add(*key, {**(before or {}), **(now or {})})
        return rows, touched.as_json()

    def joined(self, touched: dict[str, Any]) -> dict[str, Any]:
        """What that says is touched, and what followed here."""
        excerpt_ids = {*touched.get("excerpt_ids", []), *map(str, self._rederived)}
        return {**touched, "excerpt_ids": sorted(excerpt_ids)}

    def _read_again(self) -> dict[_Key, State]:
        by_table: dict[str, list[UUID]] = {}
        for table, row_id in self._before:
            by_table.setdefault(table, []).append(row_id)
        return {
            (table, row_id): state
            for table, ids in by_table.items()
            for row_id, state in read_states(table, ids).items()
        }


class Touched:
    """What a page has to read anew after a change."""

    def __init__(self, excerpt_ids: Iterable[UUID | str] = ()) -> None:
        self.excerpt_ids = {str(excerpt_id) for excerpt_id in excerpt_ids}
        self.segment_ids: set[str] = set()
        self.has_speakers = self.has_memos = False

    def add(self, table: str, row_id: UUID, state: State) -> None:
        if table == "tagging.excerpt":
            self.excerpt_ids.add(str(row_id))
        elif "excerpt_id" in state:
            self.excerpt_ids.add(state["excerpt_id"])
        elif table == "sources.segment":
            self.segment_ids.add(str(row_id))
        self.has_speakers |= table == "sources.speaker"
        self.has_memos |= table.startswith("memos.")

    def as_json(self) -> dict[str, Any]:
        return {
            "excerpt_ids": sorted(self.excerpt_ids),
            "segment_ids": sorted(self.segment_ids),
            "has_speakers": self.has_speakers,
            "has_memos": self.has_memos,
        }


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


def current_recording() -> Recording | None:
    """The recording that is going on, for what has to say that it touched rows."""
    return _current.get()


@contextmanager
def recording(
    *, workspace_id: UUID, session_id: UUID | None = None, user: Any, verb: str, summary: str
) -> Iterator[Recording]:
    """Record what is done inside as one change, in one transaction.

    Inside another recording it becomes part of that. Nothing is written down where nothing
    changed, or where no person did it. Afterwards the recording's `change` says what was written.
    """
    if outer := _current.get():
        yield outer
        return
    with transaction.atomic():
        with unrecorded(summary) as made:
            yield made
        rows, touched = made.differences() if user is not None else ([], {})
        if rows:
            number = next_number(workspace_id=workspace_id, session_id=session_id)
            made.change = Change.objects.create(
                workspace_id=workspace_id,
                session_id=session_id,
                number=number,
                first_number=number,
                verb=verb,
                summary=made.summary[:_SUMMARY_LENGTH_MAXIMUM],
                rows=rows,
                touched=touched,
                created_by=user,
            )
            _tell_search_of_gone(workspace_id, rows)


def _tell_search_of_gone(workspace_id: UUID, rows: Iterable[dict[str, Any]]) -> None:
    """Passages that are no more. No one else can say so: their rows are not there to be found."""
    gone = (
        UUID(row["id"])
        for row in rows
        if row["table"] == "sources.segment" and row["after"] is None
    )
    record_change(
        workspace_id=workspace_id, subject_kind=SubjectKind.SEGMENT, subject_ids=list(gone)
    )


@contextmanager
def unrecorded(summary: str = "") -> Iterator[Recording]:
    """Notice what is touched inside, without writing a change."""
    made = Recording(summary)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def next_number(*, workspace_id: UUID, session_id: UUID | None) -> int:
    """The next number of a session's changes, or of the codebook's; locks until the commit.

    Ask for it last: whoever waits for this lock must hold nothing that its holder still wants.
    """
    scope: type[models.Model] = Session if session_id else Workspace
    # Not the key: rows that refer to the session or workspace can be saved meanwhile.
    locked = scope._default_manager.select_for_update(no_key=True)
    locked.values_list("id").get(id=session_id or workspace_id)
    numbers = changes_in(workspace_id=workspace_id, session_id=session_id)
    return (numbers.aggregate(latest=Max("number"))["latest"] or 0) + 1


def changes_in(*, workspace_id: UUID, session_id: UUID | None) -> models.QuerySet[Change]:
    """The changes of a session, or of the codebook (None)."""
    changes = Change.objects.filter(workspace_id=workspace_id)
    if session_id is None:
        return changes.filter(session__isnull=True)
    return changes.filter(session_id=session_id)


def _difference(
    table: str, row_id: UUID, before: State | None, after: State | None
) -> dict[str, Any]:
    """Of a row that stays, only the columns that differ are kept; of a segment, only the words."""
    if before is not None and after is not None:
        names = [name for name, value in before.items() if value != after[name]]
        if "word_ids" in names and "transcript_id" in before:
            names.append("transcript_id")  # Ids mean something in their transcript alone.
        before, after = ({name: state[name] for name in names} for state in (before, after))
        if table == "sources.segment" and "words" in names:
            edits = differing_words(before["words"], after["words"])
            before["words"], after["words"] = edits or (before["words"], after["words"])
    return {"table": table, "id": str(row_id), "before": before, "after": after}
