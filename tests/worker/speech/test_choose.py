"""The model is used where it can be had; else there is a draft, and people are told why."""

import hashlib
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.worker.speech.test_whisper import write_checkpoint
from tests.worker.speech.test_windows import load
from worker.speech import choose, weights
from worker.speech.choose import load_engine
from worker.speech.engine import EngineFacts, ModelMissingError
from worker.speech.recognise import recognise_windows
from worker.speech.weights import find_weights
from worker.speech.windows import find_speech, plan_windows

ROOT = Path(__file__).resolve().parents[3]
DRAFT = EngineFacts("pocketsphinx", "en-us", "en", True, "cpu")


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "_loaded", {})
    monkeypatch.setattr(choose, "_refused_at", {})


class Refusing:
    """Stands in for urlopen on a machine without a network."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.timeouts: list[float] = []

    def __call__(self, address: str, timeout: float) -> None:
        self.timeouts.append(timeout)
        raise self.error


def test_without_weights_a_draft_is_made_and_the_way_out_told(tmp_path: Path) -> None:
    engine, notice = load_engine("base", download_root=tmp_path, may_download=False)
    assert engine.facts() == DRAFT
    assert notice is not None
    for part in ("“base” is not on this machine", "rough draft", "base.pt", str(tmp_path)):
        assert part in notice
    for part in ("WHISPER_MODEL", "WHISPER_MAY_DOWNLOAD=1", "“Transcribe again”"):
        assert part in notice


@pytest.mark.parametrize(
    "error",
    [
        urllib.error.URLError("no route to host"),
        TimeoutError("timed out"),
        ConnectionResetError("reset"),
    ],
)
def test_a_download_that_fails_is_soon_given_up_and_not_tried_at_once_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    network = Refusing(error)
    monkeypatch.setattr(weights.urllib.request, "urlopen", network)
    for _ in range(3):
        engine, notice = load_engine("tiny", download_root=tmp_path, may_download=True)
        assert engine.facts().is_draft
        assert notice is not None
    assert network.timeouts == [10]
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(choose, "_RETRY_SECONDS", 0.0)
    load_engine("tiny", download_root=tmp_path, may_download=True)
    assert len(network.timeouts) == 2


def test_a_model_put_in_its_place_is_used_by_the_running_process(tmp_path: Path) -> None:
    path = tmp_path / "own.pt"
    _, notice = load_engine(str(path), download_root=None, may_download=False)
    assert notice is not None
    assert str(path) in notice
    write_checkpoint(path, vocabulary=51_865)
    engine, notice = load_engine(str(path), download_root=None, may_download=False)
    assert notice is None
    assert engine.facts().engine == "whisper"
    assert engine.facts().model == "own"
    again, _ = load_engine(str(path), download_root=None, may_download=False)
    assert again is engine


def test_a_gpu_that_is_not_there_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    path = write_checkpoint(tmp_path / "own.pt", vocabulary=51_865)
    engine, notice = load_engine(str(path), download_root=None, may_download=False, device="cuda")
    assert (engine.facts().device, notice) == ("cpu", None)


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    _, notice = load_engine("basee", download_root=tmp_path, may_download=True)
    assert notice is not None
    assert "no speech model called “basee”" in notice
    assert "base, " in notice


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[str, bytes]]:
    """The address of a file that is published, as Whisper's are, in a folder named for its hash."""
    content = b"weights" * 1_000
    folder = tmp_path / "published" / hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True)
    (folder / "small.pt").write_bytes(content)
    return f"file://{folder}/small.pt", content


def test_weights_are_fetched_once_and_checked(
    tmp_path: Path, published: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, content = published
    root = tmp_path / "models"
    path = find_weights("small", addresses={"small": address}, root=root, may_download=True)
    assert path == root / "small.pt"
    assert path.read_bytes() == content
    assert list(root.iterdir()) == [path]
    monkeypatch.setattr(weights.urllib.request, "urlopen", Refusing(AssertionError("fetched")))
    assert path == find_weights("small", addresses={"small": address}, root=root, may_download=True)


def test_damaged_weights_are_fetched_again_or_refused(
    tmp_path: Path, published: tuple[str, bytes]
) -> None:
    address, content = published
    (tmp_path / "small.pt").write_bytes(content[:-1])
    with pytest.raises(ModelMissingError):
        find_weights("small", addresses={"small": address}, root=tmp_path, may_download=False)
    path = find_weights("small", addresses={"small": address}, root=tmp_path, may_download=True)
    assert path.read_bytes() == content


def test_what_is_not_what_was_published_is_not_kept(
    tmp_path: Path, published: tuple[str, bytes]
) -> None:
    address, _ = published
    Path(address.removeprefix("file://")).write_bytes(b"a page that says: sign in first")
    root = tmp_path / "models"
    with pytest.raises(ModelMissingError, match="could not be downloaded"):
        find_weights("small", addresses={"small": address}, root=root, may_download=True)
    assert not list(root.iterdir())


def test_the_draft_hears_most_words(tmp_path: Path) -> None:
    engine, _ = load_engine("base", download_root=tmp_path, may_download=False)
    samples = load("two_sentences.wav")
    heard = list(recognise_windows(samples, plan_windows(find_speech(samples)), engine, "en"))
    utterances = [utterance for _, spoken in heard for utterance in spoken]
    words = {word.text for utterance in utterances for word in utterance.words}
    said = {"came", "on", "the", "wrong", "day", "stopped", "send", "message", "somebody", "visit"}
    assert len(said & words) >= 7
    assert utterances[0].start_ms == pytest.approx(570, abs=250)
    assert engine.recognise(np.zeros(0, dtype=np.float32), language="en") == []


def test_what_a_pipeline_imports_loads_no_model() -> None:
    code = (
        "import sys, worker.media, worker.speech.choose, worker.speech.windows\n"
        "import worker.speech.recognise, worker.speech.engine\n"
        "print([n for n in ('torch', 'whisper', 'av', 'pocketsphinx') if n in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert finished.stdout == "[]\n"
