"""What a speech engine is, and what it hears."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Word:
    """A word with its punctuation; probability is 0..1, or None where the engine has none."""

    text: str
    start_ms: int
    end_ms: int
    probability: float | None


@dataclass(frozen=True)
class Utterance:
    """Words said in one go, and how sure the engine was of them."""

    start_ms: int
    end_ms: int
    words: tuple[Word, ...]
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    compression_ratio: float | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class EngineFacts:
    """Written on every transcript. `language` is empty for an engine that knows several."""

    engine: str
    model: str
    language: str
    is_draft: bool
    device: str


class SpeechEngine(Protocol):
    """Samples are float32 at 16 kHz, 30 s at most; times are relative to their start."""

    def facts(self) -> EngineFacts: ...

    def detect_language(self, samples: np.ndarray) -> str: ...

    def recognise(self, samples: np.ndarray, *, language: str) -> list[Utterance]: ...

    def recognise_batch(
        self, windows: Sequence[np.ndarray], *, language: str
    ) -> list[list[Utterance]]: ...


class ModelMissingError(Exception):
    """The weights are not on this machine and could not be fetched, or can't be read."""

    def __init__(self, message: str, *, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")
