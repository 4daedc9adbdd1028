"""Saying whose voice each turn is likely to be; what people have said themselves stays."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.sources.models import Segment, Source, Speaker, SpeakerRole, Transcript
from backend.sources.services.speakers import create_next_speaker, only_voice
from backend.tagging.services.corrections import rederive_excerpts

_CHUNK = 500
_NAMELESS = re.compile(r"Speaker \d+")


@transaction.atomic
def suggest_speakers(*, transcript: Transcript, voices: Mapping[UUID, int]) -> int:
    """Give each turn that nobody has given to a speaker to the speaker of its voice.

    `voices` numbers the voices told apart in this transcript, by segment id. A voice of which
    people have given turns to a speaker is theirs. Otherwise it stays with the speaker it was
    suggested for before, if that is no other voice's; at first, the voice that speaks most gets
    the default speaker. Any other voice gets a speaker of its own: the moderator, where one
    participant is interviewed. Excerpts follow. Returns how many turns went to another speaker.
    """
    # One change of speakers at a time in a recording.
    source = Source.objects.select_for_update(no_key=True).get(id=transcript.source_id)
    turns = list(
        Segment.objects.select_for_update(of=("self",))
        .filter(transcript=transcript)
        .order_by("position")
    )
    speakers = _speakers_of_voices(source, turns, voices)
    open_turns = [turn for turn in turns if turn.is_speaker_suggested and turn.id in voices]
    moved = [turn for turn in open_turns if turn.speaker_id != speakers[voices[turn.id]].id]
    alike: dict[int, list[UUID]] = defaultdict(list)
    for turn in open_turns:
        alike[voices[turn.id]].append(turn.id)
    for voice, ids in alike.items():
        _set_voice(ids, voice, speakers[voice])
    if moved:
        words = [word[0] for turn in moved for word in turn.words]
        rederive_excerpts(transcript=transcript, word_ids=words)
    return len(moved)


def _set_voice(ids: list[UUID], voice: int, speaker: Speaker) -> None:
    for start in range(0, len(ids), _CHUNK):
        Segment.objects.filter(id__in=ids[start : start + _CHUNK]).update(
            voice=voice, speaker=speaker, updated_at=timezone.now()
        )


def _speakers_of_voices(
    source: Source, turns: list[Segment], voices: Mapping[UUID, int]
) -> dict[int, Speaker]:
    known = {
        speaker.id: speaker for speaker in Speaker.objects.filter(source=source, merged_into=None)
    }
    voiced = [turn for turn in turns if turn.id in voices and turn.speaker_id in known]
    said = _talk([turn for turn in voiced if not turn.is_speaker_suggested], voices)
    suggested = _talk([turn for turn in voiced if turn.is_speaker_suggested], voices)
    chosen: dict[int, Speaker] = {}
    for voice, speaker_id in said:
        chosen.setdefault(voice, known[speaker_id])
    for voice, speaker_id in suggested:
        if voice not in chosen and known[speaker_id] not in chosen.values():
            chosen[voice] = known[speaker_id]
    others = [voice for voice in _by_length(turns, voices) if voice not in chosen]
    spare = [speaker for speaker in known.values() if speaker not in chosen.values()]
    return chosen | _newcomers(source, others, spare, chosen)


def _talk(turns: Iterable[Segment], voices: Mapping[UUID, int]) -> list[tuple[int, UUID]]:
    """Each voice with each speaker it was given to, the longest talk first."""
    lengths: Counter[tuple[int, UUID]] = Counter()
    for turn in turns:
        if turn.speaker_id is not None:
            lengths[voices[turn.id], turn.speaker_id] += _length_ms(turn)
    return [pair for pair, _ in lengths.most_common()]


def _by_length(turns: Iterable[Segment], voices: Mapping[UUID, int]) -> list[int]:
    lengths: Counter[int] = Counter()
    for turn in turns:
        if turn.id in voices:
            lengths[voices[turn.id]] += _length_ms(turn)
    return [voice for voice, _ in lengths.most_common()]


def _length_ms(turn: Segment) -> int:
    return (turn.end_ms or 0) - (turn.start_ms or 0)


def _newcomers(
    source: Source, others: list[int], spare: list[Speaker], chosen: Mapping[int, Speaker]
) -> dict[int, Speaker]:
    """Speakers for voices that are nobody's yet: nameless ones of before, or new ones."""
    made: dict[int, Speaker] = {}
    moderators = [speaker for speaker in spare if speaker.role == SpeakerRole.MODERATOR]
    if others and only_voice(source) and not _has_moderator(chosen.values()):
        made[others[0]] = (
            moderators[0]
            if moderators
            else create_next_speaker(source=source, role=SpeakerRole.MODERATOR)
        )
    nameless = [
        speaker
        for speaker in spare
        if _NAMELESS.fullmatch(speaker.label) and speaker not in made.values()
    ]
    for voice in sorted(set(others) - set(made)):
        made[voice] = nameless.pop(0) if nameless else create_next_speaker(source=source)
    return made


def _has_moderator(speakers: Iterable[Speaker]) -> bool:
    return any(speaker.role == SpeakerRole.MODERATOR for speaker in speakers)
