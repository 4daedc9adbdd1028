"""Editing a transcript in place: writing a turn anew, splitting, joining, moving a boundary."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.common.errors import ConflictError, InvalidInputError, MissingError
from backend.sources.anchoring import UnknownWordError, Word, text_of, tidy_word, time_range_of
from backend.sources.editing import NoRoomError, Respelling, cut_before, rewrite_passage
from backend.sources.models import Doubt, Segment, Speaker, Transcript, WordCorrection
from backend.sources.services import keep_numbers_ahead, room_of
from backend.sources.withdrawal import refuse_withheld
from backend.tagging.history import Recording, recording
from backend.tagging.models import Change
from backend.tagging.services.corrections import CORRECTION_LENGTH_MAXIMUM
from backend.tagging.services.following_text import follow_words
from backend.tagging.services.snapshots import lock_source
from backend.tagging.services.text_conflicts import (
    TurnChangedError,
    check_complete,
    turn_changed,
)

__all__ = [
    "TextEdit",
    "TurnChangedError",
    "edit_text",
    "join_segments",
    "move_boundary",
    "split_segment",
]

QUOTE_LENGTH_MAXIMUM = 40


@dataclass
class TextEdit:
    """What was changed (null: nothing), the segments as they are now, and which are gone."""

    change: Change | None = None
    segments: list[Segment] = field(default_factory=list)
    deleted_segment_ids: list[UUID] = field(default_factory=list)


def edit_text(*, segment: Segment, text: str, expected_text: str, user: Any) -> TextEdit:
    """Write a turn anew: words that stay keep their ids and times, and excerpts follow.

    Without any text the turn goes. Raises TurnChangedError unless the turn says `expected_text`
    now, and StillGrowingError while it is being recognised.
    """
    edit = TextEdit()
    with _editing(segment, "text.edit", user) as (recorded, segment):
        if text_of(segment.words) == tidy_word(text):
            return TextEdit(segments=[segment])
        if text_of(segment.words) != tidy_word(expected_text):
            raise turn_changed(segment)
        _check_has_words(segment)
        before = segment.words
        try:
            rewriting = rewrite_passage(before, text, room=room_of(segment))
        except NoRoomError as error:
            raise _no_room() from error
        recorded.summary = _summary(before, rewriting.words, rewriting.respellings)
        recorded.watch(segment)
        _save_words(segment, rewriting.words, edit)
        _note_corrections(recorded, segment, rewriting.respellings, user)
        follow_words(transcript=segment.transcript, before=before, after=rewriting.words)
    edit.change = recorded.change
    return edit


def split_segment(
    *,
    segment: Segment,
    word_id: int,
    user: Any,
    speaker: Speaker | None = None,
    is_other_speaker: bool = False,
) -> TextEdit:
    """End the turn before this word; another begins with it: of the same speaker, or of `speaker`.

    Raises InvalidInputError if the turn begins with it, or `speaker` is not heard here.
    """
    with _editing(segment, "text.split", user) as (recorded, segment):
        first, second = _cut(segment, word_id)
        if not first:
            raise InvalidInputError(
                "The turn begins with that word.", remedy="Choose a word further behind."
            )
        if speaker is not None and speaker.source_id != segment.transcript.source_id:
            raise InvalidInputError(
                "That speaker is not heard in this recording.",
                remedy="Add the speaker to this recording first.",
                fields={"speaker_id": ["Of another source."]},
            )
        recorded.summary = f"Split a turn{_of(segment)} before {_quoted(text_of(second))}"
        recorded.watch(segment)
        behind = _copy(segment, second)
        if is_other_speaker:
            behind.speaker, behind.is_speaker_suggested = speaker, False
        segment.words = first
        _, segment.end_ms = time_range_of(first)
        segment.save(update_fields=["words", "end_ms", "updated_at"])
        behind.save()
        recorded.made(behind)
        follow_words(transcript=segment.transcript, before=second, after=second)
    return TextEdit(recorded.change, [segment, behind])


def join_segments(*, segment: Segment, user: Any, expected_text: str | None = None) -> TextEdit:
    """Make one turn of this one and the next; it is this one's speaker's.

    Raises TurnChangedError, and ConflictError where nothing that has words follows.
    """
    with _editing(segment, "text.join", user) as (recorded, segment):
        if expected_text is not None and text_of(segment.words) != tidy_word(expected_text):
            raise turn_changed(segment)
        behind = _neighbour(segment, is_next=True)
        recorded.summary = f"Joined two turns{_of(segment)} at {_quoted(text_of(behind.words))}"
        recorded.watch(segment, behind)
        segment.words = [*segment.words, *behind.words]
        segment.end_ms = behind.end_ms if segment.end_ms is None else segment.end_ms
        if behind.end_ms is not None and segment.end_ms is not None:
            segment.end_ms = max(segment.end_ms, behind.end_ms)
        segment.doubt = segment.doubt or behind.doubt
        behind_id = behind.id
        behind.delete()
        segment.save(update_fields=["words", "end_ms", "doubt", "updated_at"])
        # All of them: a doubt of one turn is now a doubt of both.
        together = segment.words
        follow_words(transcript=segment.transcript, before=together, after=together)
    return TextEdit(recorded.change, [segment], [behind_id])


def move_boundary(*, segment: Segment, word_id: int, user: Any) -> TextEdit:
    """Let the turn begin with this word: one of its own, or one of the turn before it.

    Raises InvalidInputError if the turn before would be left without words.
    """
    with _editing(segment, "text.boundary", user) as (recorded, segment):
        before = _neighbour(segment, is_next=False)
        if word_id == segment.words[0][0]:
            return TextEdit(segments=[before, segment])
        together = [*before.words, *segment.words]
        try:
            first, second = cut_before(together, word_id)
        except UnknownWordError as error:
            raise _missing_word() from error
        if not first:
            raise InvalidInputError(
                "The turn before would have no words left.", remedy="Join the two turns instead."
            )
        moved = first[len(before.words) :] or second[: -len(segment.words)]
        recorded.summary = f"Moved {_quoted(text_of(moved))} to the neighbouring turn"
        recorded.watch(before, segment)
        _set_boundary(before, first, segment, second)
        follow_words(transcript=segment.transcript, before=moved, after=moved)
    return TextEdit(recorded.change, [before, segment])


@contextmanager
def _editing(segment: Segment, verb: str, user: Any) -> Iterator[tuple[Recording, Segment]]:
    """One change of text at a time: the segment as it is now, locked. What is done is recorded."""
    transcript = segment.transcript
    with recording(
        workspace_id=transcript.workspace_id,
        session_id=transcript.source.session_id,
        user=user,
        verb=verb,
        summary="",
    ) as recorded:
        lock_source(transcript.source_id)
        transcript = Transcript.objects.select_for_update(no_key=True).get(id=transcript.id)
        check_complete(transcript)
        rows = Segment.objects.select_for_update(of=("self",)).filter(id=segment.id)
        now = rows.select_related("speaker__participant").first()
        if now is None:
            raise ConflictError(
                "This turn is not there any more: somebody deleted it, or joined it with another.",
                remedy="Your text was not saved. Reload the page to see the transcript as it is.",
            )
        refuse_withheld([now])
        now.transcript = transcript
        yield recorded, now


def _neighbour(segment: Segment, *, is_next: bool) -> Segment:
    """The turn before or behind. Raises ConflictError where there is none with words."""
    _check_has_words(segment)
    rows = Segment.objects.select_for_update(of=("self",)).filter(transcript=segment.transcript_id)
    rows = rows.select_related("speaker__participant")
    if is_next:
        found = rows.filter(position__gt=segment.position).order_by("position").first()
    else:
        found = rows.filter(position__lt=segment.position).order_by("-position").first()
    if found is None or not found.words:
        raise ConflictError(
            f"No turn stands right {'behind' if is_next else 'before'} this one.",
            remedy="Only turns that stand next to each other can be joined, or share a boundary.",
        )
    refuse_withheld([found])
    return found


def _cut(segment: Segment, word_id: int) -> tuple[list[Word], list[Word]]:
    _check_has_words(segment)
    try:
        return cut_before(segment.words, word_id)
    except UnknownWordError as error:
        raise _missing_word() from error


def _check_has_words(segment: Segment) -> None:
    if not segment.words or segment.doubt == Doubt.GAP:
        raise ConflictError(
            "This stretch could not be recognised: there are no words to change.",
            remedy="Have it recognised again, or write what was said into the turn beside it.",
        )


def _missing_word() -> MissingError:
    return MissingError(
        "That word is not in this part of the transcript any more.",
        remedy="Somebody may have changed it: reload the page and try again.",
    )


def _no_room() -> ConflictError:
    return ConflictError(
        "There is no room for more words here.", remedy="Write them into the turn beside it."
    )


def _copy(segment: Segment, words: list[Word]) -> Segment:
    """A new segment like this one, with its last words."""
    start_ms, end_ms = time_range_of(words)
    kept = {
        name: getattr(segment, name)
        for name in ("speaker", "is_speaker_suggested", "voice", "doubt", "style")
    }
    return Segment(
        workspace_id=segment.workspace_id,
        transcript=segment.transcript,
        position=words[0][0],
        words=words,
        start_ms=segment.start_ms if start_ms is None else start_ms,
        end_ms=segment.end_ms if segment.end_ms is not None else end_ms,
        avg_logprob=segment.avg_logprob,
        no_speech_prob=segment.no_speech_prob,
        compression_ratio=segment.compression_ratio,
        **kept,
    )


def _set_boundary(before: Segment, first: list[Word], segment: Segment, second: list[Word]) -> None:
    before.words, segment.words = first, second
    segment.position = second[0][0]
    _, end_ms = time_range_of(first)
    start_ms, _ = time_range_of(second)
    before.end_ms = before.end_ms if end_ms is None else end_ms
    segment.start_ms = segment.start_ms if start_ms is None else start_ms
    before.save(update_fields=["words", "end_ms", "updated_at"])
    segment.save(update_fields=["words", "position", "start_ms", "updated_at"])


def _save_words(segment: Segment, words: list[Word], edit: TextEdit) -> None:
    if not words:
        edit.deleted_segment_ids = [segment.id]
        segment.delete()
        return
    segment.words = words
    segment.position = min(segment.position, words[0][0])
    segment.save(update_fields=["words", "position", "updated_at"])
    keep_numbers_ahead(segment.transcript, [segment])
    edit.segments = [segment]


def _note_corrections(
    recorded: Recording, segment: Segment, respellings: Sequence[Respelling], user: Any
) -> None:
    """What is corrected often is what a glossary should hold."""
    corrections = [
        WordCorrection(
            workspace_id=segment.workspace_id,
            transcript=segment.transcript,
            word_id=respelling.word_id,
            before=respelling.before[:CORRECTION_LENGTH_MAXIMUM],
            after=respelling.after[:CORRECTION_LENGTH_MAXIMUM],
            created_by=user,
        )
        for respelling in respellings
    ]
    recorded.made(*WordCorrection.objects.bulk_create(corrections, batch_size=500))


def _summary(
    before: Sequence[Word], after: Sequence[Word], respellings: Sequence[Respelling]
) -> str:
    if not after:
        return f"Deleted {_quoted(text_of(before))}"
    texts = {word[0]: word[1] for word in before}
    changed = [word for word in after if texts.get(word[0]) != word[1]]
    if len(respellings) == 1 and len(changed) == 1 and len(after) == len(before):
        return f"Corrected {_quoted(respellings[0].before)} to {_quoted(respellings[0].after)}"
    if changed:
        return f"Wrote {_quoted(text_of(changed))}"
    held = {word[0] for word in after}
    return f"Deleted {_quoted(text_of(word for word in before if word[0] not in held))}"


def _of(segment: Segment) -> str:
    return f" of {segment.speaker.label}" if segment.speaker else ""


def _quoted(text: str) -> str:
    is_long = len(text) > QUOTE_LENGTH_MAXIMUM
    return f"“{text[:QUOTE_LENGTH_MAXIMUM].rstrip()}{'…' if is_long else ''}”"
