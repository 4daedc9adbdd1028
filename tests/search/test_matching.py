"""Typos: how many, where, and that the fast way finds what the plain one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.embedded.compounds import Compounds
from search.engines.embedded.vocabulary import Vocabulary
from search.matching import allowed_typos, typos_between


@pytest.mark.parametrize(
    ("word", "typos"),
    [
        ("visi", 0),
        ("visit", 1),
        ("remindrs", 1),
        ("reminders", 2),
        ("20231", 0),
        ("b12cdefghij", 0),
    ],
)
def test_longer_words_allow_more_typos(word: str, typos: int) -> None:
    assert allowed_typos(word) == typos


@pytest.mark.parametrize(
    ("query_word", "word", "is_prefix", "typos"),
    [
        ("remindr", "reminder", False, 1),
        ("remidner", "reminder", False, 1),
        ("reminder", "reminder", False, 0),
        ("remindr", "reminders", False, None),
        ("remindr", "reminders", True, 1),
        ("remnid", "reminders", True, 1),
        ("visit", "visits", False, 1),
        ("wait", "want", False, None),
        ("eminder", "reminder", False, None),
        ("appointmet", "appointments", False, 2),
        ("apointmet", "appointments", True, 2),
    ],
)
def test_typos_are_counted(query_word: str, word: str, is_prefix: bool, typos: int | None) -> None:
    assert typos_between(query_word, word, is_prefix=is_prefix) == typos


letters = st.text(alphabet="aber", min_size=1, max_size=12)


@given(
    query_word=letters, words=st.lists(letters, max_size=30, unique=True), is_prefix=st.booleans()
)
def test_the_vocabulary_finds_what_comparing_every_word_finds(
    query_word: str, words: list[str], is_prefix: bool
) -> None:
    vocabulary = Vocabulary(
        lambda letter: [word for word in words if word[0] == letter],
        Compounds(lambda field, start: [], lambda field, term: 0),
    )
    expected: dict[int, set[str]] = {}
    for word in words:
        typos = typos_between(query_word, word, is_prefix=is_prefix)
        if typos:
            expected.setdefault(typos, set()).add(word)
    assert vocabulary.words_with_typos(query_word, is_prefix=is_prefix) == expected
