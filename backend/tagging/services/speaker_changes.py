"""Saying who speaks in one turn or in many, and merging two voices."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.sources.models import Segment, Source, Speaker, TurnScope
from backend.sources.withdrawal import refuse_withheld
from backend.tagging.history import Recording, recording
from backend.tagging.models import Change
from backend.tagging.services.corrections import rederive_excerpts
from backend.tagging.services.snapshots import lock_source

# Who speaks in a turn: [speaker_id or null, whether that is only suggested].
Voicing = list[Any]


@dataclass(frozen=True)
class SpeakerEdit:
    """What was changed in a recording (null: nothing), and in which turns."""

    source: Source
    change: Change | None
    turn_ids: list[UUID]


@transaction.atomic
def assign_speaker(
    *, segment: Segment, scope: str, speaker: Speaker | None, user: Any = None
) -> SpeakerEdit:
    """Say whose words these are; it is a suggestion no longer. Excerpts follow.

    Raises InvalidInputError for a speaker of another recording.
    """
    source = lock_source(segment.transcript.source_id)
    segment.refresh_from_db(fields=["speaker", "is_speaker_suggested", "voice"])
    if speaker is not None and speaker.source_id != source.id:
        raise InvalidInputError(
            "That speaker is not heard in this recording.",
            remedy="Add the speaker to this recording first.",
            fields={"speaker_id": ["Of another source."]},
        )
    if speaker is not None:
        _check_unmerged(speaker)
    voicing = [str(speaker.id) if speaker else None, False]
    turns = [turn for turn in _lock_turns(_reach(segment, scope)) if _voicing(turn) != voicing]
    refuse_withheld(turns)
    given = f"given to {speaker.label}" if speaker else "left without a speaker"
    with _recording(source, "speaker.assign", f"{_count(turns)} {given}", user) as recorded:
        recorded.watch(*turns)
        _set_voicings(turns, {turn.id: voicing for turn in turns})
    return SpeakerEdit(source, recorded.change, [turn.id for turn in turns])


@transaction.atomic
def merge_speakers(*, speaker: Speaker, into: Speaker, user: Any = None) -> SpeakerEdit:
    """Say that two voices are one: all turns of `speaker`, in every version, become `into`'s.

    What was suggested stays a suggestion. Raises InvalidInputError, or ConflictError if either
    was merged in the meantime.
    """
    source = lock_source(speaker.source_id)
    _check_merge(speaker, into)
    turns = _lock_turns(Segment.objects.filter(speaker=speaker))
    refuse_withheld(turns)
    summary = f"{speaker.label} merged into {into.label}"
    with _recording(source, "speaker.merge", summary, user) as recorded:
        recorded.watch(speaker, *turns)
        speaker.merged_into = into
        speaker.save(update_fields=["merged_into", "updated_at"])
        _set_voicings(turns, {turn.id: [str(into.id), turn.is_speaker_suggested] for turn in turns})
    return SpeakerEdit(source, recorded.change, [turn.id for turn in turns])


def _recording(
    source: Source, verb: str, summary: str, user: Any
) -> AbstractContextManager[Recording]:
    return recording(
        workspace_id=source.workspace_id,
        session_id=source.session_id,
        user=user,
        verb=verb,
        summary=summary,
    )


def _lock_turns(turns: models.QuerySet[Segment]) -> list[Segment]:
    columns = ("transcript_id", "position", "speaker_id", "is_speaker_suggested", "words")
    whose = ("speaker__participant__code_name", "speaker__participant__consent")
    locked = turns.select_for_update(of=("self",)).select_related("speaker__participant")
    return list(locked.only(*columns, *whose).order_by("transcript_id", "position"))


def _reach(segment: Segment, scope: str) -> models.QuerySet[Segment]:
    turns = Segment.objects.filter(transcript_id=segment.transcript_id)
    if scope == TurnScope.SEGMENT:
        return turns.filter(id=segment.id)
    if scope == TurnScope.TURN:
        return _rest_of_turn(turns, segment)
    if scope == TurnScope.ONWARD:
        return turns.filter(position__gte=segment.position)
    if segment.voice is not None:
        return turns.filter(voice=segment.voice)
    return turns.filter(speaker=segment.speaker)


def _rest_of_turn(turns: models.QuerySet[Segment], segment: Segment) -> models.QuerySet[Segment]:
    of_turn = {"speaker": segment.speaker, "is_speaker_suggested": segment.is_speaker_suggested}
    others = turns.filter(position__gt=segment.position).exclude(**of_turn)
    rest = turns.filter(position__gte=segment.position)
    end = others.order_by("position").values_list("position", flat=True).first()
    return rest if end is None else rest.filter(position__lt=end)


def _check_merge(speaker: Speaker, into: Speaker) -> None:
    if speaker.id == into.id or speaker.source_id != into.source_id:
        raise InvalidInputError(
            "A speaker can only be merged into another one of the same recording.",
            remedy="Choose another speaker.",
            fields={"into_speaker_id": ["Not another speaker of this recording."]},
        )
    _check_unmerged(speaker)
    _check_unmerged(into)


def _check_unmerged(speaker: Speaker) -> None:
    speaker.refresh_from_db(fields=["merged_into"])
    if speaker.merged_into_id is not None:
        raise ConflictError(
            f"{speaker.label} was merged into another speaker in the meantime.",
            remedy="Reload the page and choose again.",
        )


def _set_voicings(turns: list[Segment], voicings: dict[UUID, Voicing]) -> None:
    """One update for each way of speaking, then the excerpts of each transcript."""
    alike: dict[tuple[Any, ...], list[UUID]] = defaultdict(list)
    for turn in turns:
        alike[tuple(voicings[turn.id])].append(turn.id)
    for (speaker_id, is_suggested), ids in alike.items():
        Segment.objects.filter(id__in=ids).update(
            speaker_id=speaker_id, is_speaker_suggested=is_suggested, updated_at=timezone.now()
        )
    words: dict[UUID, list[int]] = defaultdict(list)
    for turn in turns:
        words[turn.transcript_id].extend(word[0] for word in turn.words)
    for turn in {turn.transcript_id: turn for turn in turns}.values():
        rederive_excerpts(transcript=turn.transcript, word_ids=words[turn.transcript_id])


def _voicing(turn: Segment) -> Voicing:
    return [str(turn.speaker_id) if turn.speaker_id else None, turn.is_speaker_suggested]


def _count(turns: Iterable[Segment]) -> str:
    number = len(list(turns))
    return f"{number} turn" if number == 1 else f"{number} turns"
