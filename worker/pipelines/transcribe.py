"""Job transcribe: speech is found, cut into windows and recognised; each window is saved at once.

A killed worker loses the windows it had in hand: the next attempt goes on behind the last saved
one.
"""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import numpy as np
from django.conf import settings

from backend.sources import storage
from backend.sources.models import MediaFile, Transcript
from backend.sources.services import (
    append_segments,
    begin_transcript,
    complete_transcript,
    find_resumable_transcript,
)
from worker.ledger import JobHandle
from worker.media import SPEECH_RATE_HZ, Limits, decode_speech, open_pcm
from worker.pipelines.prepare_media import get_media
from worker.scratch import scratch_file
from worker.speech.choose import load_engine
from worker.speech.engine import SpeechEngine
from worker.speech.recognise import detect_language, recognise_windows
from worker.speech.windows import Window, find_speech, plan_windows

NO_SPEECH = "No speech was found in this recording."


def run_transcribe(handle: JobHandle) -> None:
    """Make a transcript of the recording, or go on with one that a lost worker began."""
    media = get_media(handle.job)
    with scratch_file(handle.job) as path:
        samples = _decode(handle, storage.original_file(media), path)
        handle.report("listening for speech")
        windows = plan_windows(find_speech(samples))
        _recognise(handle, media, samples, windows)


def _decode(handle: JobHandle, original: Path, path: Path) -> np.ndarray:
    decode_speech(
        original,
        path,
        limits=Limits(),
        on_progress=lambda done, total: handle.report("reading", done=done, total=total, unit="ms"),
    )
    return open_pcm(path)


def _recognise(
    handle: JobHandle, media: MediaFile, samples: np.ndarray, windows: Sequence[Window]
) -> None:
    handle.report("loading the speech model")
    engine, draft_notice = load_engine(
        handle.job.options.get("model") or settings.WHISPER_MODEL,
        download_root=settings.MODELS_DIR,
        may_download=settings.WHISPER_MAY_DOWNLOAD,
        device=settings.WHISPER_DEVICE or None,
        threads=settings.WHISPER_THREADS,
    )
    transcript = _resume_or_begin(handle, media, engine, samples, windows, draft_notice or "")
    _save_windows(handle, transcript, engine, samples, windows)
    notice = "" if transcript.word_count else NO_SPEECH
    with handle.finish(notice):
        complete_transcript(
            transcript=transcript, seconds_taken=transcript.seconds_taken, notice=notice
        )


def _resume_or_begin(
    handle: JobHandle,
    media: MediaFile,
    engine: SpeechEngine,
    samples: np.ndarray,
    windows: Sequence[Window],
    notice: str,
) -> Transcript:
    facts = engine.facts()
    language = facts.language or handle.job.options.get("language") or media.source.session.language
    begun = find_resumable_transcript(
        source=media.source, engine=facts.engine, model=facts.model, language=language
    )
    if begun:
        return begun
    language = language or detect_language(samples, windows, engine)
    with handle.hold():
        return begin_transcript(
            source=media.source,
            engine=facts.engine,
            model=facts.model,
            language=language,
            is_draft=facts.is_draft,
            notice=notice,
            duration_ms=len(samples) * 1000 // SPEECH_RATE_HZ,
        )


def _save_windows(
    handle: JobHandle,
    transcript: Transcript,
    engine: SpeechEngine,
    samples: np.ndarray,
    windows: Sequence[Window],
) -> None:
    """Each window's text and how far it reaches are one transaction under the job's fence."""
    waiting = [window for window in windows if window.end_ms > transcript.transcribed_ms]
    total_ms = transcript.duration_ms or 0

    def report() -> None:
        handle.report("recognising", done=transcript.transcribed_ms, total=total_ms, unit="ms")

    report()
    started_at = monotonic()
    heard = recognise_windows(samples, waiting, engine, transcript.language)
    for window, utterances in heard:
        with handle.hold():
            append_segments(
                transcript=transcript, segments=utterances, transcribed_ms=window.end_ms
            )
            transcript.seconds_taken += monotonic() - started_at
            transcript.save(update_fields=["seconds_taken"])
        started_at = monotonic()
        report()
