"""Marking words, changing what is marked, and taking it back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.sources.models import Transcript
from backend.tagging.models import Excerpt, Tag, Tagging
from backend.tagging.services.changes import record_excerpt_change
from backend.tagging.services.placings import PlacingDraft, save_placing
from backend.tagging.services.snapshots import (
    SNAPSHOT_FIELDS,
    apply_snapshot,
    speakers_of,
    take_new_run,
)


@transaction.atomic
def create_excerpt(
    *,
    transcript: Transcript,
    first_word_id: int,
    last_word_id: int,
    user: Any,
    tags: Sequence[Tag] = (),
    placings: Sequence[PlacingDraft] = (),
    is_key_quote: bool = False,
) -> Excerpt:
    """Mark the words from first to last, both included.

    Raises InvalidInputError, and ConflictError if another version of the transcript is in use.
    """
    run, segments = take_new_run(transcript, first_word_id=first_word_id, last_word_id=last_word_id)
    _check_in_use(transcript)
    source = transcript.source
    excerpt = Excerpt(
        workspace_id=transcript.workspace_id,
        session_id=source.session_id,
        source=source,
        transcript=transcript,
        is_key_quote=is_key_quote,
        created_by=user,
    )
    apply_snapshot(excerpt, run, speakers_of(segments))
    excerpt.save()
    _add_tags(excerpt, tags, user)
    for draft in placings:
        save_placing(excerpt=excerpt, draft=draft, user=user)
    _record(excerpt)
    return excerpt


@transaction.atomic
def update_excerpt(
    *,
    excerpt: Excerpt,
    is_key_quote: bool | None = None,
    first_word_id: int | None = None,
    last_word_id: int | None = None,
) -> Excerpt:
    """Change its range or whether it is a key quote. What is None stays. InvalidInputError."""
    if is_key_quote is not None:
        excerpt.is_key_quote = is_key_quote
    if first_word_id is not None or last_word_id is not None:
        _move(excerpt, first_word_id, last_word_id)
    excerpt.save(update_fields=[*SNAPSHOT_FIELDS, "is_key_quote", "updated_at"])
    _record(excerpt)
    return excerpt


@transaction.atomic
def delete_excerpt(*, excerpt: Excerpt) -> None:
    """Take it out of every list and count; restore_excerpt brings it back as it was."""
    excerpt.deleted_at = timezone.now()
    excerpt.save(update_fields=["deleted_at", "updated_at"])
    _record(excerpt)


@transaction.atomic
def restore_excerpt(*, excerpt: Excerpt) -> Excerpt:
    """Undo delete_excerpt."""
    excerpt.deleted_at = None
    excerpt.save(update_fields=["deleted_at", "updated_at"])
    _record(excerpt)
    return excerpt


@transaction.atomic
def set_excerpt_tags(*, excerpt: Excerpt, tags: Iterable[Tag], user: Any) -> Excerpt:
    """Give it exactly these tags. Who put the ones that stay, and when, is kept."""
    wanted = {tag.id: tag for tag in tags}
    held: set[UUID] = set(
        excerpt.taggings.filter(tag__deleted_at__isnull=True).values_list("tag_id", flat=True)
    )
    excerpt.taggings.filter(tag_id__in=held - wanted.keys()).delete()
    _add_tags(excerpt, [tag for tag_id, tag in wanted.items() if tag_id not in held], user)
    _record(excerpt)
    return excerpt


def _check_in_use(transcript: Transcript) -> None:
    """Asked under the lock of take_new_run: an excerpt can't be left behind on its first day."""
    if not Transcript.objects.filter(id=transcript.id, is_current=True).exists():
        raise ConflictError(
            "Another version of this transcript is in use now.",
            remedy="Reload the page and mark the words there.",
        )


def _move(excerpt: Excerpt, first_word_id: int | None, last_word_id: int | None) -> None:
    run, segments = take_new_run(
        excerpt.transcript,
        first_word_id=excerpt.word_ids[0] if first_word_id is None else first_word_id,
        last_word_id=excerpt.word_ids[-1] if last_word_id is None else last_word_id,
    )
    if run.word_ids != excerpt.word_ids:
        # What other versions remember is another stretch: going back must look for this one.
        excerpt.anchors.all().delete()
    apply_snapshot(excerpt, run, speakers_of(segments))


def _add_tags(excerpt: Excerpt, tags: Iterable[Tag], user: Any) -> None:
    Tagging.objects.bulk_create(
        [
            Tagging(workspace_id=excerpt.workspace_id, excerpt=excerpt, tag=tag, created_by=user)
            for tag in tags
        ],
        ignore_conflicts=True,
    )


def _record(excerpt: Excerpt) -> None:
    record_excerpt_change(workspace_id=excerpt.workspace_id, excerpt_ids=[excerpt.id])
