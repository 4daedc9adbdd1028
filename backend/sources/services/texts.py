"""Writing sources that are text from the start: field notes, feedback, survey answers."""

from typing import Any

from django.db import transaction

from backend.common.errors import InvalidInputError
from backend.sources.captions import Cue
from backend.sources.editing import Room, rewrite_blocks
from backend.sources.models import (
    Segment,
    Source,
    SourceKind,
    Speaker,
    SpeakerRole,
    Transcript,
    TranscriptState,
)
from backend.sources.notes import parse_notes
from backend.sources.services.cues import (
    NOTES_LABEL,
    PARAGRAPH_ROOM,
    save_cues,
)
from backend.sources.services.words import keep_numbers_ahead
from backend.sources.text_parsing import parse_turns
from backend.studies.models import Session


@transaction.atomic
def add_text(*, session: Session, text: str, name: str = "", user: Any = None) -> Source:
    """Make a source of pasted text, with a complete transcript: a segment a line.

    Lines like “P01: …” make speakers, linked to the session's participant of that code name.
    Text without names is the words of the session's only participant, or an observer's notes.
    Raises InvalidInputError for text without words.
    """
    code_names = session.participants.values_list("code_name", flat=True)
    turns = parse_turns(text, known_labels=list(code_names))
    if not turns:
        raise InvalidInputError(
            "There are no words in this text.",
            remedy="Write or paste something first.",
            fields={"text": ["This is empty."]},
        )
    source = Source.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        kind=SourceKind.TEXT,
        name=name or NOTES_LABEL,
        created_by=user,
    )
    cues = [Cue(None, None, turn.label, " ".join(turn.words)) for turn in turns]
    save_cues(source=source, cues=cues, engine="text", user=user)
    return source


@transaction.atomic
def add_notes(*, session: Session, text: str, title: str = "", user: Any = None) -> Source:
    """Make a source of field notes, written in Markdown: a segment a paragraph. It may be empty.

    They are the words of whoever observed, never of a participant: who is seen has not said it.
    """
    source = Source.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        kind=SourceKind.TEXT,
        name=title or NOTES_LABEL,
        created_by=user,
    )
    transcript = Transcript.objects.create(
        workspace_id=session.workspace_id,
        source=source,
        state=TranscriptState.COMPLETE,
        engine="text",
        language=session.language,
        created_by=user,
    )
    blocks = parse_notes(text)
    room = Room(0, None, transcript.next_word_id, between_blocks=PARAGRAPH_ROOM)
    written = rewrite_blocks([], [block.text for block in blocks], room=room)
    speaker = Speaker.objects.create(
        workspace_id=session.workspace_id,
        source=source,
        label=NOTES_LABEL,
        role=SpeakerRole.OBSERVER,
    )
    segments = [
        Segment(
            workspace_id=session.workspace_id,
            transcript=transcript,
            position=words[0][0],
            speaker=speaker,
            style=block.style,
            words=words,
        )
        for block, words in zip(blocks, written.blocks, strict=True)
    ]
    Segment.objects.bulk_create(segments, batch_size=500)
    keep_numbers_ahead(transcript, segments)
    Transcript.objects.filter(id=transcript.id).update(word_count=len(written.words))
    return source
