"""Transcripts of before there was room between words: their segments in order of their words."""

from importlib import import_module

import pytest

positions_of = import_module("backend.sources.migrations.0005_room_between_words").positions_of


def words(first: int, last: int) -> list[list[object]]:
    return [[word_id, "word", None, None, None] for word_id in range(first, last + 1)]


@pytest.mark.parametrize(
    ("rows", "next_word_id", "positions"),
    [
        ([], 1, []),
        ([(0, words(1, 5)), (1, words(6, 6)), (2, words(7, 9))], 10, [1, 6, 7]),
        # A gap of two windows behind words 1-5: ids 6 to 20,005 are kept free for it.
        ([(0, words(1, 5)), (2000, []), (2001, words(20_006, 20_007))], 20_008, [1, 6, 20_006]),
        # Two gaps of one window each at the end.
        ([(0, words(1, 5)), (1000, []), (2000, [])], 20_006, [1, 6, 10_006]),
        ([(999, []), (1999, []), (2000, words(20_001, 20_001))], 20_002, [1, 10_001, 20_001]),
        # The first of two was filled: its room is not wholly used.
        ([(0, words(1, 3)), (1999, [])], 20_001, [1, 4]),
    ],
)
def test_positions_become_ids_of_words(
    rows: list[tuple[int, list[object]]], next_word_id: int, positions: list[int]
) -> None:
    assert positions_of(rows, next_word_id) == positions
