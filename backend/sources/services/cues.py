"""Making a complete transcript of cues: pasted text and imported files end here alike."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.sources.anchoring import number_words, time_range_of
from backend.sources.captions import Cue, fill_times, split_long, words_of
from backend.sources.models import (
    Segment,
    Source,
    Speaker,
    SpeakerRole,
    Transcript,
    TranscriptState,
)
from backend.sources.services.speakers import get_default_speaker, only_voice
from backend.sources.text_parsing import role_of
from backend.studies.models import Participant, SessionKind

NOTES_LABEL = "Notes"
LABEL_LENGTH_MAXIMUM = 100
# Ids left free behind a paragraph, for those that people write there later.
PARAGRAPH_ROOM = 16_384
ALL_ROOM = 2**29


@transaction.atomic
def save_cues(
    *,
    source: Source,
    cues: Sequence[Cue],
    engine: str,
    model: str = "",
    language: str = "",
    notice: str = "",
    user: Any = None,
) -> Transcript:
    """Make the source's next version, complete, with a segment for each cue (very long ones have
    several).

    It is current if the source has no other version; otherwise tagging puts it in use.
    """
    Source.objects.select_for_update(no_key=True).get(id=source.id)
    versions = Transcript.objects.filter(source=source)
    transcript = Transcript(
        workspace_id=source.workspace_id,
        source=source,
        version=(versions.aggregate(latest=Max("version"))["latest"] or 0) + 1,
        is_current=not versions.filter(is_current=True).exists(),
        state=TranscriptState.COMPLETE,
        engine=engine,
        model=model,
        language=language or source.session.language,
        notice=notice,
        created_by=user,
    )
    segments = _segments_of(transcript, _in_order(list(split_long(fill_times(cues)))))
    ends_ms = [segment.end_ms for segment in segments if segment.end_ms is not None]
    transcript.word_count = sum(len(segment.words) for segment in segments)
    transcript.duration_ms = max(ends_ms, default=None)
    transcript.transcribed_ms = transcript.duration_ms or 0
    transcript.save()
    Segment.objects.bulk_create(segments, batch_size=500)
    record_change(
        workspace_id=transcript.workspace_id,
        subject_kind=SubjectKind.TRANSCRIPT,
        subject_ids=[transcript.id],
    )
    return transcript


def _in_order(cues: Sequence[Cue]) -> list[Cue]:
    """By time, for files need not be; cues without stay behind the one before them."""
    keys, latest_ms = [], 0
    for cue in cues:
        latest_ms = latest_ms if cue.start_ms is None else cue.start_ms
        keys.append(latest_ms)
    return [cues[index] for index in sorted(range(len(cues)), key=keys.__getitem__)]


def _segments_of(transcript: Transcript, cues: Iterable[Cue]) -> list[Segment]:
    cues = list(cues)
    speakers = _speakers_of(transcript.source, cues)
    is_guess = list(speakers) == [""] and _is_speech(transcript.source, cues)
    room = min(PARAGRAPH_ROOM, ALL_ROOM // max(1, len(cues)))
    segments = []
    for cue in cues:
        spoken = ((w.text, w.start_ms, w.end_ms, w.probability) for w in words_of(cue))
        words = number_words(spoken, next_word_id=transcript.next_word_id)
        if not words:
            continue
        has_times = words[0][2] is not None
        transcript.next_word_id = words[-1][0] + 1 + (0 if has_times else room)
        start_ms, end_ms = time_range_of(words)
        segments.append(
            Segment(
                workspace_id=transcript.workspace_id,
                transcript=transcript,
                position=words[0][0],
                speaker=speakers[cue.speaker],
                is_speaker_suggested=is_guess,
                start_ms=start_ms if cue.start_ms is None else cue.start_ms,
                end_ms=end_ms if cue.end_ms is None else cue.end_ms,
                words=words,
            )
        )
    return segments


def _speakers_of(source: Source, cues: Sequence[Cue]) -> dict[str, Speaker | None]:
    """The source's speakers by the names in the cues; new names make new speakers."""
    names = list(dict.fromkeys(cue.speaker for cue in cues))
    by_name = participants_by_name(source)
    known = list(Speaker.objects.filter(source=source, merged_into=None).order_by("created_at"))
    speakers: dict[str, Speaker | None] = {}
    for name in names:
        if not name:
            speakers[name] = _unnamed_speaker(source, cues, is_alone=len(names) == 1)
            continue
        participant = participant_called(name, by_name)
        speaker = find_speaker(known, name, participant)
        if speaker is None:
            speaker = _make_speaker(source, name, participant)
            known.append(speaker)
        speakers[name] = speaker
    return speakers


def participants_by_name(source: Source) -> dict[str, Participant]:
    participants = list(source.session.participants.all())
    by_name = {folded_name(person.real_name): person for person in participants if person.real_name}
    return by_name | {folded_name(person.code_name): person for person in participants}


def participant_called(name: str, by_name: dict[str, Participant]) -> Participant | None:
    """By code name or real name, also as meeting programs write it: “Smith, Ana (she/her)”."""
    plain = re.sub(r"\([^()]*\)", "", name)
    last, _, first = plain.partition(",")
    for written in (name, plain, f"{first} {last}"):
        if person := by_name.get(folded_name(written)):
            return person
    return None


def folded_name(name: str) -> str:
    return " ".join(name.split()).casefold()


def find_speaker(
    known: Iterable[Speaker], name: str, participant: Participant | None
) -> Speaker | None:
    for speaker in known:
        if participant is not None and speaker.participant_id == participant.id:
            return speaker
        if folded_name(speaker.label) == folded_name(name[:LABEL_LENGTH_MAXIMUM]):
            return speaker
    return None


def _make_speaker(source: Source, name: str, participant: Participant | None) -> Speaker:
    # A file may call somebody by the real name: that stays with the participant.
    is_code_name = participant is None or folded_name(name) == folded_name(participant.code_name)
    label = name if participant is None or is_code_name else participant.code_name
    return Speaker.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        label=label[:LABEL_LENGTH_MAXIMUM],
        role=SpeakerRole.PARTICIPANT if participant else role_of(name),
        participant=participant,
    )


def _is_speech(source: Source, cues: Iterable[Cue]) -> bool:
    """Whether this is what was said, rather than what somebody wrote."""
    return hasattr(source, "media") or any(cue.start_ms is not None for cue in cues)


def _unnamed_speaker(source: Source, cues: Iterable[Cue], *, is_alone: bool) -> Speaker | None:
    """Who speaks where no name is given; `is_alone` says that there are no names at all.

    Speech is of voices that nobody told apart. Text is the words of the only participant there
    is, or an observer's notes.
    """
    if _is_speech(source, cues):
        return get_default_speaker(source=source) if is_alone else None
    participant = only_voice(source)
    is_theirs = participant or source.session.kind in (SessionKind.FEEDBACK, SessionKind.SURVEY)
    speaker, _ = Speaker.objects.get_or_create(
        source=source,
        label=participant.code_name if participant else NOTES_LABEL,
        merged_into=None,
        defaults={
            "workspace_id": source.workspace_id,
            "role": SpeakerRole.PARTICIPANT if is_theirs else SpeakerRole.OBSERVER,
            "participant": participant,
        },
    )
    return speaker
