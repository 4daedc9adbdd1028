"""Saying who speaks in one turn or in many, merging two voices, and undoing either."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.sources.models import Segment, Source, Speaker, SpeakerChange, TurnScope
from backend.sources.withdrawal import refuse_withheld
from backend.tagging.history import Recording, recording
from backend.tagging.services.corrections import rederive_excerpts
from backend.tagging.services.snapshots import lock_source

# Who speaks in a turn: [speaker_id or null, whether that is only suggested].
Voicing = list[Any]


@transaction.atomic
def assign_speaker(
    *, segment: Segment, scope: str, speaker: Speaker | None, user: Any = None
) -> SpeakerChange:
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
        return _record(
            recorded,
            source=source,
            turns=turns,
            after={turn.id: voicing for turn in turns},
            user=user,
        )


@transaction.atomic
def merge_speakers(*, speaker: Speaker, into: Speaker, user: Any = None) -> SpeakerChange:
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
        recorded.watch(speaker)
        speaker.merged_into = into
        speaker.save(update_fields=["merged_into", "updated_at"])
        return _record(
            recorded,
            source=source,
            turns=turns,
            after={turn.id: [str(into.id), turn.is_speaker_suggested] for turn in turns},
            user=user,
            merged_speaker=speaker,
        )


@transaction.atomic
def undo_speaker_change(*, change: SpeakerChange, user: Any = None) -> SpeakerChange:
    """Make it as it was before, exactly.

    Raises ConflictError if it was undone already, if any of its turns changed since, or if the
    name of the merged speaker was given to another.
    """
    source = lock_source(change.source_id)
    change.refresh_from_db()
    if change.undone_at is not None:
        raise ConflictError("This was undone already.", remedy="Reload the page.")
    turns = _lock_turns(Segment.objects.filter(id__in=list(change.before)))
    refuse_withheld(turns)
    changed = [turn for turn in turns if _voicing(turn) != change.after[str(turn.id)]]
    if changed:
        raise ConflictError(
            f"“{change.summary}” can't be undone: since then, {_count(changed)} of it "
            f"{'was' if len(changed) == 1 else 'were'} given to somebody else.",
            remedy="Undo the later change first, or correct these turns one by one.",
        )
    with _recording(source, "speaker.assign", f"Undone: {change.summary}", user) as recorded:
        recorded.watch(*turns, change)
        if change.merged_speaker is not None:
            recorded.watch(change.merged_speaker)
            _unmerge(change.merged_speaker)
        _set_voicings(turns, _restored(turns, change))
        change.undone_at = timezone.now()
        change.save(update_fields=["undone_at", "updated_at"])
    return change


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


def _record(
    recorded: Recording,
    *,
    source: Source,
    turns: list[Segment],
    after: dict[UUID, Voicing],
    user: Any,
    merged_speaker: Speaker | None = None,
) -> SpeakerChange:
    change = SpeakerChange.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        summary=recorded.summary,
        before={str(turn.id): _voicing(turn) for turn in turns},
        after={str(turn_id): voicing for turn_id, voicing in after.items()},
        merged_speaker=merged_speaker,
        created_by=user,
    )
    if turns or merged_speaker is not None:
        recorded.watch(*turns)
        recorded.made(change)
    _set_voicings(turns, after)
    return change


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


def _unmerge(speaker: Speaker) -> None:
    taken = Speaker.objects.filter(
        source_id=speaker.source_id, label=speaker.label, merged_into__isnull=True
    )
    if taken.exists():
        raise ConflictError(
            f"This can't be undone: another speaker is called {speaker.label} now.",
            remedy="Rename that speaker first, then undo.",
        )
    speaker.merged_into = None
    speaker.save(update_fields=["merged_into", "updated_at"])


def _restored(turns: list[Segment], change: SpeakerChange) -> dict[UUID, Voicing]:
    """Who speaks in these turns once the change is undone.

    A speaker of then may have been merged into another since. The turn goes to that one, and with
    the merge it can be undone further.
    """
    speakers = {str(row.id): row for row in Speaker.objects.filter(source_id=change.source_id)}
    merges = {
        str(merge.merged_speaker_id): merge
        for merge in SpeakerChange.objects.filter(
            source_id=change.source_id, merged_speaker__isnull=False, undone_at__isnull=True
        ).exclude(id=change.id)
    }
    voicings, passed = {}, set()
    for turn in turns:
        speaker_id, is_suggested = change.before[str(turn.id)]
        while (speaker := speakers.get(speaker_id)) and speaker.merged_into_id:
            following = str(speaker.merged_into_id)
            merges[speaker_id].before[str(turn.id)] = [speaker_id, is_suggested]
            merges[speaker_id].after[str(turn.id)] = [following, is_suggested]
            passed.add(merges[speaker_id])
            speaker_id = following
        voicings[turn.id] = [speaker_id if speaker else None, is_suggested]
    SpeakerChange.objects.bulk_update(passed, ["before", "after"], batch_size=100)
    return voicings


def _voicing(turn: Segment) -> Voicing:
    return [str(turn.speaker_id) if turn.speaker_id else None, turn.is_speaker_suggested]


def _count(turns: Iterable[Segment]) -> str:
    number = len(list(turns))
    return f"{number} turn" if number == 1 else f"{number} turns"
