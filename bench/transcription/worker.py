"""A speech worker whose model is of the real size but told what to say, or no model at all.

`celery -A bench.transcription.worker worker …`; EARSHOT_BENCH_ENGINE is "forced" or "none".
"""

import os
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np

from worker.app import app
from worker.speech import choose
from worker.speech.engine import Check, EngineFacts, SpeechEngine, Utterance, Word

__all__ = ["app"]

_MS_A_WORD = 400
_SAMPLES_A_MS = 16
_lock = Lock()
_loaded: list[SpeechEngine] = []


class NoEngine:
    """Hears a word every 0.4 s, at once: what is left is everything but recognition."""

    def facts(self) -> EngineFacts:
        return EngineFacts(engine="none", model="", language="en", is_draft=False, device="cpu")

    def detect_language(self, samples: np.ndarray) -> str:
        return "en"

    def recognise(self, samples: np.ndarray, *, language: str) -> list[Utterance]:
        return self.recognise_batch([samples], language=language)[0]

    def recognise_batch(
        self,
        windows: Sequence[np.ndarray],
        *,
        language: str,
        prompt: str = "",
        check: Check | None = None,
    ) -> list[list[Utterance]]:
        return [_said(len(samples) // _SAMPLES_A_MS) for samples in windows]


def _said(length_ms: int) -> list[Utterance]:
    starts = range(0, max(length_ms - _MS_A_WORD, 1), _MS_A_WORD)
    words = tuple(Word("word", start, start + _MS_A_WORD, 0.9) for start in starts)
    return [Utterance(0, length_ms, words, avg_logprob=-0.1, no_speech_prob=0.0)]


def _forced_engine() -> SpeechEngine:
    from bench.transcription.model import force_speech  # noqa: PLC0415  loads torch
    from worker.speech.whisper_engine import WhisperEngine  # noqa: PLC0415

    # It is asked for in a thread, too, while a recording is prepared.
    with _lock:
        if not _loaded:
            engine = WhisperEngine.load(os.environ["WHISPER_MODEL"], "cpu", may_download=False)
            force_speech(engine._model)
            _loaded.append(engine)
    return _loaded[0]


def _load_engine(*_: Any, **__: Any) -> tuple[SpeechEngine, str | None]:
    is_forced = os.environ["EARSHOT_BENCH_ENGINE"] == "forced"
    return (_forced_engine() if is_forced else NoEngine()), None


if os.environ["EARSHOT_BENCH_ENGINE"] == "none":
    # Loading these libraries is part of recognition, and done once in a process.
    import worker.speech.voice  # noqa: F401

choose.load_engine = _load_engine
