"""Words get the very times that Whisper's own code gives them."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from whisper import timing

from tests.worker.speech.test_whisper import CHECKPOINT
from tests.worker.speech.test_windows import load
from worker.speech.whisper_engine import WhisperEngine
from worker.speech.word_times import add_word_times, median_filter

SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 40))
NUMBERS = st.floats(-3, 3, width=32) | st.just(float("nan"))


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.float32, SHAPES, elements=NUMBERS), st.sampled_from([3, 5, 7]))
def test_medians_are_those_of_whisper(numbers: np.ndarray, width: int) -> None:
    weights = torch.from_numpy(numbers)
    expected = timing.median_filter(weights, width)
    torch.testing.assert_close(
        median_filter(weights, width), expected, rtol=0, atol=0, equal_nan=True
    )


def test_many_rows_at_once_and_two_axes() -> None:
    weights = torch.randn(3, 70, 50, generator=torch.Generator().manual_seed(2))
    assert torch.equal(median_filter(weights, 7), timing.median_filter(weights, 7))
    assert torch.equal(median_filter(weights[0], 7), timing.median_filter(weights[0], 7))


def test_times_and_probabilities_are_those_of_whisper() -> None:
    engine = WhisperEngine.load(str(CHECKPOINT), "cpu")
    model, tokenizer = engine._model, engine._tokenizer("en")
    mel = engine._mel(load("two_sentences.wav").astype(np.float32) / 32_768)
    sound = engine._encode([mel])[0]
    tokens = tokenizer.encode(" How was your week with the app? It was fine.")
    ours, stock = ([{"seek": 0, "start": 0.0, "end": 9.0, "tokens": tokens}] for _ in range(2))
    usual = timing.median_filter
    add_word_times(
        model,
        ours,
        mel=mel,
        audio_features=sound,
        tokenizer=tokenizer,
        frames=900,
    )
    assert timing.median_filter is usual
    timing.add_word_timestamps(
        segments=stock,
        model=model,
        tokenizer=tokenizer,
        mel=mel,
        num_frames=900,
        last_speech_timestamp=0.0,
    )
    assert len(ours[0]["words"]) == len(stock[0]["words"]) > 5
    for own, theirs in zip(ours[0]["words"], stock[0]["words"], strict=True):
        assert (own["word"], own["start"], own["end"]) == (
            theirs["word"],
            theirs["start"],
            theirs["end"],
        )
        assert own["probability"] == pytest.approx(theirs["probability"], abs=1e-5)
