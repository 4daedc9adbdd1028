"""Plain rules about decoded text: segments at timestamps, loops, words, draft labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.speech.draft import to_utterances
from worker.speech.engine import Utterance, Word
from worker.speech.loops import is_loop
from worker.speech.recognise import detect_language, moved, recognise_windows
from worker.speech.segments import cut_segments
from worker.speech.windows import Window

BEGIN = 50_364  # the token of 0.00 s


def at(seconds: float) -> int:
    return BEGIN + round(seconds / 0.02)


@pytest.mark.parametrize(
    ("tokens", "segments", "rest_seconds"),
    [
        pytest.param([], [], None, id="nothing"),
        pytest.param(
            [at(0), 11, 12, at(2), at(2.5), 13, at(4)],
            [(0, 2, [11, 12]), (2.5, 4, [13])],
            None,
            id="closed by a single timestamp",
        ),
        pytest.param(
            [at(0), 11, at(2), at(2), 13, at(4), at(4)],
            [(0, 2, [11]), (2, 4, [13])],
            4.0,
            id="more to come after a pair",
        ),
        pytest.param(
            [at(0), 11, at(2), at(2), 13, 14],
            [(0, 2, [11])],
            2.0,
            id="unfinished text is decoded again",
        ),
        pytest.param([at(0), 11, 12], [(0, 9, [11, 12])], None, id="no end: the whole window"),
        pytest.param([at(0), 11, at(3)], [(0, 3, [11])], None, id="one segment"),
        pytest.param([11, 12], [(0, 9, [11, 12])], None, id="no timestamps at all"),
    ],
)
def test_segments_are_cut_at_timestamps(
    tokens: list[int],
    segments: list[tuple[float, float, list[int]]],
    rest_seconds: float | None,
) -> None:
    found, rest = cut_segments(tokens, timestamp_begin=BEGIN, length_seconds=9.0)
    shown = [
        (
            pytest.approx(segment.start_seconds),
            pytest.approx(segment.end_seconds),
            [token for token in segment.tokens if token < BEGIN],
        )
        for segment in found
    ]
    assert shown == segments
    assert rest == (None if rest_seconds is None else pytest.approx(rest_seconds))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no no no no no no", True),
        ("Thank you for watching. " * 8, True),
        ("Ich weiß nicht. " * 5 + "Danke.", True),
        ("it was, it was, it was, it was, it was, it was bad", True),
        ("no no no, I said I never got the reminder, not once, not by phone", False),
        ("We call at eight, they call at nine, you call at ten, I call at noon.", False),
        ("", False),
        ("Hello", False),
        ("ha ha ha", False),
    ],
)
def test_loops_are_told_from_repetition(text: str, expected: bool) -> None:
    assert is_loop(text) is expected


@given(
    phrase=st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=12), turns=st.integers(4, 9)
)
def test_any_phrase_in_circles_is_a_loop(phrase: list[str], turns: int) -> None:
    assert is_loop(" ".join(phrase * turns))


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), unique_by=str.casefold))
def test_words_that_never_repeat_are_no_loop(words: list[str]) -> None:
    assert not is_loop(" ".join(words))


def test_a_draft_s_labels_become_words() -> None:
    heard = [
        ("<s>", 0, 500),
        ("i'm", 500, 700),
        ("<sil>", 700, 900),
        ("in(2)", 900, 1_000),
        ("[NOISE]", 1_000, 1_100),
        ("i", 1_150, 1_200),
        ("<sil>", 1_200, 1_900),
        ("hi", 1_900, 2_300),
        ("++BREATH++", 2_300, 2_400),
        ("</s>", 2_400, 2_500),
    ]
    first, second = to_utterances(heard, length_ms=2_200)
    assert first.text == "I'm in I"
    assert (first.start_ms, first.end_ms) == (500, 1_200)
    assert second.words == (Word("hi", 1_900, 2_200, None),)


class Echo:
    """An engine that says how long each window was, and remembers how it was called."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def detect_language(self, samples: np.ndarray) -> str:
        return "de" if samples.size < 16_000 * 5 else "en"

    def recognise_batch(
        self, windows: list[np.ndarray], *, language: str, **_: object
    ) -> list[list[Utterance]]:
        self.batches.append(len(windows))
        return [
            [Utterance(100, 99_000, (Word(f"{language}{window.size}", 100, 99_000, 0.5),))]
            for window in windows
        ]


def test_windows_come_in_order_with_absolute_times() -> None:
    samples = np.zeros(16_000 * 100, dtype=np.int16)
    windows = [Window(index * 10_000, index * 10_000 + 5_000) for index in range(10)]
    engine = Echo()
    heard = list(recognise_windows(samples, windows, engine, "en"))  # type: ignore[arg-type]
    assert [window for window, _ in heard] == windows
    assert engine.batches == [4, 4, 2]
    _, (utterance,) = heard[3]
    assert (utterance.start_ms, utterance.end_ms) == (30_100, 35_000)
    assert utterance.words == (Word("en80000", 30_100, 35_000, 0.5),)


def test_a_language_is_voted_for_by_the_longest_windows() -> None:
    samples = np.zeros(16_000 * 100, dtype=np.int16)
    short = [Window(start, start + 1_000) for start in range(0, 20_000, 2_000)]
    long = [Window(30_000, 40_000), Window(50_000, 60_000)]
    assert detect_language(samples, [*short, *long], Echo()) == "en"  # type: ignore[arg-type]
    assert detect_language(samples, short, Echo()) == "de"  # type: ignore[arg-type]
    assert detect_language(samples, [], Echo()) == "en"  # type: ignore[arg-type]


def test_times_are_moved_and_nothing_else() -> None:
    heard = Utterance(0, 900, (Word("a", 0, 400, 0.1), Word("b", 400, 900, None)), -0.3, 0.1, 1.2)
    assert moved(heard, Window(5_000, 5_700)) == Utterance(
        5_000,
        5_700,
        (Word("a", 5_000, 5_400, 0.1), Word("b", 5_400, 5_700, None)),
        -0.3,
        0.1,
        1.2,
    )
