"""Segments in columns: what is read back is what was there, here and on the page."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.sources.columns import id_runs, relative_times, transpose, word_columns
from tests.segments import (
    read_doubtful_ids,
    read_segments,
    read_times,
    read_word_ids,
    read_words,
)

# The page's tests read the same file back: this side writes what that side understands.
SHARED = Path(__file__).parents[3] / "frontend/src/testing/transcriptColumns.json"

TIMES = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(0, 10**7), st.one_of(st.none(), st.integers(0, 10**7))),
)


@st.composite
def segments(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Segments of a transcript as rows, with ids that rise and whatever times."""
    ids = iter(sorted(draw(st.sets(st.integers(1, 10**6), max_size=40))))
    rows = []
    for number, count in enumerate(draw(st.lists(st.integers(0, 8), max_size=8))):
        words = [
            [word_id, f"w{word_id}", *draw(TIMES), draw(st.sampled_from([None, 0.1, 1.0]))]
            for word_id, _ in zip(ids, range(count), strict=False)
        ]
        start_ms, end_ms = draw(TIMES)
        rows.append(
            {"id": f"segment {number}", "position": 5 * number, "speaker_id": None}
            | {"is_speaker_suggested": False, "voice": number % 3, "doubt": "", "style": ""}
            | {"start_ms": start_ms, "end_ms": end_ms, "all_words": words, "is_withheld": False}
        )
    return rows


def columns_of(row: dict[str, Any]) -> dict[str, Any]:
    doubtful = [word[0] for word in row["all_words"] if word[4] == 0.1]
    rest = {name: value for name, value in row.items() if name != "all_words"}
    return rest | word_columns(row["all_words"], start_ms=row["start_ms"], doubtful=doubtful)


@given(segments())
def test_words_are_read_back_from_the_columns_of_a_segment(rows):
    for row in rows:
        columns = columns_of(row)
        assert read_words(columns) == [word[:4] for word in row["all_words"]]
        doubtful = [word[0] for word in row["all_words"] if word[4] == 0.1]
        assert read_doubtful_ids(columns) == doubtful


@given(segments())
def test_segments_are_read_back_from_the_columns_of_a_transcript(rows):
    answer = json.loads(json.dumps(transpose([columns_of(row) for row in rows])))

    back = read_segments(answer)

    assert [read_words(segment) for segment in back] == [
        [word[:4] for word in row["all_words"]] for row in rows
    ]
    for name in ("id", "position", "start_ms", "end_ms", "voice"):
        assert [segment[name] for segment in back] == [row[name] for row in rows]


@given(st.lists(st.integers(1, 500), unique=True).map(sorted))
def test_runs_hold_the_same_ids_and_no_two_that_could_be_one(ids):
    runs = id_runs(ids)

    assert read_word_ids({"word_id_runs": runs}) == ids
    for (first, count, step), (following, _, _) in pairwise(runs):
        assert count > 1
        assert following != first + count * step


def test_evenly_spaced_ids_are_one_run():
    assert id_runs(range(16, 16 * 30_000, 16)) == [[16, 29_999, 16]]


@given(st.lists(TIMES), st.integers(0, 5000))
def test_times_are_read_back_from_pauses_and_durations(times, clock_ms):
    assert read_times(*relative_times(times, clock_ms), clock_ms) == times


def test_the_page_is_given_what_its_own_tests_read():
    shared = json.loads(SHARED.read_text(encoding="utf-8"))

    made = transpose([columns_of(row) for row in shared["rows"]])

    assert json.loads(json.dumps(made)) == shared["columns"]
