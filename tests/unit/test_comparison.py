"""Two versions side by side: rows, marks and numbers; nothing is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.sources.comparison import compare_words

Segments = list[list[list]]


def segments_of(*texts: str, is_timed: bool = True) -> Segments:
    count, made = 0, []
    for text in texts:
        words = []
        for word in text.split():
            times = (count * 400, count * 400 + 350) if is_timed else (None, None)
            count += 1
            words.append([count, word, *times, 0.9])
        made.append(words)
    return made


def shown(old: Segments, new: Segments) -> list[tuple[str, str, str]]:
    rows = compare_words(old, new).rows
    return [(row["kind"], row["old_text"], row["new_text"]) for row in rows]


def test_turns_are_rows_and_changed_words_are_marked():
    old = segments_of("I waited six weeks.", "Me too.")
    new = segments_of("I waited sick weeks.", "Me too.")
    comparison = compare_words(old, new)
    changed, same = comparison.rows
    assert (changed["kind"], same["kind"]) == ("changed", "same")
    assert changed["old"] == [
        {"text": "I waited", "is_changed": False},
        {"text": "six", "is_changed": True},
        {"text": "weeks.", "is_changed": False},
    ]
    assert [span["text"] for span in changed["new"]] == ["I waited", "sick", "weeks."]
    assert (changed["start_ms"], changed["end_ms"]) == (0, 1550)
    assert (comparison.same_words, comparison.changed_words) == (5, 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([""], ["a b"], [("added", "", "a b")]),
        (["a b"], [""], [("removed", "a b", "")]),
        (["a b", "c d"], ["c d"], [("removed", "a b", ""), ("same", "c d", "c d")]),
        (["a b"], ["a b", "c d"], [("same", "a b", "a b"), ("added", "", "c d")]),
        (["a, B"], ["A b."], [("same", "a, B", "A b.")]),
    ],
)
def test_what_only_one_version_says_has_a_row_of_its_own(old, new, expected):
    assert shown(segments_of(*old, is_timed=False), segments_of(*new, is_timed=False)) == expected


def test_sentences_of_a_long_turn_are_rows():
    turn = "I waited six weeks for a short visit. Then nobody came to see me at all."
    assert len(shown(segments_of(turn), segments_of(turn))) == 2


def test_a_long_stretch_of_other_words_is_cut_by_time():
    old = segments_of(*["a b c d"] * 20)
    new = segments_of(*["e f g h"] * 20)
    rows = shown(old, new)
    assert len(rows) == 20
    assert set(rows) == {("changed", "a b c d", "e f g h")}


TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d.", "e"]), max_size=12).map(" ".join), max_size=6
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.booleans())
def test_every_word_is_in_one_row_in_order(old_texts, new_texts, is_timed):
    old = segments_of(*old_texts, is_timed=is_timed)
    new = segments_of(*new_texts, is_timed=is_timed)
    comparison = compare_words(old, new)
    old_said = [row["old_text"] for row in comparison.rows if row["old_text"]]
    new_said = [row["new_text"] for row in comparison.rows if row["new_text"]]
    assert " ".join(old_said).split() == " ".join(old_texts).split()
    assert " ".join(new_said).split() == " ".join(new_texts).split()
    for row in comparison.rows:
        assert " ".join(span["text"] for span in row["old"]) == row["old_text"]
        assert " ".join(span["text"] for span in row["new"]) == row["new_text"]
    old_count, new_count = len(" ".join(old_texts).split()), len(" ".join(new_texts).split())
    shared = comparison.same_words + comparison.changed_words
    assert (shared + comparison.removed_words, shared + comparison.added_words) == (
        old_count,
        new_count,
    )
