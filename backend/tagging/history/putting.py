"""Putting rows as they were: removing, changing and making again, a few queries for each table."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from backend.sources.models import Segment, Speaker
from backend.tagging.history.row_states import State, model_of, set_columns
from backend.tagging.history.steps import Step
from backend.tagging.history.word_edits import put_words
from backend.tagging.models import Change, Excerpt

_BATCH_SIZE = 200
_TAKEN = {
    "tagging.tagging": "that tag has been put on the excerpt again",
    "tagging.placing": "the excerpt has been placed there again",
    "tagging.tag": "another tag has that name there now",
    "sources.speaker": "another speaker has that name now",
    "sources.segment": "other text has taken that place",
}


class ObstacleError(Exception):
    """Something stands in the way; the text completes “it can't be undone: …”."""


def put_rows(steps: list[Step]) -> None:
    """Make the rows as wanted, and set each step's `row` to what is there then (None: nothing).

    Raises ObstacleError; then nothing is put.
    """
    with transaction.atomic():
        _follow_merges(steps)
        _check_references(steps)
        # What goes makes room for what comes.
        for goes_first in (_remove, _change, _make_again):
            for table, own in _by_table(steps).items():
                with _explaining(table):
                    goes_first(table, own)


class _explaining:
    """Rules that the database holds, as obstacles."""

    def __init__(self, table: str) -> None:
        self._obstacle = _TAKEN.get(table, "something else has taken its place")
        self._savepoint = transaction.atomic()

    def __enter__(self) -> None:
        self._savepoint.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self._savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            raise ObstacleError(self._obstacle) from error


def _by_table(steps: Iterable[Step]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.table].append(step)
    return found


def _remove(table: str, steps: list[Step]) -> None:
    steps = [step for step in steps if step.wanted is None and step.row is not None]
    ids = [step.row_id for step in steps]
    if not ids:
        return
    model = model_of(table)
    if steps[0].is_kept_when_removed:
        _check_children(model, ids)
        now = timezone.now()
        model._default_manager.filter(pk__in=ids).update(deleted_at=now, updated_at=now)
    else:
        _check_nothing_hangs_on(model, ids)
        model._default_manager.filter(pk__in=ids).delete()
    for step in steps:
        step.row = None


def _change(table: str, steps: list[Step]) -> None:
    names: set[str] = set()
    rows: list[models.Model] = []
    for step in steps:
        if step.row is not None and step.wanted is not None:
            names.update(set_columns(step.row, _wanted_columns(step)))
            rows.append(step.row)
            step.row.updated_at = timezone.now()  # type: ignore[attr-defined]
    if names:
        manager = model_of(table)._default_manager
        if table == "tagging.tag":
            # Names are unique row by row: two that change places must not meet on the way.
            names.add("deleted_at")
            manager.filter(pk__in=[row.pk for row in rows]).update(deleted_at=timezone.now())
        manager.bulk_update(rows, sorted({*names, "updated_at"}), batch_size=_BATCH_SIZE)


def _wanted_columns(step: Step) -> State:
    assert step.wanted is not None
    if step.expected is None:
        return _as_it_was_kept(step.row, step.wanted)
    wanted = dict(step.wanted)
    if isinstance(step.row, Segment) and "words" in wanted:
        if isinstance(wanted["words"], dict):
            wanted["words"] = put_words(step.row.words, wanted["words"])
        wanted.update(_covering_times(step.row, wanted))
    return wanted


def _as_it_was_kept(row: models.Model | None, wanted: State) -> State:
    """It was there all the time. Words that an excerpt lost meanwhile may be back by now."""
    kept = {"deleted_at": wanted["deleted_at"]}
    if (
        isinstance(row, Excerpt)
        and str(row.transcript_id) == wanted["transcript_id"]
        and {*row.word_ids} < {*wanted["word_ids"]}
    ):
        kept["word_ids"] = wanted["word_ids"]
    return kept


def _covering_times(segment: Segment, wanted: State) -> State:
    """Its times, so that they hold those of its words."""
    starts = [word[2] for word in wanted["words"] if word[2] is not None]
    ends = [word[3] for word in wanted["words"] if word[3] is not None]
    start_ms = wanted.get("start_ms", segment.start_ms)
    end_ms = wanted.get("end_ms", segment.end_ms)
    if not starts or not ends or start_ms is None or end_ms is None:
        return {}
    return {"start_ms": min(start_ms, *starts), "end_ms": max(end_ms, *ends)}


def _make_again(table: str, steps: list[Step]) -> None:
    made = []
    for step in steps:
        if step.row is None and step.wanted is not None:
            step.row = model_of(table)(pk=step.row_id)
            step.row.workspace_id = step.workspace_id  # type: ignore[attr-defined]
            set_columns(step.row, step.wanted)
            made.append((step.row, step.row.created_at))  # type: ignore[attr-defined]
    manager = model_of(table)._default_manager
    manager.bulk_create([row for row, _ in made], batch_size=_BATCH_SIZE)
    for row, created_at in made:
        row.created_at = created_at  # type: ignore[attr-defined] # Saving set it to now.
    manager.bulk_update([row for row, _ in made], ["created_at"], batch_size=_BATCH_SIZE)


def _check_children(model: type[models.Model], ids: list[UUID]) -> None:
    """A tag can't go while others are under it: they would be under nothing."""
    if model._meta.label_lower != "tagging.tag":
        return
    rows = model._default_manager.filter(parent__in=ids, deleted_at__isnull=True)
    child = rows.exclude(pk__in=ids).first()
    if child is not None:
        raise ObstacleError(f"the tag “{child}” is under it now")


def _check_nothing_hangs_on(model: type[models.Model], ids: list[UUID]) -> None:
    for relation in model._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": ids})
        if rows.exists():
            raise ObstacleError("something else rests on it now")


def _follow_merges(steps: list[Step]) -> None:
    """Who spoke then may have been merged into another since: then that one did."""
    given = [
        (step.row_id, step.wanted)
        for step in steps
        if step.table == "sources.segment" and step.wanted and step.wanted.get("speaker_id")
    ]
    merges = {
        str(speaker_id): str(into_id)
        for speaker_id, into_id in _merges_in(
            steps, {UUID(state["speaker_id"]) for _, state in given}
        )
    }
    passed: dict[str, list[UUID]] = defaultdict(list)
    for turn_id, state in given:
        while (speaker_id := state["speaker_id"]) in merges:
            passed[speaker_id].append(turn_id)
            state["speaker_id"] = merges[speaker_id]
    if passed:
        _add_to_merges(passed, merges)


def _add_to_merges(passed: dict[str, list[UUID]], merges: dict[str, str]) -> None:
    """These merges gave away those turns, too: with each they can go back further."""
    changes = Change.objects.filter(verb="speaker.merge", undone_at__isnull=True)
    for change in changes.filter(session__sources__speakers__in=list(passed)).distinct():
        known = {row["id"] for row in change.rows}
        for speaker_id in known & passed.keys():
            turns = [str(turn_id) for turn_id in passed[speaker_id] if str(turn_id) not in known]
            before, after = {"speaker_id": speaker_id}, {"speaker_id": merges[speaker_id]}
            change.rows += [
                {"table": "sources.segment", "id": turn_id, "before": before, "after": after}
                for turn_id in turns
            ]
            segment_ids = {*change.touched.get("segment_ids", []), *turns}
            change.touched = {**change.touched, "segment_ids": sorted(segment_ids)}
        change.save(update_fields=["rows", "touched"])


def _merges_in(steps: list[Step], speaker_ids: set[UUID]) -> Iterable[tuple[UUID, UUID]]:
    if not speaker_ids:
        return []
    own = [step.row_id for step in steps if step.table == "sources.speaker"]
    merged = Speaker.objects.filter(merged_into__isnull=False).exclude(pk__in=own)
    of_sources = merged.filter(source__speakers__in=speaker_ids)
    return of_sources.values_list("pk", "merged_into_id").distinct()


def _check_references(steps: list[Step]) -> None:
    """What rows refer to must be there still; what may be empty becomes so, as if it was deleted
    later.
    """
    made = {step.row_id for step in steps if step.wanted is not None}
    for (table, name), states in _states_by_reference(steps).items():
        field = model_of(table)._meta.get_field(name)
        target: Any = field.related_model
        ids = {UUID(state[field.attname]) for state in states}  # type: ignore[union-attr]
        there = set(target._default_manager.filter(pk__in=ids).values_list("pk", flat=True)) | made
        for state in states:
            if UUID(state[field.attname]) in there:  # type: ignore[union-attr]
                continue
            if field.remote_field.on_delete is not models.SET_NULL:  # type: ignore[union-attr]
                raise ObstacleError("what it belongs to is gone")
            state[field.attname] = None  # type: ignore[union-attr]


def _states_by_reference(steps: list[Step]) -> dict[tuple[str, str], list[State]]:
    found: dict[tuple[str, str], list[State]] = defaultdict(list)
    for step in steps:
        if step.wanted is None:
            continue
        for field in model_of(step.table)._meta.concrete_fields:
            if field.is_relation and step.wanted.get(field.attname):
                found[step.table, field.name].append(step.wanted)
    return found
