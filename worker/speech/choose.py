"""Chooses the engine: Whisper where its model can be had, else the offline draft, and says why."""

import logging
import threading
import time
from pathlib import Path

from worker.speech.engine import ModelMissingError, SpeechEngine

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 300.0
_lock = threading.Lock()
_loaded: dict[tuple[str, str | None, Path | None], SpeechEngine] = {}
_refused_at: dict[str, float] = {}
_draft: list[SpeechEngine] = []


def load_engine(
    model: str,
    *,
    download_root: Path | None,
    may_download: bool,
    device: str | None = None,
    threads: int = 1,
) -> tuple[SpeechEngine, str | None]:
    """The engine, and a notice for people when the draft engine stands in for the model.

    A model is loaded once per process. A missing one is looked for again each time, as it may have
    been put in its place meanwhile; the download is tried again only after five minutes.
    """
    with _lock:
        key = (model, device, download_root)
        if key in _loaded:
            return _loaded[key], None
        try:
            engine = _load_whisper(model, download_root, may_download, device, threads)
        except ModelMissingError as error:
            logger.warning("A draft is made instead of a transcript: %s", error)
            return _load_draft(), _notice(error)
        _loaded.clear()  # one model at a time: they take gigabytes
        _loaded[key] = engine
        return engine, None


def _load_whisper(
    model: str, download_root: Path | None, may_download: bool, device: str | None, threads: int
) -> SpeechEngine:
    from worker.speech.whisper_engine import WhisperEngine  # noqa: PLC0415  loads torch

    refused_at = _refused_at.get(model)
    is_worth_trying = refused_at is None or time.monotonic() - refused_at > _RETRY_SECONDS
    try:
        return WhisperEngine.load(
            model,
            device or None,
            download_root,
            may_download=may_download and is_worth_trying,
            threads=threads,
        )
    except ModelMissingError:
        if may_download and is_worth_trying:
            _refused_at[model] = time.monotonic()
        raise


def _load_draft() -> SpeechEngine:
    from worker.speech.draft import PocketsphinxEngine  # noqa: PLC0415  loads a language model

    if not _draft:
        _draft.append(PocketsphinxEngine())
    return _draft[0]


def _notice(error: ModelMissingError) -> str:
    return (
        f"{error.message} So this is a rough draft, made by a simple recogniser that knows only "
        f"English. The recording was kept. {error.remedy} Then choose “Transcribe again”."
    )
