"""A corpus of broken media: each ends in what could be read, or in words that say why not."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.worker.media import broken
from tests.worker.media.broken import Broken
from tests.worker.media.nursery import nursery
from tests.worker.media.written import FORMATS, recording
from worker.media import Limits, MediaError, decode_speech, open_pcm, prepare_media
from worker.media.supervise import run_confined

LIMITS = Limits(cpu_seconds=10, wall_seconds=20, output_bytes=1 << 28)
# Decoding as the worker does it, and what it would say of the recording beside the samples.
LOOK = """
from worker.media import child

class SeenDecoder(child.SoundDecoder):
    def blocks(self):
        yield from super().blocks()
        child.seen = {"is_truncated": self.is_truncated, "done_ms": self.done_ms}

def look(*arguments):
    return child.decode(*arguments) | child.seen

child.SoundDecoder = SeenDecoder
child._TASKS["look"] = look
"""
# The seam of a stretch that ends may differ: the end of the sound was guessed there.
SEAM_SAMPLES = 2_000
MISSING_MS = 1_000


@dataclass(frozen=True)
class Ending:
    """`name` is whole, part or the kind of a MediaError; what was kept, if anything was."""

    name: str
    done_ms: int = 0
    samples: np.ndarray | None = None


@pytest.fixture(scope="module")
def end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Broken], Ending]]:
    """Reads a file through the real supervisor, in children that need not load anything anew."""
    folder = tmp_path_factory.mktemp("corpus")

    def read(file: Broken) -> Ending:
        source, target = folder / "upload", folder / "speech.pcm"
        source.write_bytes(file.content)
        try:
            answer = run_confined(
                "look", source=source, target=target, limits=LIMITS, on_progress=ignore_progress
            )
        except MediaError as error:
            return Ending(error.kind)
        name = "part" if answer["is_truncated"] else "whole"
        return Ending(name, answer["done_ms"], np.array(open_pcm(target)))

    with nursery(LOOK):
        yield read


@pytest.fixture(scope="module")
def whole(end: Callable[[Broken], Ending]) -> dict[str, Ending]:
    """What the unbroken recordings hold."""
    files = {name: Broken(name, recording(name), frozenset({"whole"})) for name in FORMATS}
    endings = {name: end(file) for name, file in files.items()}
    assert {ending.name for ending in endings.values()} == {"whole"}
    return endings


def ignore_progress(done_ms: int, total_ms: int) -> None:
    pass


def require_expected(file: Broken, ending: Ending) -> None:
    assert ending.name in file.outcomes, f"{file.name} ended as {ending.name}"
    assert ending.done_ms <= file.most_ms, f"{file.name} became {ending.done_ms} ms"


@pytest.mark.parametrize("extension", FORMATS)
def test_wherever_a_recording_is_cut_its_beginning_is_kept(
    end: Callable[[Broken], Ending], whole: dict[str, Ending], extension: str
) -> None:
    expected = whole[extension]
    kept = 0
    for file in broken.cut(extension):
        ending = end(file)
        require_expected(file, ending)
        if ending.samples is None:
            continue
        kept += 1
        sound = ending.samples[: max(0, ending.samples.size - SEAM_SAMPLES)]
        assert np.array_equal(sound, expected.samples[: sound.size]), file.name
        if expected.done_ms - ending.done_ms > MISSING_MS:
            assert ending.name == "part", f"{file.name}: {ending.done_ms} ms passed as all of it"
    assert kept >= (1 if extension == "mp4" else 5)  # whose index is at the end


@pytest.mark.parametrize("extension", FORMATS)
def test_damage_of_any_kind_ends_in_order(end: Callable[[Broken], Ending], extension: str) -> None:
    for file in broken.damaged(extension):
        require_expected(file, end(file))


@pytest.mark.parametrize("extension", ["m4a", "mp4", "ogg", "oga", "flac"])
@pytest.mark.parametrize("middle", ["noise", "zeros"])
def test_what_follows_a_hole_stays_where_it_was_said(
    end: Callable[[Broken], Ending], whole: dict[str, Ending], extension: str, middle: str
) -> None:
    files = {file.name: file for file in broken.damaged(extension)}
    ending = end(files[f"middle-{middle}.{extension}"])
    expected = whole[extension].samples
    assert ending.name == "part"
    assert ending.samples is not None
    assert expected is not None
    assert ending.samples.size == expected.size
    tail = slice(int(expected.size * 0.75), expected.size - SEAM_SAMPLES)
    assert np.corrcoef(ending.samples[tail], expected[tail])[0, 1] > 0.8


@pytest.mark.parametrize(
    "kind",
    [
        broken.misnamed,
        broken.chance,
        broken.odd_rates,
        broken.odd_channels,
        broken.boastful,
        broken.many_tracks,
        broken.odd_clocks,
        broken.odd_titles,
    ],
)
def test_odd_files_end_as_they_should(
    end: Callable[[Broken], Ending], kind: Callable[[], Iterator[Broken]]
) -> None:
    for file in kind():
        require_expected(file, end(file))


def test_a_pause_of_the_clock_is_silence(end: Callable[[Broken], Ending]) -> None:
    content = broken.with_clock([0, 9_000])
    ending = end(Broken("paused.webm", content, frozenset({"whole"}), most_ms=13_100))
    assert ending.samples is not None
    seconds = ending.samples[: 13 * 16_000].reshape(13, 16_000)
    loudest = np.abs(seconds.astype(np.int32)).max(axis=1)
    assert loudest[5:8].max() == 0
    assert loudest[:3].max() > 1_000
    assert loudest[10:].max() > 1_000


def test_a_hole_in_a_webm_is_no_pause(end: Callable[[Broken], Ending]) -> None:
    whole = broken.written(("libopus", np.tile(broken.speech(48_000), 5), 48_000), container="webm")
    first, last = int(len(whole) * 0.4), int(len(whole) * 0.5)
    content = whole[:first] + np.random.default_rng(1).bytes(last - first) + whole[last:]
    unbroken = end(Broken("long.webm", whole, broken.KEPT))
    damaged = end(Broken("long.webm", content, broken.KEPT))
    assert (unbroken.name, damaged.name) == ("whole", "part")
    assert damaged.done_ms == unbroken.done_ms


THROUGH_THE_REAL_DOOR = (
    "nothing.mp3",
    "cut-9216.wav",
    "cut-12288.m4a",
    "middle-noise.flac",
    "chance-mpeg-5000.wav",
    "rate-1.wav",
    "64-channels.wav",
    "12-planes.mka",
    "days.flac",
    "cover.m4a",
    "three-tracks.webm",
    "clock-an-hour-lost.webm",
    "title.wav",
)


@pytest.mark.parametrize("name", THROUGH_THE_REAL_DOOR)
def test_a_fresh_process_comes_to_the_same_end(tmp_path: Path, name: str) -> None:
    (file,) = (file for file in broken.corpus() if file.name == name)
    source = tmp_path / file.name
    source.write_bytes(file.content)
    with suppress(MediaError):
        prepared = prepare_media(
            source, tmp_path / "out", limits=LIMITS, on_progress=ignore_progress
        )
        count = decode_speech(source, tmp_path / "pcm", limits=LIMITS, on_progress=ignore_progress)
        assert ("part" if prepared.facts.is_truncated else "whole") in file.outcomes
        assert 0 < prepared.facts.duration_ms <= file.most_ms
        assert count / 16 == pytest.approx(prepared.facts.duration_ms, abs=100)
        return
    with pytest.raises(MediaError) as caught:
        decode_speech(source, tmp_path / "pcm", limits=LIMITS, on_progress=ignore_progress)
    assert caught.value.kind in file.outcomes
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
