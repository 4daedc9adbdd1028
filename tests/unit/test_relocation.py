"""Finding a stretch of words in another version: as tables, and as properties of random edits."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.sources.alignment import align_words
from backend.sources.anchoring import text_of
from backend.sources.relocation import Certainty, Finder, Place
from backend.sources.word_folding import fold_word

JITTER_MS = 100
VOCABULARY = ["no", "yes", "I,", "i", "the", "so"]
EDITS = [*["keep"] * 4, "drop", "replace", "insert"]
Word = list[Any]


def timed(text: str, *, start_ms: int = 0, step_ms: int = 400) -> list[Word]:
    return [
        [index + 1, word, start_ms + step_ms * index, start_ms + step_ms * index + 350, 0.9]
        for index, word in enumerate(text.split())
    ]


def untimed(text: str) -> list[Word]:
    return [[word_id, word, None, None, None] for word_id, word, *_ in timed(text)]


def find(old: list[Word], new: list[Word], first: int, last: int) -> tuple[Certainty, str]:
    place = Finder(align_words(old, new)).find(first, last)
    return place.certainty, said(new, place)


def said(words: list[Word], place: Place) -> str:
    if place.first is None or place.last is None:
        return ""
    return text_of(words[place.first : place.last + 1])


SAME, REWORDED, UNCERTAIN = Certainty.SAME, Certainty.REWORDED, Certainty.UNCERTAIN


@pytest.mark.parametrize(
    ("old", "new", "first", "last", "expected"),
    [
        ("a b c d", "a b c d", 1, 2, (SAME, "b c")),
        # One word became another at the end of the quote: what is around it tells its place.
        ("well i waited six then", "well i waited sick then", 1, 3, (REWORDED, "i waited sick")),
        ("well i waited six then", "well i waited a sick then", 1, 3, (UNCERTAIN, "i waited a")),
        ("a B, c d", "a b c. D", 1, 2, (SAME, "b c.")),
        (
            "i waited six weeks then",
            "i waited sick weeks then",
            1,
            3,
            (REWORDED, "waited sick weeks"),
        ),
        # A word that turns the meaning round is left out: somebody must see that.
        ("i would not buy it", "i would buy it x", 0, 4, (REWORDED, "i would buy it")),
        ("well remindr is good", "well reminder is good", 1, 3, (REWORDED, "reminder is good")),
        # All of its words are others: a place is proposed, no more.
        ("well remindr is good", "well reminder was it", 1, 3, (UNCERTAIN, "reminder was it")),
        # Nothing like it was said then.
        ("a b c d e f", "a f", 2, 3, (UNCERTAIN, "")),
        # "5 %" is not "5".
        ("about 5% of them", "about 5 of them", 1, 1, (UNCERTAIN, "5")),
        # Too little is the same.
        ("a b c d e f g", "a x y z v w g", 0, 6, (UNCERTAIN, "a x y z v w g")),
        ("שלום עולם 👍 naïve", "שלום עולם 👍 naïve", 0, 3, (SAME, "שלום עולם 👍 naïve")),
    ],
)
def test_words_at_the_same_time(old, new, first, last, expected):
    assert find(timed(old), timed(new), first, last) == expected


def test_the_same_words_at_another_time_are_not_the_same():
    old, new = timed("yes of course"), timed("yes of course", start_ms=10_000)
    assert find(old, new, 0, 2)[0] == UNCERTAIN


def test_one_of_two_equal_answers_is_not_taken_for_the_other():
    old = [*timed("no"), *timed("no", start_ms=1200)]
    new = timed("no", start_ms=1200)
    assert find(old, new, 0, 0)[0] == UNCERTAIN
    assert find(old, new, 1, 1) == (SAME, "no")


@pytest.mark.parametrize(
    ("old", "new", "first", "last", "expected"),
    [
        ("well i said no and went", "so i said no and went", 1, 3, (SAME, "i said no")),
        ("yes and yes", "yes and yes", 2, 2, (SAME, "yes")),
        ("yes no yes", "no yes", 2, 2, (SAME, "yes")),  # found by the “no” before it
        ("yes yes", "yes", 0, 0, (UNCERTAIN, "yes")),
        ("a b c", "x y z", 1, 1, (UNCERTAIN, "x y z")),
    ],
)
def test_words_without_times_are_found_by_those_around_them(old, new, first, last, expected):
    assert find(untimed(old), untimed(new), first, last) == expected
    assert find(timed(old), untimed(new), first, last) == expected


def test_an_import_that_counts_from_elsewhere_proposes_the_right_words():
    words = " ".join(f"w{index}" for index in range(40))
    old, new = timed(words), timed(words, start_ms=60_000)
    assert find(old, new, 10, 12) == (UNCERTAIN, "w10 w11 w12")


@dataclass
class Edited:
    """A version, another made of it by random edits, and which word became which."""

    old: list[Word] = field(default_factory=list)
    new: list[Word] = field(default_factory=list)
    became: dict[int, int] = field(default_factory=dict)


@st.composite
def edited(draw, *, is_timed: bool = True) -> Edited:
    """Words of a small vocabulary, so that phrases come again; edits bring others in."""
    result, clock_ms = Edited(), 0
    jitter = st.integers(-JITTER_MS, JITTER_MS)
    for index, text in enumerate(
        draw(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30))
    ):
        length_ms = draw(st.integers(300, 500))
        times = (clock_ms, clock_ms + length_ms) if is_timed else (None, None)
        result.old.append([index + 1, text, *times, 0.9])
        kind = draw(st.sampled_from(EDITS))
        spoken = {
            "keep": [text],
            "drop": [],
            "replace": [f"x{index}"],
            "insert": [f"y{index}", text],
        }
        for word in spoken[kind]:
            if word == text:
                result.became[index] = len(result.new)
            shifted = (
                (max(0, clock_ms + draw(jitter)), clock_ms + length_ms + draw(jitter))
                if is_timed
                else times
            )
            result.new.append([1000 + len(result.new), word, *shifted, 0.8])
        clock_ms += length_ms + draw(st.integers(0, 300))
    return result


def ranges(count: int) -> list[tuple[int, int]]:
    return [(first, last) for first in range(count) for last in range(first, min(count, first + 5))]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_found_with_certainty_is_what_became_of_it(data):
    case = data.draw(edited())
    finder = Finder(align_words(case.old, case.new))
    for first, last in ranges(len(case.old)):
        place = finder.find(first, last)
        if place.certainty == UNCERTAIN:
            continue
        assert place.first is not None
        assert place.last is not None
        for index, partner in case.became.items():
            is_within = place.first <= partner <= place.last
            assert is_within == (first <= index <= last), "what belongs comes, and nothing else"
        if place.certainty == SAME:
            assert (case.became[first], case.became[last]) == (place.first, place.last)
            assert said(case.new, place) == text_of(case.old[first : last + 1])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_without_times_what_is_found_says_the_same(data):
    # Which of two equal neighbours was left out can't be told, and makes no difference.
    case = data.draw(edited(is_timed=False))
    finder = Finder(align_words(case.old, case.new))
    for first, last in ranges(len(case.old)):
        place = finder.find(first, last)
        if place.certainty == SAME:
            folded = [fold_word(word[1]) for word in case.old[first : last + 1]]
            there = said(case.new, place).split()
            assert [fold_word(word) for word in there] == folded


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_quote_whose_words_and_times_stay_is_always_found(data):
    case = data.draw(edited())
    finder = Finder(align_words(case.old, case.new))
    for first, last in ranges(len(case.old)):
        kept = [case.became.get(index) for index in range(first, last + 1)]
        begin = kept[0]
        if begin is None or kept != list(range(begin, begin + len(kept))):
            continue
        assert finder.find(first, last) == Place(SAME, begin, begin + len(kept) - 1)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=6), max_size=30),
    st.lists(st.text(max_size=6), max_size=30),
    st.booleans(),
)
def test_partners_rise_and_say_the_same(old, new, is_timed):
    make = (
        (lambda texts: [[i, t, i * 100, i * 100 + 90, 0.5] for i, t in enumerate(texts)])
        if is_timed
        else (lambda texts: [[i, t, None, None, None] for i, t in enumerate(texts)])
    )
    alignment = align_words(make(old), make(new))
    pairs = [(i, j) for i, j in enumerate(alignment.partners) if j is not None]
    assert all(fold_word(old[i]) == fold_word(new[j]) for i, j in pairs)
    partners = [j for _, j in pairs]
    assert partners == sorted(set(partners))
