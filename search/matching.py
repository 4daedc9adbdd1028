"""When a word of a text answers a word of a query: exactly, by beginning, or with typos."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

ONE_TYPO_FROM_LETTERS = 5
TWO_TYPOS_FROM_LETTERS = 9


class Cut(NamedTuple):
    """Which words to compare, and how much of them: from `shortest` letters, up to `longest`.

    A longer word is cut there if the query word may be its beginning, else it is left out.
    """

    shortest: int
    longest: int
    is_prefix: bool


@lru_cache(maxsize=1024)
def allowed_typos(word: str) -> int:
    """None in short words and in words with digits, where one digit is another number."""
    if len(word) < ONE_TYPO_FROM_LETTERS or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < TWO_TYPOS_FROM_LETTERS else 2


def typos_between(query_word: str, word: str, *, is_prefix: bool) -> int | None:
    """How many typos apart, or None if more than are allowed or the first letters differ.

    Swapped neighbours count as one. With `is_prefix` the best beginning of `word` is compared.
    """
    if query_word[:1] != word[:1]:
        return None
    limit = allowed_typos(query_word)
    best = limit + 1
    for cut in typo_cuts(query_word, is_prefix=is_prefix):
        beginning = cut_word(word, cut)
        if beginning is not None:
            best = min(best, OSA.distance(query_word, beginning, score_cutoff=limit))
    return best if best <= limit else None


@lru_cache(maxsize=1024)
def typo_cuts(query_word: str, *, is_prefix: bool) -> tuple[Cut, ...]:
    """What to compare a query word with, so that no word within its typos is missed."""
    limit = allowed_typos(query_word)
    shortest, longest = len(query_word) - limit, len(query_word) + limit
    if not is_prefix:
        return (Cut(shortest, longest, is_prefix=False),)
    return tuple(Cut(length, length, is_prefix=True) for length in range(shortest, longest + 1))


def cut_word(word: str, cut: Cut) -> str | None:
    """The part of a word to compare, or None if it is too short or too long."""
    if len(word) < cut.shortest or (len(word) > cut.longest and not cut.is_prefix):
        return None
    return word[: cut.longest]


def typos_by_cut(query_word: str, beginnings: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those of many cut words that are within the allowed typos, with their number."""
    limit = allowed_typos(query_word)
    if not beginnings:
        return
    distances = cdist(
        [query_word], beginnings, scorer=OSA.distance, score_cutoff=limit, dtype=np.uint8
    )[0]
    for index in np.flatnonzero(distances <= limit).tolist():
        yield beginnings[index], int(distances[index])
