"""The speech engine that a job asks for, or the settings."""

from django.conf import settings

from backend.jobs.models import Job
from worker.speech import choose
from worker.speech.engine import SpeechEngine


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
