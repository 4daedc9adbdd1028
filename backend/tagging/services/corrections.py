"""Correcting a transcript: words and speakers change, and the excerpts on them follow."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from backend.common.errors import InvalidInputError, MissingError
from backend.sources.anchoring import UnknownWordError, WordLine, tidy_word
from backend.sources.anchoring import correct_word as correct_word_in
from backend.sources.models import Segment, Speaker, Transcript, WordCorrection
from backend.sources.services import update_speaker as update_speaker_alone
from backend.sources.withdrawal import readable_text, refuse_withdrawn, refuse_withheld
from backend.tagging.history import current_recording, recording
from backend.tagging.models import Excerpt
from backend.tagging.services.changes import record_excerpt_change, record_text_change
from backend.tagging.services.snapshots import (
    HEARD_FIELDS,
    SNAPSHOT_FIELDS,
    apply_snapshot,
    lock_segments,
    lock_source,
    speakers_of,
)

CORRECTION_LENGTH_MAXIMUM = 300

# Compared by id, so that comparing loads nothing.
ATTRIBUTES = {
    "speaker": "speaker_id",
    "participant": "participant_id",
    "heard_by": "heard_by_id",
}


@transaction.atomic
def correct_word(*, segment: Segment, word_id: int, text: str, user: Any = None) -> Segment:
    """Spell one word anew. Its id and times stay; excerpts that hold it say the new text.

    Raises InvalidInputError for an empty text, MissingError if the segment has no such word.
    """
    if not tidy_word(text):
        raise InvalidInputError(
            "A word can't be empty.",
            remedy="Write what was said.",
            fields={"text": ["Empty."]},
        )
    segment = _lock(segment)
    before = {word[0]: word[1] for word in segment.words}.get(word_id, "")
    with recording(
        workspace_id=segment.workspace_id,
        session_id=segment.transcript.source.session_id,
        user=user,
        verb="text.correct",
        summary=f"Corrected “{before}” to “{tidy_word(text)}”",
    ) as recorded:
        recorded.watch(segment)
        try:
            segment.words = correct_word_in(segment.words, word_id=word_id, text=text)
        except UnknownWordError as error:
            raise MissingError("That word is not in this part of the transcript.") from error
        segment.save(update_fields=["words", "updated_at"])
        if before != tidy_word(text):
            recorded.made(_note_correction(segment, word_id, before, tidy_word(text), user))
        rederive_excerpts(transcript=segment.transcript, word_ids=[word_id])
    return segment


def _note_correction(
    segment: Segment, word_id: int, before: str, after: str, user: Any
) -> WordCorrection:
    return WordCorrection.objects.create(
        workspace_id=segment.workspace_id,
        transcript=segment.transcript,
        word_id=word_id,
        before=before[:CORRECTION_LENGTH_MAXIMUM],
        after=after,
        created_by=user,
    )


@transaction.atomic
def update_speaker(*, speaker: Speaker, changes: dict[str, Any], user: Any = None) -> Speaker:
    """Change any of label, role, participant; whose evidence the excerpts are follows.

    Raises ConflictError when the label is taken, WithheldError where the words of somebody who
    withdrew would become another's.
    """
    with recording(
        workspace_id=speaker.workspace_id,
        session_id=speaker.source.session_id,
        user=user,
        verb="speaker.update",
        summary=f"Changed who {speaker.label} is",
    ) as recorded:
        recorded.watch(speaker)
        if changes.get("participant", speaker.participant) != speaker.participant:
            refuse_withdrawn(speaker.participant)
        update_speaker_alone(speaker=speaker, **changes)
        for transcript in Transcript.objects.filter(source_id=speaker.source_id):
            rederive_excerpts(transcript=transcript)
    return speaker


@transaction.atomic
def rederive_excerpts(*, transcript: Transcript, word_ids: Iterable[int] | None = None) -> None:
    """Take text, times, speaker and participant of excerpts again from the transcript's words.

    Of all excerpts, or of those that hold any of `word_ids`; deleted ones too, so that restoring
    one brings back what is true then. Those that come out the same are left alone.
    """
    lock_source(transcript.source_id)
    touched = None if word_ids is None else set(word_ids)
    record_text_change(transcript=transcript, word_ids=touched)
    excerpts = list(Excerpt.objects.filter(transcript=transcript))
    if touched is not None:
        excerpts = [excerpt for excerpt in excerpts if touched.intersection(excerpt.word_ids)]
    if not excerpts:
        return
    segments = lock_segments(
        transcript,
        first_word_id=min(excerpt.word_ids[0] for excerpt in excerpts),
        last_word_id=max(excerpt.word_ids[-1] for excerpt in excerpts),
    )
    line = WordLine(segments)
    speakers = list({speaker.id: speaker for speaker in speakers_of(segments)}.values())
    rederived = {excerpt: _rederive(excerpt, line, speakers) for excerpt in excerpts}
    changes = {excerpt: fields for excerpt, fields in rederived.items() if fields}
    _tell_recording(changes)
    _save(changes)
    record_excerpt_change(
        workspace_id=transcript.workspace_id, excerpt_ids=[excerpt.id for excerpt in changes]
    )


def _tell_recording(changes: dict[Excerpt, list[str]]) -> None:
    """Most of it follows again when the words go back; where an excerpt ends and who heard it does
    not, so that is kept as it was.
    """
    if recording := current_recording():
        recording.rederived(excerpt.id for excerpt in changes)
        kept = {"word_ids", *HEARD_FIELDS}
        recording.watch(*(excerpt for excerpt, fields in changes.items() if kept & {*fields}))


def _rederive(excerpt: Excerpt, line: WordLine, speakers: Sequence[Speaker]) -> list[str]:
    """The fields of the excerpt that changed."""
    before = _state(excerpt)
    try:
        run = line.cut_held(excerpt.word_ids)
    except UnknownWordError:
        return []  # None of its words is left: the snapshot is all there is, so it stays.
    apply_snapshot(excerpt, run, speakers)
    excerpt.text = _readable(excerpt, line, speakers)
    after = _state(excerpt)
    return [
        name for name, old, new in zip(SNAPSHOT_FIELDS, before, after, strict=True) if old != new
    ]


def _readable(excerpt: Excerpt, line: WordLine, speakers: Sequence[Speaker]) -> str:
    """What it says, without the words of others who withdrew.

    Of those who withdrew themselves nobody sees excerpts, so those keep theirs.
    """
    gone = {speaker.id for speaker in speakers if speaker.has_withdrawn}
    if not gone or excerpt.speaker_id in gone:
        return excerpt.text
    said = [line.said(word_id) for word_id in excerpt.word_ids]
    left_out = {word[0] for speaker_id, word in said if speaker_id in gone}
    return readable_text([word for _, word in said], left_out)


def _save(changes: dict[Excerpt, list[str]]) -> None:
    """Save these fields of these excerpts. Columns cost most: only those are written that changed
    in any of them.
    """
    fields = {name for names in changes.values() for name in names}
    if fields:
        Excerpt.objects.bulk_update(changes, sorted(fields), batch_size=200)


def _state(excerpt: Excerpt) -> list[Any]:
    return [getattr(excerpt, ATTRIBUTES.get(name, name)) for name in SNAPSHOT_FIELDS]


def _lock(segment: Segment) -> Segment:
    lock_source(segment.transcript.source_id)
    segment = (
        Segment.objects.select_for_update(of=("self",))
        .select_related("transcript", "speaker__participant")
        .get(id=segment.id)
    )
    refuse_withheld([segment])
    return segment
