"""Somebody looks at an excerpt that could not be carried over with certainty."""

from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.sources.models import Source, Transcript
from backend.tagging.history import Recording, recording
from backend.tagging.history.summaries import quote
from backend.tagging.models import Anchor, CarryOutcome, Excerpt, Review, ReviewState
from backend.tagging.services.anchors import leave_place, restore_hearing, save_anchors
from backend.tagging.services.changes import record_excerpt_change
from backend.tagging.services.snapshots import (
    SNAPSHOT_FIELDS,
    apply_snapshot,
    lock_source,
    speakers_of,
    take_new_run,
)


@transaction.atomic
def accept_review(
    *,
    review: Review,
    user: Any,
    first_word_id: int | None = None,
    last_word_id: int | None = None,
) -> Review:
    """The excerpt hangs on the version in use: where it was put or proposed, or on these words.

    Raises InvalidInputError if there is no proposal and no words are given, or they are not there;
    ConflictError if another version is in use.
    """
    review = _lock(review)
    with _recording(review.transcript, "review.accept", "Accepted", review, user) as recorded:
        _watch(recorded, review)
        place = _chosen_place(review, first_word_id, last_word_id)
        if place is not None:
            _hang(review.excerpt, review.transcript, *place)
        _resolve(review, ReviewState.ACCEPTED, user)
        recorded.made(*review.excerpt.anchors.all())
    return review


def _chosen_place(review: Review, first: int | None, last: int | None) -> tuple[int, int] | None:
    """The first and last word to hang it on. None: it hangs there already."""
    excerpt = review.excerpt
    is_there = excerpt.transcript_id == review.transcript_id and not _has_lost_words(review)
    if is_there and first is None and last is None:
        return None
    held = (excerpt.word_ids[0], excerpt.word_ids[-1]) if is_there else _proposal(review)
    first = held[0] if first is None else first
    last = held[1] if last is None else last
    if first is None or last is None:
        raise InvalidInputError(
            "Nothing like this excerpt was found in the text as it is now.",
            remedy="Mark the words where it belongs, or keep it as it was.",
            fields={"first_word_id": ["Needed: there is no proposal."]},
        )
    return first, last


@transaction.atomic
def accept_reworded(*, source: Source, user: Any) -> int:
    """Accept all that came over to the version in use with other words. Returns how many.

    Each can still be reopened by itself.
    """
    lock_source(source.id)
    reviews = Review.objects.filter(
        excerpt__in=Excerpt.objects.kept().filter(source=source),
        transcript__in=Transcript.objects.filter(source=source, is_current=True),
        outcome=CarryOutcome.REWORDED,
        state=ReviewState.OPEN,
    )
    ids = [review.pk for review in reviews]
    now = timezone.now()
    with recording(
        workspace_id=source.workspace_id,
        session_id=source.session_id,
        user=user,
        verb="review.accept",
        summary=f"Accepted {len(ids)} with other words",
    ) as recorded:
        recorded.watch(*reviews)
        Review.objects.filter(pk__in=ids).update(
            state=ReviewState.ACCEPTED, resolved_by=user, resolved_at=now, updated_at=now
        )
    return len(ids)


@transaction.atomic
def keep_review(*, review: Review, user: Any) -> Review:
    """The excerpt stays on the earlier version, or goes back there to its very words. One whose
    words were edited stays as it is.

    Raises ConflictError if its range was changed since, or another version is in use.
    """
    review = _lock(review)
    with _recording(review.transcript, "review.keep", "Kept as it was", review, user) as recorded:
        _watch(recorded, review)
        if review.excerpt.transcript_id == review.transcript_id and not _is_of_edit(review):
            _go_back(review)
        _resolve(review, ReviewState.KEPT, user)
        recorded.made(*review.excerpt.anchors.all())
    return review


@transaction.atomic
def reopen_review(*, review: Review, user: Any = None) -> Review:
    """Undo accept_review or keep_review: the excerpt is again where carrying had left it. One whose
    words were edited stays where it is.

    Raises ConflictError if its range was changed since, or another version is in use.
    """
    review = _lock(review)
    if review.state == ReviewState.OPEN:
        return review
    with _recording(review.transcript, "review.reopen", "Reopened", review, user) as recorded:
        _watch(recorded, review)
        if not _is_of_edit(review):
            _put_as_carried(review)
        _resolve(review, ReviewState.OPEN, None)
        recorded.made(*review.excerpt.anchors.all())
    return review


def _put_as_carried(review: Review) -> None:
    excerpt, is_reworded = review.excerpt, review.outcome == CarryOutcome.REWORDED
    is_there = excerpt.transcript_id == review.transcript_id
    if is_there and not is_reworded:
        _go_back(review)
    elif is_reworded and (not is_there or _remembers(review)):
        first, last = _proposal(review)
        if first is not None and last is not None:
            _hang(excerpt, review.transcript, first, last)


def _recording(
    transcript: Transcript, verb: str, what: str, review: Review, user: Any
) -> AbstractContextManager[Recording]:
    return recording(
        workspace_id=transcript.workspace_id,
        session_id=transcript.source.session_id,
        user=user,
        verb=verb,
        summary=f"{what}: {quote(review.old_text)}",
    )


def _watch(recorded: Recording, review: Review) -> None:
    recorded.watch(review.excerpt)
    recorded.watch(review, *review.excerpt.anchors.all())


def _lock(review: Review) -> Review:
    """Review and excerpt as they are now; no switch of versions comes in between."""
    lock_source(review.transcript.source_id)
    review = Review.objects.select_related("transcript__source").get(id=review.id)
    review.excerpt = Excerpt.objects.select_for_update(of=("self",), no_key=True).get(
        id=review.excerpt_id
    )
    if not review.transcript.is_current:
        raise ConflictError(
            "Another version of this transcript is in use now.",
            remedy="Reload the page. Make that version current again to go on with its reviews.",
        )
    return review


def _proposal(review: Review) -> tuple[int | None, int | None]:
    return review.proposed_first_word_id, review.proposed_last_word_id


def _is_of_edit(review: Review) -> bool:
    """Whether somebody edited its words; otherwise it was carried over from another version."""
    return review.old_transcript_id == review.transcript_id


def _has_lost_words(review: Review) -> bool:
    is_open = review.state == ReviewState.OPEN
    return is_open and _is_of_edit(review) and review.outcome == CarryOutcome.UNCERTAIN


def _remembers(review: Review) -> bool:
    return review.excerpt.anchors.filter(transcript=review.old_transcript_id).exists()


def _hang(excerpt: Excerpt, transcript: Transcript, first: int, last: int) -> None:
    run, segments = take_new_run(transcript, first_word_id=first, last_word_id=last)
    if excerpt.transcript_id != transcript.id:
        save_anchors([leave_place(excerpt)])
    excerpt.transcript = transcript
    apply_snapshot(excerpt, run, speakers_of(segments))
    _save(excerpt)


def _go_back(review: Review) -> None:
    excerpt = review.excerpt
    anchor = Anchor.objects.filter(excerpt=excerpt, transcript=review.old_transcript_id).first()
    if anchor is None:
        raise ConflictError(
            "This excerpt was given another range since it was carried over.",
            remedy="It can't go back to its earlier words. Accept it, or correct its range.",
        )
    save_anchors([leave_place(excerpt)])
    first, last = anchor.word_ids[0], anchor.word_ids[-1]
    run, segments = take_new_run(anchor.transcript, first_word_id=first, last_word_id=last)
    excerpt.transcript = anchor.transcript
    apply_snapshot(excerpt, run, speakers_of(segments))
    restore_hearing(excerpt, anchor)
    _save(excerpt)


def _save(excerpt: Excerpt) -> None:
    excerpt.save(update_fields=["transcript", *SNAPSHOT_FIELDS, "updated_at"])
    record_excerpt_change(workspace_id=excerpt.workspace_id, excerpt_ids=[excerpt.id])


def _resolve(review: Review, state: ReviewState, user: Any) -> None:
    review.state = state
    review.resolved_by = user
    review.resolved_at = None if state == ReviewState.OPEN else timezone.now()
    review.save(update_fields=["state", "resolved_by", "resolved_at", "updated_at"])
