"""Utterances as JSON holds them while they wait to become text."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from worker.speech.engine import Utterance, Word

Plain = dict[str, Any]


def to_plain(utterances: Iterable[Utterance]) -> list[Plain]:
    return [_plain(utterance) for utterance in utterances]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> list[Utterance]:
    return [
        Utterance(**{**row, "words": tuple(Word(*word) for word in row["words"])}) for row in rows
    ]


def _plain(utterance: Utterance) -> Plain:
    words = [
        [word.text, word.start_ms, word.end_ms, _finite(word.probability)]
        for word in utterance.words
    ]
    return {
        **vars(utterance),
        "words": words,
        "avg_logprob": _finite(utterance.avg_logprob),
        "no_speech_prob": _finite(utterance.no_speech_prob),
        "compression_ratio": _finite(utterance.compression_ratio),
    }


def _finite(number: float | None) -> float | None:
    """JSON, and with it PostgreSQL, knows no infinity."""
    return number if number is not None and math.isfinite(number) else None
