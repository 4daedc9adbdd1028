"""The speech engine that a job asks for, or the settings."""

import threading
from contextlib import suppress

from django.conf import settings

from backend.jobs.models import Job
from worker.speech import choose
from worker.speech.engine import ModelMissingError, SpeechEngine


def load_engine(job: Job) -> tuple[SpeechEngine, str]:
    """The engine, and a notice for people when another one stands in for the model."""
    engine, notice = choose.load_engine(
        job.options.get("model") or settings.WHISPER_MODEL,
        download_root=settings.MODELS_DIR,
        may_download=settings.WHISPER_MAY_DOWNLOAD,
        device=settings.WHISPER_DEVICE or None,
        threads=settings.WHISPER_THREADS,
        engine=settings.SPEECH_ENGINE,
    )
    return engine, notice or ""


def begin_loading(job: Job) -> threading.Thread:
    """Load the engine in a thread, which takes seconds the first time in a process.

    For when a recording will need it soon and is still worked on by a child process.
    """
    thread = threading.Thread(target=_load, args=[job], name="engine", daemon=True)
    thread.start()
    return thread


def _load(job: Job) -> None:
    with suppress(ModelMissingError):  # whoever asks for the engine is told
        load_engine(job)
