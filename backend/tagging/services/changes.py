"""Telling search that evidence, or what was said, changed."""

from bisect import bisect_right
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.sources.models import Segment, Transcript
from backend.tagging.models import Excerpt


def record_excerpt_change(*, workspace_id: UUID, excerpt_ids: Iterable[UUID]) -> None:
    """Note, in the caller's transaction, that these excerpts or what is said of them changed.

    `updated_at` is moved too, so that a tagging or placing counts as activity of its study.
    """
    ids = set(excerpt_ids)
    Excerpt.objects.filter(id__in=ids).update(updated_at=timezone.now())
    record_change(workspace_id=workspace_id, subject_kind=SubjectKind.EXCERPT, subject_ids=ids)


def record_text_change(*, transcript: Transcript, word_ids: Iterable[int] | None = None) -> None:
    """Note, in the caller's transaction, that passages changed: all, or those with these words."""
    if word_ids is None:
        record_change(
            workspace_id=transcript.workspace_id,
            subject_kind=SubjectKind.TRANSCRIPT,
            subject_ids=[transcript.id],
        )
        return
    places = list(
        Segment.objects.filter(transcript=transcript)
        .order_by("position")
        .values_list("position", "id")
    )
    positions = [position for position, _ in places]
    indexes = {bisect_right(positions, word_id) - 1 for word_id in word_ids}
    record_change(
        workspace_id=transcript.workspace_id,
        subject_kind=SubjectKind.SEGMENT,
        subject_ids=[places[index][1] for index in indexes if index >= 0],
    )
