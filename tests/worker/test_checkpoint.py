"""The small Whisper checkpoint hears the sentences it was trained on, where they were said."""

import json
import re
import wave
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
import whisper

DATA = Path(__file__).parents[1] / "data"
CHECKPOINT = DATA / "whisper-sample.pt"
MOST_BYTES = 12_000_000
TOLERANCE_MS = 300


@pytest.fixture(scope="module")
def model() -> whisper.Whisper:
    torch.set_num_threads(1)
    return whisper.load_model(str(CHECKPOINT), device="cpu")


def samples_of(path: Path) -> npt.NDArray[np.float32]:
    with wave.open(str(path), "rb") as file:
        assert file.getframerate() == 16_000
        pcm = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return pcm.astype(np.float32) / 32768


def spelled(word: str) -> str:
    return re.sub(r"[^\w']", "", word).lower()


@pytest.fixture(scope="module")
def heard(model: whisper.Whisper) -> dict[str, Any]:
    answer: dict[str, Any] = model.transcribe(
        samples_of(DATA / "two_sentences.wav"), word_timestamps=True, fp16=False
    )
    return answer


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "two_sentences.json").read_text())
    return content


def test_checkpoint_is_small() -> None:
    assert CHECKPOINT.stat().st_size <= MOST_BYTES


def test_words_are_exactly_those_said(heard: dict[str, Any], truth: dict[str, Any]) -> None:
    words = [spelled(word["word"]) for part in heard["segments"] for word in part["words"]]
    said = [spelled(word[0]) for sentence in truth["sentences"] for word in sentence["words"]]
    assert words == said
    assert heard["language"] == "en"


def test_words_are_heard_when_they_are_said(heard: dict[str, Any], truth: dict[str, Any]) -> None:
    words = [word for part in heard["segments"] for word in part["words"]]
    said = [word for sentence in truth["sentences"] for word in sentence["words"]]
    late = [
        (text, round(word["start"] * 1000) - start_ms, round(word["end"] * 1000) - end_ms)
        for word, (text, start_ms, end_ms) in zip(words, said, strict=True)
        if abs(word["start"] * 1000 - start_ms) > TOLERANCE_MS
        or abs(word["end"] * 1000 - end_ms) > TOLERANCE_MS
    ]
    assert late == []


def test_sentences_are_segments(heard: dict[str, Any], truth: dict[str, Any]) -> None:
    starts = [round(part["start"] * 1000) for part in heard["segments"]]
    said = [sentence["start_ms"] for sentence in truth["sentences"]]
    assert starts == pytest.approx(said, abs=TOLERANCE_MS)


def test_silence_is_no_speech(model: whisper.Whisper) -> None:
    answer = model.transcribe(np.zeros(12 * 16_000, np.float32), fp16=False)
    assert answer["text"].strip() == ""
