"""Words, ids and runs, as tables and as properties of any transcript."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.anchoring import (
    WORD_ID_STEP,
    ReversedRunError,
    UnknownWordError,
    correct_word,
    number_words,
    take_run,
    take_words,
    text_of,
    tidy_word,
    time_range_of,
)

LETTERS = st.text(min_size=1, max_size=8).filter(tidy_word)


@dataclass
class Part:
    """A segment without a database."""

    position: int
    speaker_id: str | None
    words: list = field(default_factory=list)
    doubt: str = ""


@st.composite
def transcripts(draw) -> list[Part]:
    """Segments of numbered words; ids rise, with gaps where words were taken out."""
    parts, next_word_id, clock = [], draw(st.integers(1, 50)), 0
    has_audio = draw(st.booleans())
    for position in range(draw(st.integers(1, 6))):
        spoken = []
        for text in draw(st.lists(LETTERS, min_size=1, max_size=8)):
            times = (clock, clock + 300, 0.5) if has_audio else (None, None, None)
            spoken.append((text, *times))
            clock += draw(st.integers(300, 2000))
        words = number_words(spoken, next_word_id=next_word_id)
        next_word_id = words[-1][0] + draw(st.integers(1, 4))
        parts.append(Part(position, draw(st.sampled_from(["anna", "ben", None])), words))
    return parts


def all_words(parts: list[Part]) -> list:
    return [word for part in parts for word in part.words]


def draw_run(data, parts) -> tuple[int, int]:
    """Two places of words, in order."""
    count = len(all_words(parts))
    first = data.draw(st.integers(0, count - 1))
    return first, data.draw(st.integers(first, count - 1))


@given(st.lists(st.tuples(st.text(max_size=8), st.none(), st.none(), st.none())), st.integers(1))
def test_numbers_are_handed_out_once_and_in_order(spoken, next_word_id):
    words = number_words(spoken, next_word_id=next_word_id)

    first = next_word_id + WORD_ID_STEP - 1
    ids = range(first, first + len(words) * WORD_ID_STEP, WORD_ID_STEP)
    assert [word[0] for word in words] == list(ids)
    assert [word[1] for word in words] == [tidy_word(s[0]) for s in spoken if tidy_word(s[0])]
    assert all(word[1] == word[1].strip() and "\0" not in word[1] for word in words)


@given(transcripts(), st.data())
def test_a_run_is_the_words_between_both_ends(parts, data):
    words = all_words(parts)
    first, last = draw_run(data, parts)
    expected = words[first : last + 1]

    run = take_run(parts, first_word_id=words[first][0], last_word_id=words[last][0])

    assert run.word_ids == [word[0] for word in expected]
    assert run.text == text_of(expected)
    assert (run.start_ms, run.end_ms) == time_range_of(expected)
    assert run.position == first
    assert sum(run.words_by_speaker.values()) == len(expected)
    assert run.segment_positions == sorted(set(run.segment_positions))
    inside = {part.position for part in parts for word in part.words if word in expected}
    assert set(run.segment_positions) == inside


@given(transcripts(), st.data())
def test_taking_a_snapshot_again_gives_the_same_run(parts, data):
    words = all_words(parts)
    first, last = draw_run(data, parts)
    run = take_run(parts, first_word_id=words[first][0], last_word_id=words[last][0])

    assert take_words(parts, word_ids=run.word_ids) == run


@given(transcripts(), st.data(), LETTERS)
def test_correcting_a_word_changes_its_text_alone(parts, data, text):
    words = all_words(parts)
    chosen = data.draw(st.sampled_from(words))

    corrected = correct_word(words, word_id=chosen[0], text=text)

    assert [word[0] for word in corrected] == [word[0] for word in words]
    assert [word[2:4] for word in corrected] == [word[2:4] for word in words]
    for before, after in zip(words, corrected, strict=True):
        assert after[1] == (tidy_word(text) if before[0] == chosen[0] else before[1])


@given(transcripts(), st.data())
def test_a_run_can_not_be_taken_backwards_or_from_nowhere(parts, data):
    words = all_words(parts)
    first, last = draw_run(data, parts)
    if first < last:
        with pytest.raises(ReversedRunError):
            take_run(parts, first_word_id=words[last][0], last_word_id=words[first][0])
    beyond = words[-1][0] + 1
    with pytest.raises(UnknownWordError):
        take_run(parts, first_word_id=words[first][0], last_word_id=beyond)
    with pytest.raises(UnknownWordError):
        take_words(parts, word_ids=[beyond])
    with pytest.raises(UnknownWordError):
        correct_word(words, word_id=beyond, text="x")


def test_words_of_a_run_are_counted_by_speaker_in_order_of_appearance():
    parts = [
        Part(0, "moderator", [[1, "How", 0, 1, None]]),
        Part(1, "anna", [[2, "Six", 2, 3, None], [3, "weeks", 3, 4, None]]),
        Part(2, "moderator", [[4, "Oh", 5, 6, None]]),
    ]

    run = take_run(parts, first_word_id=1, last_word_id=4)

    assert list(run.words_by_speaker.items()) == [("moderator", 2), ("anna", 2)]


def test_what_is_left_of_a_run_is_taken_when_words_are_gone():
    parts = [Part(0, None, [[7, "a", 0, 1, 0.5], [8, "b", 2, 3, 0.5]])]

    assert take_words(parts, word_ids=[5, 6, 7, 8]).word_ids == [7, 8]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" six ", "six"),
        ("New\n York", "New York"),
        ("nul\0l", "null"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("שלום", "שלום"),
        ("cafe\u0301", "cafe\u0301"),
        (" \t\0", ""),
    ],
)
def test_words_are_tidied_without_losing_letters(text, expected):
    assert tidy_word(text) == expected


def test_a_corrected_word_counts_as_certain_only_where_certainty_was_told():
    timed = correct_word([[1, "a", 0, 1, 0.2]], word_id=1, text="b")
    untimed = correct_word([[1, "a", None, None, None]], word_id=1, text="b")

    assert timed == [[1, "b", 0, 1, 1.0]]
    assert untimed == [[1, "b", None, None, None]]
