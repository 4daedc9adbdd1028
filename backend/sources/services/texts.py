"""Writing sources that are text from the start: field notes, feedback, survey answers."""

from typing import Any

from django.db import transaction

from backend.common.errors import InvalidInputError
from backend.sources.anchoring import number_words
from backend.sources.models import (
    Segment,
    Source,
    SourceKind,
    Speaker,
    SpeakerRole,
    Transcript,
    TranscriptState,
)
from backend.sources.services.speakers import only_voice
from backend.sources.text_parsing import Turn, parse_turns, role_of
from backend.studies.models import Participant, Session, SessionKind

NOTES_LABEL = "Notes"
LABEL_LENGTH_MAXIMUM = 100


@transaction.atomic
def add_text(*, session: Session, text: str, name: str = "", user: Any = None) -> Source:
    """Make a source of pasted text, with a complete transcript: a segment a line.

    Lines like “P01: …” make speakers, linked to the session's participant of that code name.
    Text without names is the words of the session's only participant, or an observer's notes.
    Raises InvalidInputError for text without words.
    """
    participants = {person.code_name.casefold(): person for person in session.participants.all()}
    turns = parse_turns(text, known_labels=participants)
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
    speakers = _make_speakers(source, turns, participants)
    _save_turns(source, turns, speakers, language=session.language)
    return source


def _make_speakers(
    source: Source, turns: list[Turn], participants: dict[str, Participant]
) -> dict[str, Speaker]:
    labels = dict.fromkeys(turn.label for turn in turns)
    return {
        label: _make_speaker(source, label, participants.get(label.casefold()))
        if label
        else _make_unnamed_speaker(source)
        for label in labels
    }


def _make_speaker(source: Source, label: str, participant: Participant | None) -> Speaker:
    return Speaker.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        label=label[:LABEL_LENGTH_MAXIMUM],
        role=SpeakerRole.PARTICIPANT if participant else role_of(label),
        participant=participant,
    )


def _make_unnamed_speaker(source: Source) -> Speaker:
    participant = only_voice(source)
    is_theirs = participant or source.session.kind in (SessionKind.FEEDBACK, SessionKind.SURVEY)
    return Speaker.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        label=participant.code_name if participant else NOTES_LABEL,
        role=SpeakerRole.PARTICIPANT if is_theirs else SpeakerRole.OBSERVER,
        participant=participant,
    )


def _save_turns(
    source: Source, turns: list[Turn], speakers: dict[str, Speaker], *, language: str
) -> None:
    transcript = Transcript(
        workspace_id=source.workspace_id,
        source=source,
        state=TranscriptState.COMPLETE,
        engine="text",
        language=language,
    )
    segments = []
    for position, turn in enumerate(turns):
        untimed = ((word, None, None, None) for word in turn.words)
        words = number_words(untimed, next_word_id=transcript.next_word_id)
        transcript.next_word_id += len(words)
        segments.append(
            Segment(
                workspace_id=source.workspace_id,
                transcript=transcript,
                position=position,
                speaker=speakers[turn.label],
                words=words,
            )
        )
    transcript.word_count = transcript.next_word_id - 1
    transcript.save()
    Segment.objects.bulk_create(segments)
