"""A speech engine that needs no model: what it hears follows from the samples, to the last bit."""

import hashlib
import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from worker.speech.engine import Check, EngineFacts, Utterance, Word

_CHECKS_A_WINDOW = 5
_SAMPLES_A_MS = 16


class InstantEngine:
    """Takes a moment for each window, so that there is something to disturb."""

    def __init__(self, seconds_a_window: float = 0.4) -> None:
        self._pause_seconds = seconds_a_window / _CHECKS_A_WINDOW

    def facts(self) -> EngineFacts:
        return EngineFacts(
            engine="instant", model="chaos", language="en", is_draft=False, device="cpu"
        )

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
        return [self._hear(samples, check) for samples in windows]

    def _hear(self, samples: np.ndarray, check: Check | None) -> list[Utterance]:
        for _ in range(_CHECKS_A_WINDOW):
            if check:
                check()
            time.sleep(self._pause_seconds)
        digest = hashlib.sha256(np.round(samples * 32_768).astype("<i2").tobytes()).digest()
        length_ms = len(samples) // _SAMPLES_A_MS
        count = 4 + digest[0] % 8
        times = [length_ms * number // count for number in range(count + 1)]
        words = tuple(
            Word(digest[number * 2 : number * 2 + 2].hex(), start_ms, end_ms, 0.9)
            for number, (start_ms, end_ms) in enumerate(pairwise(times))
        )
        return [Utterance(0, length_ms, words, avg_logprob=-0.1, no_speech_prob=0.0)]
