"""Whisper's weights run by CTranslate2: the same words and nearly the same times."""

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper

from tests.worker.speech.test_whisper import (
    CHECKPOINT,
    expected_sentences,
    spoken,
    write_checkpoint,
)
from tests.worker.speech.test_windows import load
from worker.speech import choose, faster_engine
from worker.speech.engine import EngineFacts, EngineMissingError, ModelMissingError
from worker.speech.faster_engine import FasterWhisperEngine
from worker.speech.whisper_engine import WhisperEngine


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def faster(models: Path) -> FasterWhisperEngine:
    return FasterWhisperEngine.load(str(CHECKPOINT), "cpu", models)


@pytest.fixture(scope="module")
def stock() -> WhisperEngine:
    return WhisperEngine.load(str(CHECKPOINT), "cpu")


@pytest.fixture
def sound() -> np.ndarray:
    return load("two_sentences.wav").astype(np.float32) / 32_768


def test_words_are_those_of_whisper_and_so_are_their_times(
    faster: FasterWhisperEngine, stock: WhisperEngine
) -> None:
    name = "two_sentences.wav"
    for one, other in zip(spoken(faster, name), spoken(stock, name), strict=True):
        assert one.text == other.text
        assert one.avg_logprob == pytest.approx(other.avg_logprob, abs=0.02)
        assert one.no_speech_prob == pytest.approx(other.no_speech_prob, abs=0.01)
        assert one.compression_ratio == pytest.approx(other.compression_ratio)
        for word, same in zip(one.words, other.words, strict=True):
            assert word.start_ms == pytest.approx(same.start_ms, abs=100)
            assert word.end_ms == pytest.approx(same.end_ms, abs=100)
            assert word.probability == pytest.approx(same.probability, abs=0.1)


def test_a_longer_talk_comes_out_word_for_word(faster: FasterWhisperEngine) -> None:
    expected = [said["text"] for said in expected_sentences("interview.json")]
    assert [utterance.text for utterance in spoken(faster, "interview.ogg")] == expected


def test_the_facts_and_the_language(faster: FasterWhisperEngine, sound: np.ndarray) -> None:
    assert faster.facts() == EngineFacts("faster-whisper", "whisper-sample", "", False, "cpu")
    assert faster.detect_language(sound) == "en"


def test_weights_are_converted_once(
    faster: FasterWhisperEngine, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = (models / "converted").iterdir()
    assert folder.name.startswith("whisper-sample-")
    monkeypatch.setattr(faster_engine, "write_converted", None)
    again = FasterWhisperEngine.load(str(CHECKPOINT), "cpu", models)
    assert again.facts() == faster.facts()


@pytest.mark.parametrize(("vocabulary", "language"), [(51_864, "en"), (51_865, ""), (51_866, "")])
def test_models_of_one_language_and_of_many(tmp_path: Path, vocabulary: int, language: str) -> None:
    path = write_checkpoint(tmp_path / "random.pt", vocabulary=vocabulary)
    engine = FasterWhisperEngine.load(str(path), "cpu", tmp_path)
    assert engine.facts().language == language
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000 * 3).astype(np.float32)
    assert engine.detect_language(noise) in whisper.tokenizer.LANGUAGES
    for utterance in engine.recognise(noise, language="de"):
        assert 0 <= utterance.start_ms <= utterance.end_ms <= 31_000
    assert engine.recognise(noise, language="de") == engine.recognise(noise, language="de")


def test_what_fails_the_rules_is_searched_more_widely_and_repeats_itself(
    faster: FasterWhisperEngine, sound: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    generate = faster._runtime.generate

    class Watched:
        def generate(self, *rest: Any, **options: Any) -> Any:
            asked.append(options)
            return generate(*rest, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(runtime, name)

    runtime = faster._runtime
    monkeypatch.setattr(faster, "_runtime", Watched())
    monkeypatch.setattr("worker.speech.whisper_engine.LEAST_LOGPROB", 0.0)  # never sure enough
    noise = np.random.default_rng(1).normal(0, 0.01, sound.size).astype(np.float32)
    first = faster.recognise(sound + noise, language="en")
    assert [options["beam_size"] for options in asked[:4]] == [1, 5, 5, 5]
    assert faster.recognise(sound + noise, language="en") == first


def test_names_to_expect_are_told_before(faster: FasterWhisperEngine) -> None:
    tokenizer = faster._tokenizer("en")
    prompt = faster_engine._prompt(tokenizer, "Medisafe, Anja.", faster._model.dims)
    assert tokenizer.decode(prompt[1:-3]) == " Medisafe, Anja."
    assert (prompt[0], prompt[-3:]) == (tokenizer.sot_prev, list(tokenizer.sot_sequence))
    assert faster_engine._prompt(tokenizer, "", faster._model.dims) == prompt[-3:]
    long = faster_engine._prompt(tokenizer, "Anja " * 900, faster._model.dims)
    assert len(long) < faster._model.dims.n_text_ctx // 2 + 4


def test_it_stops_when_asked_to_and_can_begin_anew(
    faster: FasterWhisperEngine, sound: np.ndarray
) -> None:
    class StopError(Exception):
        """Somebody cancels in the middle."""

    undisturbed = faster.recognise_batch([sound] * 2, language="en")
    for moment in (1, 2, 3):
        asked: list[int] = []

        def check(asked: list[int] = asked, moment: int = moment) -> None:
            asked.append(1)
            if len(asked) == moment:
                raise StopError

        with pytest.raises(StopError):
            faster.recognise_batch([sound] * 2, language="en", check=check)
    assert faster.recognise_batch([sound] * 2, language="en") == undisturbed


def test_a_damaged_checkpoint_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.pt"
    path.write_bytes(b"not a checkpoint")
    with pytest.raises(ModelMissingError, match="can't be read"):
        FasterWhisperEngine.load(str(path), "cpu", tmp_path)
    assert not (tmp_path / "converted").exists()


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(choose, "_loaded", {})
    yield
    torch.set_num_threads(1)


@pytest.mark.usefixtures("nothing_loaded")
class TestChoosing:
    """SPEECH_ENGINE."""

    def load(self, engine: str, models: Path) -> str:
        loaded, notice = choose.load_engine(
            str(CHECKPOINT), download_root=models, may_download=False, device="cpu", engine=engine
        )
        assert notice is None
        return loaded.facts().engine

    def test_the_one_that_was_asked_for(self, models: Path) -> None:
        assert self.load("faster-whisper", models) == "faster-whisper"
        assert self.load("whisper", models) == "whisper"

    def test_one_that_is_not_installed_is_told_and_no_draft_made(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        imported = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name == "worker.speech.faster_engine":
                raise ModuleNotFoundError(name)
            return imported(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(EngineMissingError, match=r"not installed.*requirements/faster\.txt"):
            self.load("faster-whisper", models)

    def test_one_that_does_not_exist(self, models: Path) -> None:
        with pytest.raises(EngineMissingError, match="called “quick”"):
            self.load("quick", models)
