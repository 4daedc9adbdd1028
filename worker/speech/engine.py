"""What a speech engine is, and what it hears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

Check = Callable[[], None]


@dataclass(frozen=True)
class Word:
    """A word with its punctuation; probability is 0..1, or None where the engine has none."""

    text: str
    start_ms: int
    end_ms: int
    probability: float | None


@dataclass(frozen=True)
class Utterance:
    """Words said in one go, and how sure the engine was of them.

    `doubt` says why they should be listened to before they are believed: one of the names in
    `doubts`, or nothing. `channel` is set where each person has a channel of the recording.
    """

    start_ms: int
    end_ms: int
    words: tuple[Word, ...]
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    compression_ratio: float | None = None
    doubt: str = ""
    channel: int | None = None

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
    """Samples are float32 at 16 kHz, 30 s at most; times are relative to their start.

    `prompt` is a sentence with names to expect; an engine that can't use it leaves it aside.
    `check` is called often while the engine works, and may raise: the engine then stops at once,
    lets the error through, and can be used again.
    """

    def facts(self) -> EngineFacts: ...

    def detect_language(self, samples: np.ndarray) -> str: ...

    def recognise(self, samples: np.ndarray, *, language: str) -> list[Utterance]: ...

    def recognise_batch(
        self,
        windows: Sequence[np.ndarray],
        *,
        language: str,
        prompt: str = "",
        check: Check | None = None,
    ) -> list[list[Utterance]]: ...


class ModelMissingError(Exception):
    """The weights are not on this machine and could not be fetched, or can't be read."""

    def __init__(self, message: str, *, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


class EngineMissingError(ModelMissingError):
    """The settings ask for an engine that is not installed, or that does not exist."""
