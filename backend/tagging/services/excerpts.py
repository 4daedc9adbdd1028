"""Marking words, changing what is marked, and taking it back."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.sources.models import Transcript
from backend.tagging.history import Recording, current_recording, recording
from backend.tagging.history.summaries import listed, quote
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
    with _changing(excerpt, user, "excerpt.create", "Marked") as changes:
        excerpt.save()
        changes.made(excerpt, *_add_tags(excerpt, tags, user))
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
    user: Any = None,
) -> Excerpt:
    """Change its range or whether it is a key quote. What is None stays. InvalidInputError."""
    is_moved = first_word_id is not None or last_word_id is not None
    verb, done = "excerpt.update", "Changed the range of"
    if not is_moved:
        verb, done = "excerpt.key_quote", "Made a key quote:" if is_key_quote else "No key quote:"
    with _changing(excerpt, user, verb, done):
        if is_key_quote is not None:
            excerpt.is_key_quote = is_key_quote
        if is_moved:
            _move(excerpt, first_word_id, last_word_id)
        excerpt.save(update_fields=[*SNAPSHOT_FIELDS, "is_key_quote", "updated_at"])
        _record(excerpt)
    return excerpt


@transaction.atomic
def delete_excerpt(*, excerpt: Excerpt, user: Any = None) -> None:
    """Take it out of every list and count; restore_excerpt brings it back as it was."""
    with _changing(excerpt, user, "excerpt.delete", "Deleted"):
        excerpt.deleted_at = timezone.now()
        excerpt.save(update_fields=["deleted_at", "updated_at"])
        _record(excerpt)


@transaction.atomic
def restore_excerpt(*, excerpt: Excerpt, user: Any = None) -> Excerpt:
    """Undo delete_excerpt."""
    with _changing(excerpt, user, "excerpt.restore", "Brought back"):
        excerpt.deleted_at = None
        excerpt.save(update_fields=["deleted_at", "updated_at"])
        _record(excerpt)
    return excerpt


@transaction.atomic
def set_excerpt_tags(*, excerpt: Excerpt, tags: Iterable[Tag], user: Any) -> Excerpt:
    """Give it exactly these tags. Who put the ones that stay, and when, is kept."""
    wanted = {tag.id: tag for tag in tags}
    held = list(excerpt.taggings.filter(tag__deleted_at__isnull=True).select_related("tag"))
    dropped = [tagging for tagging in held if tagging.tag_id not in wanted]
    added = [wanted[tag_id] for tag_id in wanted.keys() - {tagging.tag_id for tagging in held}]
    with _changing(excerpt, user, "excerpt.tag", "Tagged") as changes:
        changes.summary = _tagging_summary(excerpt, added, [tagging.tag for tagging in dropped])
        changes.watch(*dropped)
        excerpt.taggings.filter(id__in=[tagging.id for tagging in dropped]).delete()
        changes.made(*_add_tags(excerpt, added, user))
        _record(excerpt)
    return excerpt


@contextmanager
def _changing(excerpt: Excerpt, user: Any, verb: str, done: str) -> Iterator[Recording]:
    """Record what is done to the excerpt and its taggings as `done` “its words”."""
    with recording(
        workspace_id=excerpt.workspace_id,
        session_id=excerpt.session_id,
        user=user,
        verb=verb,
        summary=f"{done} {quote(excerpt.text)}",
    ) as changes:
        changes.watch(excerpt)
        yield changes


def _tagging_summary(excerpt: Excerpt, added: list[Tag], dropped: list[Tag]) -> str:
    done = []
    if added:
        done.append(f"with {listed(tag.name for tag in added)}")
    if dropped:
        done.append(f"no longer with {listed(tag.name for tag in dropped)}")
    return f"Tagged {quote(excerpt.text)} {', '.join(done)}"


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
        if changes := current_recording():
            changes.watch(*excerpt.anchors.all())
        excerpt.anchors.all().delete()
    apply_snapshot(excerpt, run, speakers_of(segments))


def _add_tags(excerpt: Excerpt, tags: Iterable[Tag], user: Any) -> list[Tagging]:
    """The taggings that are new; somebody else may have added one at the same moment."""
    taggings = [
        Tagging(workspace_id=excerpt.workspace_id, excerpt=excerpt, tag=tag, created_by=user)
        for tag in tags
    ]
    Tagging.objects.bulk_create(taggings, ignore_conflicts=True)
    return taggings


def _record(excerpt: Excerpt) -> None:
    record_excerpt_change(workspace_id=excerpt.workspace_id, excerpt_ids=[excerpt.id])
