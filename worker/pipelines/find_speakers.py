"""Job find_speakers: turns are compared by voice, and speakers are suggested for them.

What the comparison knows of a voice lives as long as this function runs, and is kept nowhere.
"""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from backend.jobs.models import Job
from backend.sources.models import MediaFile, Segment, Transcript
from backend.studies.models import Session, SessionKind
from backend.tagging.services.voices import suggest_speakers
from worker.ledger import JobHandle
from worker.pipelines.prepare_media import get_media
from worker.pipelines.sound import open_sound
from worker.scratch import remove_scratch
from worker.speech.voices import VoicesMissingError, sort_voices
from worker.speech.windows import Stretch

NOTHING_TO_COMPARE = "There is no text to tell voices apart in."
# Where somebody asks and the others answer.
_MODERATED_KINDS = (SessionKind.INTERVIEW, SessionKind.FOCUS_GROUP, SessionKind.ADVISORY_BOARD)


def run_find_speakers(handle: JobHandle) -> None:
    """Suggest a speaker for each turn of the text in use that nobody has given to one."""
    media = get_media(handle.job)
    transcript = Transcript.objects.filter(source=media.source_id, is_current=True).first()
    turns = _turns(transcript) if transcript else []
    if media.is_channel_per_person or transcript is None or not turns:
        with handle.finish("" if turns else NOTHING_TO_COMPARE):
            pass
    else:
        _suggest(handle, media, transcript, turns)
    remove_scratch(handle.job)


def _suggest(
    handle: JobHandle, media: MediaFile, transcript: Transcript, turns: Sequence[Segment]
) -> None:
    try:
        voices = _compare(handle, media, turns, transcript.speech)
    except VoicesMissingError as error:
        with handle.finish(str(error)):
            return
    with handle.finish():
        suggest_speakers(transcript=transcript, voices=voices)


def expected_people(job: Job, session: Session) -> int | None:
    """How many are likely to be heard; None where nothing is known."""
    if asked := job.options.get("expected_speakers"):
        return int(asked)
    participants = session.participants.count()
    if session.kind not in _MODERATED_KINDS:
        return None
    if not participants:
        return 2 if session.kind == SessionKind.INTERVIEW else None
    return participants + 1


def stretches_in(start_ms: int, end_ms: int, speech: Sequence[Sequence[int]]) -> list[Stretch]:
    """The speech of a turn; all of it, where no speech was detected in it or none was kept."""
    inside = [
        (max(start_ms, first), min(end_ms, last))
        for first, last in speech
        if first < end_ms and last > start_ms
    ]
    return inside or [(start_ms, end_ms)]


def _turns(transcript: Transcript) -> list[Segment]:
    timed = transcript.segments.filter(start_ms__isnull=False, end_ms__isnull=False)
    spoken = timed.exclude(words=[]).order_by("position")
    return list(spoken.only("id", "start_ms", "end_ms"))


def _compare(
    handle: JobHandle, media: MediaFile, turns: Sequence[Segment], speech: Sequence[Sequence[int]]
) -> dict[UUID, int]:
    from worker.speech.voice_prints import measure_voices  # noqa: PLC0415  loads torch

    samples = open_sound(
        handle.job,
        media,
        on_progress=lambda done, total: handle.report(
            "decoding", done=done, total=total, unit="ms"
        ),
    )
    stretches = [stretches_in(turn.start_ms or 0, turn.end_ms or 0, speech) for turn in turns]
    compared = 0

    def check() -> None:
        nonlocal compared
        handle.report("comparing voices", done=compared, total=len(turns), unit="turns")
        compared += 1

    prints = measure_voices(samples, stretches, check=check, threads=settings.WHISPER_THREADS)
    voices = sort_voices(
        prints,
        [sum(last - first for first, last in turn) for turn in stretches],
        expected=expected_people(handle.job, media.source.session),
    )
    return {turn.id: voice for turn, voice in zip(turns, voices, strict=True) if voice is not None}
