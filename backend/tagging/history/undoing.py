"""Undoing what somebody did, and doing it again, row by row."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.sources.models import Segment, Transcript
from backend.tagging.history.concealing import conceal
from backend.tagging.history.following import follow, words_held
from backend.tagging.history.putting import ObstacleError, put_rows
from backend.tagging.history.recording import changes_in, next_number, unrecorded
from backend.tagging.history.selectors import latest_to_redo, latest_to_undo
from backend.tagging.history.steps import (
    Step,
    changed_since,
    read_steps,
    without_followers,
)
from backend.tagging.history.withholding import keeping_withheld
from backend.tagging.models import Change, Excerpt
from backend.tagging.services.snapshots import lock_source
from backend.tagging.services.versions import switch_version

# Later changes that are looked through for the one that stands in the way.
_SEARCHED_CHANGES = 200
# What people do who write insights, but edit nothing.
NOTES = ("memo.create", "memo.update", "memo.delete", "memo.restore", "excerpt.heard")


class ChangedSinceError(ConflictError):
    """What a change left behind is not as it left it any more."""

    code = "changed_since"


class NothingToUndoError(ConflictError):
    """This person has nothing here that could be undone, or done again."""

    code = "nothing_to_undo"


def undo_latest(
    *, workspace_id: UUID, session_id: UUID | None, user: Any, may_edit: bool = True
) -> Change:
    """Undo what this person did last in the session, or in the codebook (None).

    Who may not edit (any more) can undo notes alone. Raises NothingToUndoError, and
    ChangedSinceError if something stands in the way.
    """
    changes = _changes_of(workspace_id, session_id, may_edit)
    return _turn_latest(latest_to_undo(changes, user.pk), user=user, is_undo=True)


def redo_latest(
    *, workspace_id: UUID, session_id: UUID | None, user: Any, may_edit: bool = True
) -> Change:
    """Do again what this person undid last; not possible once they have done something new.

    Raises as undo_latest does.
    """
    changes = _changes_of(workspace_id, session_id, may_edit)
    return _turn_latest(latest_to_redo(changes, user.pk), user=user, is_undo=False)


def is_note(change: Change) -> bool:
    """Whether people who write insights, but edit nothing, do such a thing."""
    return change.verb in NOTES


@transaction.atomic
def undo_change(*, change: Change, user: Any) -> Change:
    """Make it as if this had not been done, whoever did it.

    Raises ChangedSinceError if something stands in the way, ConflictError if it was undone already.
    """
    return _turn(change, user=user, is_undo=True)


@transaction.atomic
def redo_change(*, change: Change, user: Any) -> Change:
    """Undo undo_change. Raises as that does."""
    return _turn(change, user=user, is_undo=False)


def _changes_of(workspace_id: UUID, session_id: UUID | None, may_edit: bool) -> QuerySet[Change]:
    changes = changes_in(workspace_id=workspace_id, session_id=session_id)
    return changes if may_edit else changes.filter(verb__in=NOTES)


@transaction.atomic
def _turn_latest(candidates: QuerySet[Change], *, user: Any, is_undo: bool) -> Change:
    change = candidates.first()
    if change is None:
        raise NothingToUndoError(
            "There is nothing of yours to undo here."
            if is_undo
            else "There is nothing of yours to do again here.",
            remedy="What others did can be undone in the history.",
        )
    return _turn(change, user=user, is_undo=is_undo)


def _turn(change: Change, *, user: Any, is_undo: bool) -> Change:
    _lock_sources(change)
    change = Change.objects.select_for_update(of=("self",)).get(id=change.id)
    conceal([change])
    if (change.undone_at is not None) == is_undo:
        raise ConflictError(
            f"“{change.summary}” was {'undone' if is_undo else 'done again'} already.",
            remedy="Reload the page.",
        )
    steps = read_steps(change, is_undo=is_undo)
    changed = changed_since(change, steps)
    steps = without_followers(steps, changed)
    if stale := [step for step in changed if step in steps]:
        raise _changed(change, stale, user=user, is_undo=is_undo)
    try:
        _put(change, steps)
    except ObstacleError as error:
        raise _refused(change, f"{error}.", is_undo=is_undo) from error
    change.undone_at, change.undone_by = (timezone.now(), user) if is_undo else (None, None)
    change.number = next_number(workspace_id=change.workspace_id, session_id=change.session_id)
    change.save(update_fields=["undone_at", "undone_by", "number", "touched", "updated_at"])
    return change


def _put(change: Change, steps: list[Step]) -> None:
    excerpt_ids = [UUID(excerpt_id) for excerpt_id in change.touched.get("excerpt_ids", [])]
    with transaction.atomic(), unrecorded() as noticed:
        if (version := _version_to_use(steps)) is not None:
            switch_version(transcript=version)
            return
        held_before = words_held(steps)
        with keeping_withheld(steps):
            put_rows(steps)
        follow(steps, held_before=held_before, excerpt_ids=excerpt_ids, since=change.created_at)
        change.touched = noticed.joined(change.touched)


def _version_to_use(steps: list[Step]) -> Transcript | None:
    """The version that a change, or undoing it, puts in use; all else follows from that."""
    return next(
        (
            step.row
            for step in steps
            if isinstance(step.row, Transcript) and (step.wanted or {}).get("is_current")
        ),
        None,
    )


def _lock_sources(change: Change) -> None:
    """Before any row: all that changes text locks its source first."""
    ids: dict[str, list[str]] = {
        "sources.segment": [],
        "sources.transcript": [],
        "tagging.excerpt": [],
    }
    for row in change.rows:
        ids.get(row["table"], []).append(row["id"])
    excerpts = [*ids["tagging.excerpt"], *change.touched.get("excerpt_ids", [])]
    sources = {
        *Excerpt.objects.filter(id__in=excerpts).values_list("source_id", flat=True),
        *Segment.objects.filter(id__in=ids["sources.segment"]).values_list(
            "transcript__source_id", flat=True
        ),
        *Transcript.objects.filter(id__in=ids["sources.transcript"]).values_list(
            "source_id", flat=True
        ),
    }
    for source_id in sorted(sources):
        lock_source(source_id)


def _changed(
    change: Change, stale: Sequence[Step], *, user: Any, is_undo: bool
) -> ChangedSinceError:
    later = _later_change(change, stale)
    if later is None:
        return _refused(change, "it was changed since.", is_undo=is_undo)
    conceal([later])
    is_own = later.created_by_id == user.pk
    who = "you" if is_own else later.created_by.name if later.created_by else "somebody"
    reason = f"{who} changed the same since: “{later.summary}”."
    return _refused(change, reason, is_undo=is_undo, later=later)


def _refused(
    change: Change, reason: str, *, is_undo: bool, later: Change | None = None
) -> ChangedSinceError:
    what = "undone" if is_undo else "done again"
    return ChangedSinceError(
        f"“{change.summary}” can't be {what}: {reason}",
        remedy="Nothing was changed. Undo the later change first, in the history, or change it by "
        "hand.",
        fields={"change_id": [str(later.id)]} if later else {},
    )


def _later_change(change: Change, stale: Sequence[Step]) -> Change | None:
    """The latest other change of any of these rows since then."""
    ids = {str(step.row_id) for step in stale}
    later = (
        Change.objects.filter(workspace_id=change.workspace_id, updated_at__gte=change.updated_at)
        .exclude(id=change.id)
        .select_related("created_by")
        .order_by("-updated_at")[:_SEARCHED_CHANGES]
    )
    return next((row for row in later if any(each["id"] in ids for each in row.rows)), None)
