"""Writing what is known of a recording, and asking for its transcription."""

from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from backend.common.errors import ConflictError
from backend.jobs.models import ACTIVE_STATES, Job, JobKind
from backend.jobs.services import enqueue_job
from backend.sources import storage
from backend.sources.models import MediaFile, Source, SourceKind
from backend.sources.withdrawal import refuse_if_heard


class RecordingFacts(Protocol):
    """What the worker found out about a recording."""

    @property
    def duration_ms(self) -> int: ...
    @property
    def container(self) -> str: ...
    @property
    def audio_codec(self) -> str: ...
    @property
    def has_video(self) -> bool: ...
    @property
    def is_truncated(self) -> bool: ...
    @property
    def channels(self) -> int: ...
    @property
    def is_channel_per_person(self) -> bool: ...


class PreparedRecording(Protocol):
    """Facts, and the two files made of a recording; both lie in the media folder."""

    @property
    def facts(self) -> RecordingFacts: ...
    @property
    def playback_path(self) -> Path: ...
    @property
    def peaks_path(self) -> Path: ...


def save_prepared_media(*, media: MediaFile, sha256: str, prepared: PreparedRecording) -> MediaFile:
    """Keep what preparing found: from now on the recording can be played.

    Idempotent. One update, so it belongs inside the transaction that holds the job.
    """
    facts = prepared.facts
    media.sha256 = sha256
    media.duration_ms = facts.duration_ms
    media.container = facts.container[:60]
    media.audio_codec = facts.audio_codec[:60]
    media.has_video = facts.has_video
    media.is_truncated = facts.is_truncated
    media.channel_count = facts.channels
    media.is_channel_per_person = facts.is_channel_per_person
    media.playback_path = storage.relative(prepared.playback_path)
    media.peaks_path = storage.relative(prepared.peaks_path)
    media.save()
    return media


@transaction.atomic
def request_transcription(
    *,
    source: Source,
    model: str = "",
    language: str = "",
    expected_speakers: int | None = None,
    user: Any = None,
) -> Job:
    """Ask for a (new) transcript of a recording. Empty model and language: the settings decide.

    Afterwards the voices are told apart, as many as are expected (None: as the session has it).
    Raises ConflictError while the recording is being worked on, or if it is no recording;
    WithheldError if somebody is heard in it who withdrew.
    """
    if source.kind != SourceKind.RECORDING:
        raise ConflictError(
            "This is a text, so there is nothing to transcribe.",
            remedy="Upload a recording to the session.",
        )
    refuse_if_heard(source)
    _refuse_while_busy(source)
    options = {"model": model, "language": language, "expected_speakers": expected_speakers}
    return _enqueue(JobKind.TRANSCRIBE, source, options, user)


@transaction.atomic
def request_find_speakers(
    *, source: Source, expected_speakers: int | None = None, user: Any = None
) -> Job:
    """Ask to have the voices of a recording told apart anew; what people said about turns stays.

    Raises ConflictError while the recording is being worked on, or if there is nothing to compare.
    """
    if source.kind != SourceKind.RECORDING:
        raise ConflictError(
            "This is a text, so there are no voices to compare.",
            remedy="Choose the speaker of each turn in the transcript.",
        )
    refuse_if_heard(source)
    if source.media.is_channel_per_person:
        raise ConflictError(
            "In this recording each person has a channel of their own, so who speaks is certain.",
            remedy="Name the speakers, or correct single turns in the transcript.",
        )
    _refuse_while_busy(source)
    if not source.transcripts.filter(is_current=True, word_count__gt=0).exists():
        raise ConflictError(
            "This recording has no text yet.", remedy="Have it transcribed, then try again."
        )
    return enqueue_find_speakers(source=source, expected_speakers=expected_speakers, user=user)


def enqueue_find_speakers(
    *, source: Source, expected_speakers: int | None = None, user: Any = None
) -> Job:
    """Have the voices told apart, in the caller's transaction."""
    options = {"expected_speakers": expected_speakers}
    return _enqueue(JobKind.FIND_SPEAKERS, source, options, user)


def _refuse_while_busy(source: Source) -> None:
    # The lock makes two requests at once come one after the other.
    Source.objects.select_for_update(no_key=True).get(id=source.id)
    if Job.objects.filter(source_id=source.id, state__in=ACTIVE_STATES).exists():
        raise ConflictError(
            "This recording is being worked on already.", remedy="Wait for it, or cancel it first."
        )


def _enqueue(kind: JobKind, source: Source, options: dict[str, Any], user: Any) -> Job:
    return enqueue_job(
        workspace_id=source.workspace_id,
        kind=kind,
        target_id=source.id,
        title=source.name,
        study_id=source.session.study_id,
        session_id=source.session_id,
        source_id=source.id,
        options={name: value for name, value in options.items() if value},
        user=user,
    )
