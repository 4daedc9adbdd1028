"""Whisper through this project's own windows: real words and times, and Whisper's own rules."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper

from tests.worker.speech.test_windows import load
from worker.speech import whisper_engine
from worker.speech.engine import EngineFacts, ModelMissingError, Utterance
from worker.speech.recognise import detect_language, recognise_windows
from worker.speech.whisper_engine import TEMPERATURES, WhisperEngine, _Piece, to_words
from worker.speech.windows import find_speech, plan_windows

DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[3]
CHECKPOINT = DATA / "whisper-sample.pt"


@pytest.fixture(scope="module")
def engine() -> WhisperEngine:
    return WhisperEngine.load(str(CHECKPOINT), "cpu")


def spoken(engine: WhisperEngine, name: str) -> list[Utterance]:
    samples = load(name)
    windows = plan_windows(find_speech(samples))
    heard = recognise_windows(samples, windows, engine, "en")
    return [utterance for _, utterances in heard for utterance in utterances]


def expected_sentences(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))["sentences"]


@pytest.mark.parametrize("name", ["two_sentences.wav", "interview.ogg"])
def test_the_right_words_at_the_right_times(engine: WhisperEngine, name: str) -> None:
    expected = expected_sentences(f"{name.split('.')[0]}.json")
    heard = spoken(engine, name)
    assert [utterance.text for utterance in heard] == [sentence["text"] for sentence in expected]
    for utterance, sentence in zip(heard, expected, strict=True):
        assert utterance.start_ms == pytest.approx(sentence["start_ms"], abs=300)
        assert utterance.end_ms == pytest.approx(sentence["end_ms"], abs=500)
    off_by_ms = [
        abs(word.start_ms - start_ms)
        for utterance, sentence in zip(heard, expected, strict=True)
        for word, (_, start_ms, _) in zip(utterance.words, sentence["words"], strict=True)
    ]
    assert np.median(off_by_ms) < 150


def test_words_follow_each_other_inside_their_utterance(engine: WhisperEngine) -> None:
    for utterance in spoken(engine, "interview.ogg"):
        times = [moment for word in utterance.words for moment in (word.start_ms, word.end_ms)]
        assert times == sorted(times)
        assert utterance.start_ms <= times[0]
        assert times[-1] <= utterance.end_ms
        assert all(word.text == word.text.strip() != "" for word in utterance.words)
        assert all(0 <= (word.probability or -1) <= 1 for word in utterance.words)
        assert utterance.avg_logprob is not None
        assert utterance.avg_logprob > -1


def test_together_and_alone_give_the_same_words(engine: WhisperEngine) -> None:
    samples = load("interview.ogg")
    windows = plan_windows(find_speech(samples))
    assert len(windows) > 1
    together = list(recognise_windows(samples, windows, engine, "en"))
    alone = list(recognise_windows(samples, windows, engine, "en", most_at_once=1))
    later = list(recognise_windows(samples, windows[1:], engine, "en"))
    assert _texts(together) == _texts(alone) == [_texts(alone)[0], *_texts(later)]


def _texts(heard: Sequence[tuple[Any, list[Utterance]]]) -> list[str]:
    return [" ".join(utterance.text for utterance in utterances) for _, utterances in heard]


def test_the_facts_and_the_language(engine: WhisperEngine) -> None:
    assert engine.facts() == EngineFacts("whisper", "whisper-sample", "", False, "cpu")
    samples = load("two_sentences.wav")
    assert detect_language(samples, plan_windows(find_speech(samples)), engine) == "en"


_COUNT_THREADS = """
import sys, numpy, torch
from worker.speech.whisper_engine import WhisperEngine
engine = WhisperEngine.load(sys.argv[1], "cpu", threads=1)
engine.recognise(numpy.load(sys.argv[2]), language="en")
print(torch.get_num_threads())
"""


def test_recognising_uses_the_threads_it_was_given(tmp_path: Path) -> None:
    sound = load("two_sentences.wav").astype(np.float32) / 32_768
    np.save(tmp_path / "sound.npy", sound[: 16_000 * 4])
    told = subprocess.run(
        [sys.executable, "-c", _COUNT_THREADS, str(CHECKPOINT), str(tmp_path / "sound.npy")],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[-1] == "1"


def test_nothing_is_said_in_no_samples(engine: WhisperEngine) -> None:
    assert engine.recognise(np.zeros(0, dtype=np.float32), language="en") == []


def write_checkpoint(path: Path, *, vocabulary: int) -> Path:
    """Random weights in Whisper's format: its text means nothing, its shape does."""
    torch.manual_seed(3)
    dims = whisper.ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=32,
        n_audio_head=2,
        n_audio_layer=1,
        n_vocab=vocabulary,
        n_text_ctx=64,  # short texts: random ones never end by themselves
        n_text_state=32,
        n_text_head=2,
        n_text_layer=1,
    )
    model = whisper.model.Whisper(dims)
    torch.nn.init.normal_(model.decoder.positional_embedding)  # Whisper leaves it unset
    torch.save({"dims": vars(dims), "model_state_dict": model.state_dict()}, path)
    return path


@pytest.mark.parametrize(("vocabulary", "language"), [(51_864, "en"), (51_865, "")])
def test_models_of_one_language_and_of_many(tmp_path: Path, vocabulary: int, language: str) -> None:
    path = write_checkpoint(tmp_path / "random.pt", vocabulary=vocabulary)
    engine = WhisperEngine.load(str(path), "cpu")
    assert engine.facts().language == language
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000 * 3).astype(np.float32)
    assert engine.detect_language(noise) in whisper.tokenizer.LANGUAGES
    for utterance in engine.recognise(noise, language="de"):
        assert 0 <= utterance.start_ms <= utterance.end_ms <= 31_000


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04" + bytes(100)])
def test_a_damaged_checkpoint_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pt"
    path.write_bytes(content)
    with pytest.raises(ModelMissingError, match=r"can't be read.*replace the file"):
        WhisperEngine.load(str(path), "cpu")


def test_a_checkpoint_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.pt"
    torch.save({"weights": torch.zeros(2)}, path)
    with pytest.raises(ModelMissingError, match="can't be read"):
        WhisperEngine.load(str(path), "cpu")


class StopError(Exception):
    """Somebody cancels in the middle."""


def _count_steps(model: Any) -> list[int]:
    steps: list[int] = []
    model.decoder.ln.register_forward_pre_hook(lambda *_: steps.append(1))
    return steps


def test_decoding_stops_at_once_when_asked_to_and_can_begin_anew() -> None:
    engine = WhisperEngine.load(str(CHECKPOINT), "cpu")
    samples = load("two_sentences.wav").astype(np.float32) / 32_768
    undisturbed = engine.recognise_batch([samples] * 2, language="en")
    steps = _count_steps(engine._model)
    asked: list[int] = []

    def check() -> None:
        asked.append(len(steps))
        if len(steps) == 5:
            raise StopError

    with pytest.raises(StopError):
        engine.recognise_batch([samples] * 2, language="en", check=check)
    assert len(steps) == 5
    assert len(asked) > 5  # also while the sound was encoded, before the first step
    steps.clear()
    assert engine.recognise_batch([samples] * 2, language="en") == undisturbed
    assert len(steps) > 5


def test_names_to_expect_are_told_before_and_text_is_not(
    engine: WhisperEngine, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Scripted(engine, said("unsure", avg_logprob=-1.5), said("better"))
    monkeypatch.setattr(whisper_engine, "decode_in_steps", script)
    engine.recognise_batch([sound], language="en", prompt="Medisafe, Anja.")
    assert script.prompts == ["Medisafe, Anja."] * 2
    script = Scripted(engine, said("fine"), said("fine"))
    monkeypatch.setattr(whisper_engine, "decode_in_steps", script)
    engine.recognise(sound, language="en")
    engine.recognise(sound, language="en")
    assert script.prompts == [None, None]


Decode = Callable[..., Any]


class Scripted:
    """Stands in for the decoder: gives results by turn, and remembers what was asked."""

    def __init__(self, engine: WhisperEngine, *results: dict[str, Any]) -> None:
        self._results = list(results)
        self._features = torch.zeros(1500, engine._model.dims.n_audio_state)
        self.temperatures: list[float] = []
        self.prompts: list[str | None] = []

    def __call__(
        self, model: Any, mels: torch.Tensor, options: Any, *, check: Any, heard: Any
    ) -> Any:
        self.temperatures.append(options.temperature)
        self.prompts.append(options.prompt)
        assert len(mels) == 1
        result = whisper.DecodingResult(
            audio_features=self._features,
            language="en",
            temperature=options.temperature,
            **{"avg_logprob": -0.2, "no_speech_prob": 0.0, "compression_ratio": 1.2}
            | self._results.pop(0),
        )
        return [result]


def tokens_of(text: str, *times: float) -> list[int]:
    tokenizer = whisper.tokenizer.get_tokenizer(True, num_languages=99, language="en")
    start, end = (tokenizer.timestamp_begin + round(time / 0.02) for time in times)
    return [start, *tokenizer.encode(" " + text), end]


def said(text: str, **more: float) -> dict[str, Any]:
    return {"text": text, "tokens": tokens_of(text, 0.0, 4.0)} | more


@pytest.fixture
def sound() -> np.ndarray:
    return load("two_sentences.wav").astype(np.float32)[: 16_000 * 8] / 32_768


@pytest.mark.parametrize(
    ("results", "text", "count"),
    [
        pytest.param([said("fine")], "fine", 1, id="the first is good"),
        pytest.param([said("unsure", avg_logprob=-1.5), said("better")], "better", 2, id="unsure"),
        pytest.param(
            [said("again again", compression_ratio=3.0)] * 2 + [said("once")],
            "once",
            3,
            id="repetitive twice",
        ),
        pytest.param([said("unsure", avg_logprob=-1.5)] * 6, "unsure", 6, id="never sure"),
        pytest.param([said("unsure", avg_logprob=-1.5, no_speech_prob=0.9)], "", 1, id="silence"),
        pytest.param([said("sure", no_speech_prob=0.9)], "sure", 1, id="sure of its words"),
        pytest.param(
            [said("thank you " * 20, compression_ratio=5.0, no_speech_prob=0.9)] * 6,
            "",
            6,
            id="a loop over silence",
        ),
        pytest.param(
            [said("a list of lists", compression_ratio=2.6)] * 6,
            "a list of lists",
            6,
            id="repetitive but no loop",
        ),
    ],
)
def test_whispers_rules_for_trying_again(
    engine: WhisperEngine,
    sound: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
    results: list[dict[str, Any]],
    text: str,
    count: int,
) -> None:
    script = Scripted(engine, *results)
    monkeypatch.setattr(whisper_engine, "decode_in_steps", script)
    heard = engine.recognise(sound, language="en")
    assert " ".join(utterance.text for utterance in heard) == text
    assert script.temperatures == list(TEMPERATURES[:count])


def test_a_loop_that_nothing_mends_is_kept_and_marked(
    engine: WhisperEngine, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Scripted(engine, *[said("thank you " * 20, compression_ratio=5.0)] * 6)
    monkeypatch.setattr(whisper_engine, "decode_in_steps", script)
    (utterance,) = engine.recognise(sound, language="en")
    assert utterance.doubt == "loop"
    assert utterance.text.startswith("thank you thank you")


def test_what_was_left_unfinished_is_decoded_from_there(
    engine: WhisperEngine, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished = tokens_of("first half", 0.0, 3.0)
    script = Scripted(
        engine,
        {"text": "first half", "tokens": [*unfinished, unfinished[-1]]},
        {"text": "second half", "tokens": tokens_of("second half", 0.0, 4.0)},
    )
    monkeypatch.setattr(whisper_engine, "decode_in_steps", script)
    first, second = engine.recognise(sound, language="en")
    assert (first.text, second.text) == ("first half", "second half")
    assert second.start_ms >= 3_000
    assert second.end_ms <= 8_000


def test_sampling_repeats_itself_and_leaves_the_generator_alone(
    engine: WhisperEngine, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper_engine, "LEAST_LOGPROB", 0.0)  # nothing is ever sure enough
    monkeypatch.setattr(whisper_engine, "TEMPERATURES", (0.0, 0.8))
    torch.manual_seed(1)
    expected_next = torch.rand(1).item()
    torch.manual_seed(1)
    first = engine.recognise(sound, language="en")
    assert torch.rand(1).item() == expected_next
    assert engine.recognise(sound, language="en") == first


def test_parts_of_a_word_are_joined() -> None:
    timings = [
        {"word": " on", "start": 0.0, "end": 0.2, "probability": 0.9},
        {"word": "-line", "start": 0.2, "end": 0.5, "probability": 0.6},
        {"word": " ", "start": 0.5, "end": 0.5, "probability": 0.1},
        {"word": " booking.", "start": 0.5, "end": 0.4, "probability": 0.8},
    ]
    piece = _Piece(0, 2.0, np.zeros(16_000))
    joined = to_words(timings, piece, True)
    assert [(word.text, word.start_ms, word.end_ms, word.probability) for word in joined] == [
        ("on-line", 2_000, 2_500, 0.6),
        ("booking.", 2_500, 2_500, 0.8),
    ]
    assert [word.text for word in to_words(timings, piece, False)] == ["on", "-line", "booking."]
