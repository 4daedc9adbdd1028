"""Telling search that evidence changed."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.tagging.models import Excerpt


def record_excerpt_change(*, workspace_id: UUID, excerpt_ids: Iterable[UUID]) -> None:
    """Note, in the caller's transaction, that these excerpts or what is said of them changed.

    `updated_at` is moved too, so that a tagging or placing counts as activity of its study.
    """
    ids = set(excerpt_ids)
    Excerpt.objects.filter(id__in=ids).update(updated_at=timezone.now())
    record_change(workspace_id=workspace_id, subject_kind=SubjectKind.EXCERPT, subject_ids=ids)
