"""What a recogniser may have invented is marked, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.models import Doubt
from worker.speech import doubts
from worker.speech.doubts import mark_doubts
from worker.speech.engine import Utterance, Word
from worker.speech.loops import has_loop

WORD_MS = 400


def said(text: str, start_ms: int = 0, **more: object) -> Utterance:
    """Words of 400 ms, one after the other."""
    words = tuple(
        Word(word, start_ms + index * WORD_MS, start_ms + (index + 1) * WORD_MS, 0.9)
        for index, word in enumerate(text.split())
    )
    return Utterance(start_ms, start_ms + len(words) * WORD_MS, words, **more)  # type: ignore[arg-type]


def in_a_row(texts: Sequence[str]) -> list[Utterance]:
    return [said(text, index * 10_000) for index, text in enumerate(texts)]


EVERYWHERE = [[0, 1_000_000]]


@pytest.mark.parametrize(
    ("utterance", "speech", "expected"),
    [
        pytest.param(said("I wait for weeks"), [[0, 2_000]], "", id="heard"),
        pytest.param(said("I wait for weeks"), [[900, 1_100]], "silence", id="one word heard"),
        pytest.param(said("I wait for weeks"), [[900, 3_000]], "", id="half of it heard"),
        pytest.param(said("I wait"), [[0, 100], [700, 900]], "", id="two stretches"),
        pytest.param(said("Thanks for watching", 9_000), [[0, 8_000]], "silence", id="behind"),
        pytest.param(said("Thanks for watching"), [], "silence", id="no speech at all"),
        pytest.param(said("I wait", avg_logprob=-1.2), EVERYWHERE, "unsure", id="unsure"),
        pytest.param(said("I wait", avg_logprob=-0.9), EVERYWHERE, "", id="sure enough"),
        pytest.param(said("I wait", avg_logprob=-1.2), [], "silence", id="unsure over silence"),
        pytest.param(said("and so " * 20), EVERYWHERE, "loop", id="circles"),
        pytest.param(
            said("I called them and then " + "the line " * 9 + "was dead so I went there myself"),
            EVERYWHERE,
            "loop",
            id="circles in a part",
        ),
        pytest.param(said("No, no, no, no, no!"), EVERYWHERE, "", id="people repeat themselves"),
        pytest.param(said("and so", doubt="loop"), EVERYWHERE, "loop", id="the engine says so"),
    ],
)
def test_each_doubt(utterance: Utterance, speech: list[list[int]], expected: str) -> None:
    assert mark_doubts([utterance], speech) == [replace(utterance, doubt=expected)]


def test_circles_over_silence_are_left_out() -> None:
    invented = said("thank you " * 20, 50_000)
    assert mark_doubts([said("I wait"), invented], [[0, 5_000]]) == [said("I wait")]


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        (["Yes."] * 3 + ["I think so."], []),
        (["Yes.", "yes", "Yes!", "Yes.", "I think so."], [0, 1, 2, 3]),
        (["I do not know.", "Well.", "I do not know.", "I do not know."], []),
        (["Well.", "I do not know.", "I do not know", "I do not know!"], [1, 2, 3]),
    ],
)
def test_a_row_of_the_same_sentence_is_a_loop(texts: list[str], marked: list[int]) -> None:
    found = mark_doubts(in_a_row(texts), EVERYWHERE)
    assert [index for index, utterance in enumerate(found) if utterance.doubt == "loop"] == marked


words = st.text("abcdefgh", min_size=1, max_size=3)
utterances = st.lists(
    st.builds(
        said,
        st.lists(words, min_size=1, max_size=20).map(" ".join),
        st.integers(0, 60_000),
        avg_logprob=st.floats(-2, 0) | st.none(),
    ),
    max_size=8,
)
stretches = st.lists(st.integers(0, 100_000), unique=True, max_size=12).map(
    lambda times: [sorted(times)[at : at + 2] for at in range(0, len(times) - 1, 2)]
)


@given(utterances, stretches)
def test_only_doubts_change_and_only_circles_over_silence_go(
    heard: list[Utterance], speech: list[list[int]]
) -> None:
    marked = mark_doubts(heard, speech)
    plain = [replace(utterance, doubt="") for utterance in marked]
    rest = iter(heard)
    assert all(utterance in rest for utterance in plain)  # in order
    for gone in (utterance for utterance in heard if utterance not in plain):
        assert doubts.is_over_silence(gone, speech)


@given(utterances)
def test_nothing_is_over_silence_where_somebody_always_speaks(heard: list[Utterance]) -> None:
    marked = mark_doubts(heard, EVERYWHERE)
    assert len(marked) == len(heard)
    assert all(utterance.doubt != "silence" for utterance in marked)


@given(st.lists(words, min_size=1, max_size=6), st.integers(12, 20), st.lists(words, max_size=30))
def test_a_loop_is_found_inside_other_words(
    phrase: list[str], turns: int, before: list[str]
) -> None:
    assert has_loop(" ".join([*before, *phrase * turns, "and", "so", "on"]))


def test_the_names_are_those_of_the_ledger() -> None:
    names = {doubts.LOOP, doubts.SILENCE, doubts.UNSURE}
    assert names == {Doubt.LOOP.value, Doubt.SILENCE.value, Doubt.UNSURE.value}
