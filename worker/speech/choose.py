"""Chooses the engine: Whisper where its model can be had, else the offline draft, and says why.

Whisper's weights are run by PyTorch, or by CTranslate2 where the operator has asked for that.
"""

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from worker.speech.engine import EngineMissingError, ModelMissingError, SpeechEngine

if TYPE_CHECKING:
    from worker.speech.whisper_engine import WhisperEngine

logger = logging.getLogger(__name__)

WHISPER, FASTER_WHISPER = "whisper", "faster-whisper"

_RETRY_SECONDS = 300.0
_lock = threading.Lock()
_loaded: dict[tuple[str, str, str | None, Path | None], SpeechEngine] = {}
_refused_at: dict[str, float] = {}
_draft: list[SpeechEngine] = []


def load_engine(
    model: str,
    *,
    download_root: Path | None,
    may_download: bool,
    device: str | None = None,
    threads: int = 1,
    engine: str = WHISPER,
) -> tuple[SpeechEngine, str | None]:
    """The engine, and a notice for people when the draft engine stands in for the model.

    `engine` names what runs the model. Raises EngineMissingError if it is not installed.

    A model is loaded once per process. A missing one is looked for again each time, as it may have
    been put in its place meanwhile; the download is tried again only after five minutes.
    """
    with _lock:
        key = (engine, model, device, download_root)
        if key in _loaded:
            return _loaded[key], None
        try:
            loaded = _load_whisper(engine, model, download_root, may_download, device, threads)
        except EngineMissingError:
            raise
        except ModelMissingError as error:
            logger.warning("A draft is made instead of a transcript: %s", error)
            return _load_draft(), _notice(error)
        _loaded.clear()  # one model at a time: they take gigabytes
        _loaded[key] = loaded
        return loaded, None


def _load_whisper(
    engine: str,
    model: str,
    download_root: Path | None,
    may_download: bool,
    device: str | None,
    threads: int,
) -> SpeechEngine:
    kind = _engine_class(engine)
    refused_at = _refused_at.get(model)
    is_worth_trying = refused_at is None or time.monotonic() - refused_at > _RETRY_SECONDS
    try:
        return kind.load(
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


def _engine_class(engine: str) -> "type[WhisperEngine]":
    """The class of the engine of that name; importing it loads what it needs."""
    if engine == WHISPER:
        from worker.speech.whisper_engine import WhisperEngine  # noqa: PLC0415  loads torch

        return WhisperEngine
    if engine != FASTER_WHISPER:
        raise EngineMissingError(
            f"There is no speech engine called “{engine}”.",
            remedy=f"Ask the operator to set SPEECH_ENGINE to {WHISPER} or {FASTER_WHISPER}.",
        )
    try:
        from worker.speech.faster_engine import FasterWhisperEngine  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise EngineMissingError(
            f"The speech engine {FASTER_WHISPER} is not installed on this worker.",
            remedy=(
                "Ask the operator to install requirements/faster.txt for every worker, or to "
                "remove SPEECH_ENGINE from the settings."
            ),
        ) from error
    return FasterWhisperEngine


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
