"""Which words should be listened to before they are believed. Pure."""

from collections.abc import Sequence
from typing import Any

# Below this a recogniser's word is wrong about as often as right.
LEAST_PROBABILITY = 0.3


def doubtful_word_ids(words: Sequence[Sequence[Any]], *, doubt: str) -> list[int]:
    """Ids of a segment's words `[id, text, start_ms, end_ms, probability]` that are in doubt: all
    if the whole passage is, else those of low probability. A corrected word is certain (1.0).
    """
    return [
        word[0]
        for word in words
        if (doubt and word[4] != 1.0) or (word[4] is not None and word[4] < LEAST_PROBABILITY)
    ]
