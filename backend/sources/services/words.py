"""Ids of words: which are free for those of a segment, and which are never used again."""

from collections.abc import Iterable

from backend.sources.editing import Room
from backend.sources.models import RetiredWord, Segment, Transcript


def room_of(segment: Segment) -> Room:
    """The ids and the time that the words of a segment may use. Three queries."""
    others = Segment.objects.filter(transcript_id=segment.transcript_id).order_by("position")
    before = others.filter(position__lt=segment.position).last()
    behind = others.filter(position__gt=segment.position).first()
    after = _last_taken(before, segment)
    return Room(
        after=after,
        before=behind.position if behind else None,
        next_word_id=segment.transcript.next_word_id,
        taken=retired_between(segment.transcript, after, behind.position if behind else None),
        start_ms=segment.start_ms,
        end_ms=segment.end_ms,
    )


def retired_between(transcript: Transcript, after: int, before: int | None) -> set[int]:
    """Ids that were words once and are none any more."""
    rows = RetiredWord.objects.filter(transcript=transcript, word_id__gt=after)
    if before is not None:
        rows = rows.filter(word_id__lt=before)
    return set(rows.values_list("word_id", flat=True))


def retire_words(*, transcript: Transcript, word_ids: Iterable[int]) -> None:
    """These are no words any more: never call another word so. Harmless if one comes back."""
    RetiredWord.objects.bulk_create(
        [
            RetiredWord(
                workspace_id=transcript.workspace_id, transcript=transcript, word_id=word_id
            )
            for word_id in word_ids
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def keep_numbers_ahead(transcript: Transcript, segments: Iterable[Segment]) -> None:
    """The next word gets an id beyond all that are there. `transcript` is brought up to date."""
    latest = max((segment.words[-1][0] for segment in segments if segment.words), default=0)
    if latest >= transcript.next_word_id:
        transcript.next_word_id = latest + 1
        transcript.save(update_fields=["next_word_id", "updated_at"])


def _last_taken(before: Segment | None, segment: Segment) -> int:
    if before is None:
        return 0
    if not before.words:
        # All that lies between a gap and the next word is kept free for what fills it.
        return int(segment.words[0][0]) - 1 if segment.words else segment.position
    return int(before.words[-1][0])
