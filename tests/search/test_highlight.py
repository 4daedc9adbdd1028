"""What is marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.meilisearch.shapes import code_point_ranges
from search.highlight import highlight_ranges, merged_ranges, whole_words
from search.parsing import parse_text
from search.words import words_of


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("They sent a reminder.", "reminder", ["reminder"]),
        ("They sent a Reminder.", "remindr", ["Reminder"]),
        ("They sent reminders.", "remi", ["reminders"]),
        ("remi reminders", "remi sent", ["remi"]),
        ("I cancelled it", "cancelling", ["cancelled"]),
        ("Le café, là", "cafe", ["café"]),
        ("Le cafe\u0301 là", "café", ["cafe\u0301"]),
        ("🎉🎉 reminder 🎉", "reminder", ["reminder"]),
        ("on hold, on the line", '"on hold"', ["on hold"]),
        ("on my hold", '"on hold"', []),
        ("wrong day", "day -wrong", ["day"]),
        ("שָׁלוֹם עולם", "שלום", ["שָׁלוֹם"]),
        ("予約が必要", "予約", ["予約"]),
        ("a day on hold on hold", '"on hold" hold', ["on hold", "on hold"]),
        ("nothing here", "", []),
        ("", "reminder", []),
    ],
)
def test_marked_words(text: str, query: str, marked: list[str]) -> None:
    ranges = highlight_ranges(text, parse_text(query))
    assert [text[start:end] for start, end in ranges] == marked


@given(st.text(max_size=100), st.text(max_size=30))
def test_ranges_are_ordered_and_inside_the_text(text: str, query: str) -> None:
    ranges = highlight_ranges(text, parse_text(query))
    edges = [edge for pair in ranges for edge in pair]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


@given(st.text(max_size=100), st.data())
def test_ranges_mark_whole_words(text: str, data: st.DataObject) -> None:
    words = words_of(text)
    said = data.draw(
        st.lists(st.sampled_from([word.folded for word in words] or ["a"]), max_size=3)
    )
    starts, ends = {word.start for word in words}, {word.end for word in words}
    ranges = highlight_ranges(text, parse_text(" ".join(said)))
    assert all(start in starts and end in ends for start, end in ranges)
    assert bool(ranges) == bool(words and said)


@given(st.text(max_size=60), st.data())
def test_byte_positions_become_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    text = text.encode(errors="replace").decode()
    position = {
        "start": len(text[:start].encode()),
        "length": len(text[start:end].encode()),
    }
    assert code_point_ranges(text, [position]) == [(start, end)]


def test_ranges_widen_to_whole_words() -> None:
    assert whole_words("two reminders", [(4, 7)]) == [(4, 13)]
    assert whole_words("🎉 !", [(0, 1)]) == [(0, 1)]


def test_ranges_merge() -> None:
    assert merged_ranges([(5, 9), (0, 3), (2, 4)]) == ((0, 4), (5, 9))
