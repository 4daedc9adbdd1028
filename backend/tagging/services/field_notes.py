"""Field notes written in place: what stays the same keeps its words, and excerpts follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from backend.common.errors import ConflictError
from backend.sources.anchoring import Word, text_of
from backend.sources.editing import NoRoomError, Room, rewrite_blocks
from backend.sources.models import Segment, Source, SourceKind, Transcript
from backend.sources.notes import Block, parse_notes, render_notes
from backend.sources.services import add_notes, keep_numbers_ahead, retired_between
from backend.sources.services.cues import PARAGRAPH_ROOM
from backend.sources.withdrawal import refuse_if_heard
from backend.studies.models import Session
from backend.tagging.history import Recording, recording
from backend.tagging.models import Change
from backend.tagging.services.changes import record_text_change
from backend.tagging.services.following_text import follow_words
from backend.tagging.services.snapshots import lock_source
from backend.tagging.services.text_conflicts import check_complete


class NotesChangedError(ConflictError):
    """Somebody wrote in these notes since the page read them."""

    code = "notes_changed"


@dataclass(frozen=True)
class Notes:
    """Their title, and Markdown made of the segments and what they are."""

    title: str
    text: str


@dataclass(frozen=True)
class NotesEdit:
    """What was changed (null: nothing), in which transcript."""

    change: Change | None
    transcript: Transcript


@transaction.atomic
def create_notes(*, session: Session, title: str, text: str, user: Any) -> Source:
    """Begin field notes of a session; they may be empty yet."""
    source = add_notes(session=session, title=title, text=text, user=user)
    record_text_change(transcript=source.transcripts.get())
    return source


def read_notes(source: Source) -> Notes:
    """The notes as they are now. Raises ConflictError for a recording."""
    transcript = _transcript_of(source)
    refuse_if_heard(source)
    return Notes(source.name, _render(transcript.segments.order_by("position")))


def edit_notes(
    *, source: Source, text: str, expected_text: str, user: Any, title: str | None = None
) -> NotesEdit:
    """Write the notes anew. Words that are there still keep their ids, wherever paragraphs begin.

    Raises NotesChangedError unless they say `expected_text` now.
    """
    with recording(
        workspace_id=source.workspace_id,
        session_id=source.session_id,
        user=user,
        verb="notes.edit",
        summary=f"Wrote in the notes “{title or source.name}”",
    ) as recorded:
        lock_source(source.id)
        refuse_if_heard(source)
        transcript = Transcript.objects.select_for_update(no_key=True).get(
            id=_transcript_of(source).id
        )
        check_complete(transcript)
        if title and title != source.name:
            recorded.watch(source)
            source.name = title
            source.save(update_fields=["name", "updated_at"])
        segments = list(transcript.segments.select_for_update(of=("self",)).order_by("position"))
        blocks, now = parse_notes(text), _blocks_of(segments)
        if blocks != now and parse_notes(expected_text) != now:
            raise _notes_changed()
        if blocks != now:
            _rewrite(recorded, transcript, segments, blocks)
    return NotesEdit(recorded.change, transcript)


def _transcript_of(source: Source) -> Transcript:
    transcript = Transcript.objects.filter(source=source, is_current=True).first()
    if source.kind != SourceKind.TEXT or transcript is None:
        raise ConflictError(
            "This is a recording, not a text.",
            remedy="Edit the turns of its transcript, or write notes beside it.",
        )
    return transcript


def _blocks_of(segments: Iterable[Segment]) -> list[Block]:
    return [Block(row.style, text_of(row.words)) for row in segments if row.words]


def _render(segments: Iterable[Segment]) -> str:
    return render_notes(_blocks_of(segments))


def _notes_changed() -> NotesChangedError:
    return NotesChangedError(
        "Somebody else wrote in these notes while you were writing.",
        remedy="Your text was not saved, and you still have it. Look at what stands there now, "
        "then save again.",
    )


def _rewrite(
    recorded: Recording, transcript: Transcript, segments: list[Segment], blocks: list[Block]
) -> None:
    before = [word for segment in segments for word in segment.words]
    room = Room(
        after=0,
        before=None,
        next_word_id=transcript.next_word_id,
        taken=retired_between(transcript, 0, None),
        between_blocks=PARAGRAPH_ROOM,
    )
    try:
        rewriting = rewrite_blocks(before, [block.text for block in blocks], room=room)
    except NoRoomError as error:
        raise ConflictError(
            "There is no room for a new paragraph in that place of this older text.",
            remedy="Your text was not saved. Write the paragraph at the end, or as notes of its "
            "own.",
        ) from error
    owners = _owners(segments, rewriting.blocks)
    recorded.watch(*segments)
    kept = {owner.id for owner in owners if owner is not None}
    Segment.objects.filter(id__in=[row.id for row in segments if row.id not in kept]).delete()
    rows = _arrange(transcript, owners, blocks, rewriting.blocks, segments)
    made = [row for row, owner in zip(rows, owners, strict=True) if owner is None]
    _save_moved([row for row in rows if row not in made])
    Segment.objects.bulk_create(made, batch_size=500)
    recorded.made(*made)
    keep_numbers_ahead(transcript, rows)
    follow_words(transcript=transcript, before=before, after=rewriting.words)


def _owners(segments: Sequence[Segment], blocks: Sequence[Sequence[Word]]) -> list[Segment | None]:
    """For each block the segment that most of its words are from; each once, in their order."""
    place_of = {word[0]: place for place, row in enumerate(segments) for word in row.words}
    owners: list[Segment | None] = []
    next_place = 0
    for words in blocks:
        counts: dict[int, int] = {}
        for word in words:
            place = place_of.get(word[0], -1)
            if place >= next_place:
                counts[place] = counts.get(place, 0) + 1
        best = max(counts, key=lambda place: (counts[place], -place), default=None)
        owners.append(None if best is None else segments[best])
        next_place = next_place if best is None else best + 1
    return owners


def _arrange(
    transcript: Transcript,
    owners: Sequence[Segment | None],
    blocks: Sequence[Block],
    words_of: Sequence[list[Word]],
    segments: Sequence[Segment],
) -> list[Segment]:
    """The segments of the blocks, without saving. A new one is the speaker's of that before it."""
    rows: list[Segment] = []
    last_word_id = 0
    speaker_id = segments[0].speaker_id if segments else _only_speaker(transcript)
    for owner, block, words in zip(owners, blocks, words_of, strict=True):
        row = owner or Segment(
            workspace_id=transcript.workspace_id,
            transcript=transcript,
            speaker_id=speaker_id,
            position=words[0][0],
        )
        row.words, row.style = words, block.style
        if not last_word_id < row.position <= words[0][0]:
            row.position = words[0][0]
        last_word_id, speaker_id = words[-1][0], row.speaker_id
        rows.append(row)
    return rows


def _only_speaker(transcript: Transcript) -> Any:
    speakers = transcript.source.speakers.filter(merged_into__isnull=True).order_by("created_at")
    return speakers.values_list("id", flat=True).first()


def _save_moved(rows: Sequence[Segment]) -> None:
    """Positions are unique at every moment: who moves back goes last first, who moves on first."""
    was = dict(
        Segment.objects.filter(id__in=[row.id for row in rows]).values_list("id", "position")
    )
    onward = [row for row in rows if row.position > was[row.id]]
    backward = [row for row in rows if row.position < was[row.id]]
    for row in [*reversed(onward), *backward]:
        row.save(update_fields=["position", "updated_at"])
    Segment.objects.bulk_update(rows, ["words", "style"], batch_size=200)
