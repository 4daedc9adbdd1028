"""Speech is found where it is, and windows cover it, whole and in order."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from silero_vad import load_silero_vad

from worker.speech.voice import FRAME_MS, FRAME_SAMPLES, measure_frames
from worker.speech.windows import (
    Window,
    cut_long,
    find_speech,
    plan_windows,
    speech_frames,
    with_margins,
)

DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).resolve().parents[3]


def load(name: str) -> np.ndarray:
    with av.open(str(DATA / name)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
        frames = [
            out.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for out in resampler.resample(frame)
        ]
        frames += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(frames)


def sentences(name: str) -> list[tuple[int, int]]:
    content = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [(sentence["start_ms"], sentence["end_ms"]) for sentence in content["sentences"]]


@pytest.fixture(scope="module")
def talk() -> np.ndarray:
    return load("interview.ogg")


def test_the_sentences_are_found(talk: np.ndarray) -> None:
    found = find_speech(talk)
    for start_ms, end_ms in sentences("interview.json"):
        heard_ms = sum(max(0, min(end_ms, last) - max(start_ms, first)) for first, last in found)
        assert heard_ms >= 0.93 * (end_ms - start_ms)
    said_ms = sum(end_ms - start_ms for start_ms, end_ms in sentences("interview.json"))
    assert sum(last - first for first, last in found) < 1.25 * said_ms


def test_the_network_s_answers_are_those_of_its_package(talk: np.ndarray) -> None:
    count = len(talk) // FRAME_SAMPLES
    official = load_silero_vad()
    official.reset_states()
    expected = np.array(
        [
            official(torch.from_numpy(frame.astype(np.float32) / 32_768), 16_000).item()
            for frame in talk[: count * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
        ]
    )
    probabilities, _ = measure_frames(talk)
    is_loud = np.abs(talk[: count * FRAME_SAMPLES]).reshape(-1, FRAME_SAMPLES).max(axis=1) >= 16
    assert is_loud.mean() > 0.5
    # Frames under the energy floor are 0 here, whatever the network says.
    np.testing.assert_allclose(probabilities[:count][is_loud], expected[is_loud], atol=0.02)
    assert not probabilities[:count][~is_loud].any()


@pytest.mark.parametrize("peak", [0, 1, 10])
def test_silence_is_never_speech(peak: int) -> None:
    hiss = np.random.default_rng(1).integers(-peak, peak + 1, 16_000 * 20).astype(np.int16)
    assert find_speech(hiss) == []


def test_a_tone_is_no_speech() -> None:
    tone = 8_000 * np.sin(2 * np.pi * 440 * np.arange(16_000 * 10) / 16_000)
    assert find_speech(tone.astype(np.int16)) == []


@pytest.mark.parametrize("count", [0, 1, 511, 513])
def test_next_to_nothing_is_no_speech(count: int) -> None:
    assert find_speech(np.full(count, 5_000, dtype=np.int16)) == []


def test_the_answer_does_not_depend_on_where_silence_comes_before(talk: np.ndarray) -> None:
    """A resumed job, or one on another machine, must find the same windows."""
    quiet = np.zeros(FRAME_SAMPLES * 256 * 3, dtype=np.int16)
    shift_ms = len(quiet) // 16
    later = find_speech(np.concatenate((quiet, talk)))
    assert [(a - shift_ms, b - shift_ms) for a, b in later] == find_speech(talk)
    assert find_speech(talk) == find_speech(talk.copy())


def test_talk_without_a_pause_is_cut_at_its_quietest_moment(talk: np.ndarray) -> None:
    """Sentences laid end to end: each cut lands in one of the short gaps between words."""
    pieces = [talk[first * 16 : last * 16] for first, last in find_speech(talk)]
    dense = np.tile(np.concatenate(pieces), 2)
    found = find_speech(dense)
    assert max(last - first for first, last in found) <= 30_000
    assert found[-1][1] * 16 >= len(dense) - 16_000
    windows = plan_windows(found)
    assert np.mean([window.end_ms - window.start_ms for window in windows[:-1]]) > 20_000
    _, loudness = measure_frames(dense)
    for window in windows[:-1]:
        assert loudness[window.end_ms // FRAME_MS] < np.median(loudness)


def test_a_dip_is_where_a_long_stretch_is_cut() -> None:
    loudness = np.full(2_000, 0.2, dtype=np.float32)
    loudness[800:806] = 0.001
    parts = cut_long((0, 60_000), loudness, max_ms=30_000)
    assert parts[0][1] == pytest.approx(803 * FRAME_MS, abs=2 * FRAME_MS)
    assert all(last - first <= 30_000 for first, last in parts)
    assert [first for first, _ in parts[1:]] == [last for _, last in parts[:-1]]


def test_hysteresis_pauses_and_margins() -> None:
    probabilities = np.zeros(200, dtype=np.float32)
    probabilities[10:20] = 0.9
    probabilities[20:24] = 0.4  # still speech: it ends only below 0.35
    probabilities[27:40] = 0.9  # a pause of 96 ms parts nothing
    probabilities[60:63] = 0.9  # 96 ms are too short to be a word
    probabilities[100:130] = 0.45  # never certain enough to start
    probabilities[150:170] = 0.9
    assert speech_frames(probabilities) == [(320, 1_280), (4_800, 5_440)]
    assert with_margins([(320, 1_280), (4_800, 5_440)], length_ms=5_500) == [
        (20, 1_580),
        (4_500, 5_500),
    ]
    assert with_margins([(0, 100), (150, 300)], length_ms=300) == [(0, 125), (125, 300)]


def test_windows_are_filled_and_end_in_pauses() -> None:
    speech = [(0, 12_000), (12_500, 20_000), (20_400, 29_900), (30_500, 33_000), (50_000, 51_000)]
    assert plan_windows(speech) == [
        Window(0, 29_900),
        Window(30_500, 33_000),
        Window(50_000, 51_000),
    ]
    assert plan_windows([]) == []


def test_the_first_window_is_short_where_there_is_a_pause() -> None:
    speech = [(0, 3_000), (3_500, 7_000), (7_500, 12_000), (12_500, 31_000)]
    assert plan_windows(speech, first_ms=8_000) == [Window(0, 7_000), Window(7_500, 31_000)]
    assert plan_windows(speech[3:], first_ms=8_000) == [Window(12_500, 31_000)]
    assert plan_windows([], first_ms=8_000) == []


def laid_out(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches from pairs of a pause and a length."""
    ends = np.cumsum([pause + length for pause, length in steps]).tolist()
    return [(end - length, end) for end, (_, length) in zip(ends, steps, strict=True)]


stretches = st.lists(st.tuples(st.integers(0, 20_000), st.integers(100, 90_000)), max_size=30).map(
    laid_out
)


@given(speech=stretches, max_ms=st.integers(1_000, 40_000))
def test_windows_cover_all_speech_in_order(speech: list[tuple[int, int]], max_ms: int) -> None:
    windows = plan_windows(speech, max_ms)
    assert all(0 < window.end_ms - window.start_ms <= max_ms for window in windows)
    assert all(first.end_ms <= second.start_ms for first, second in pairwise(windows))
    for start_ms, end_ms in speech:
        covered = sum(
            max(0, min(end_ms, window.end_ms) - max(start_ms, window.start_ms))
            for window in windows
        )
        assert covered == end_ms - start_ms


@given(
    length=st.integers(1_000, 200_000),
    max_ms=st.integers(1_000, 30_000),
    seed=st.integers(0, 1_000),
)
def test_cut_parts_make_the_whole(length: int, max_ms: int, seed: int) -> None:
    loudness = np.random.default_rng(seed).random(length // FRAME_MS + 1).astype(np.float32)
    parts = cut_long((0, length), loudness, max_ms=max_ms)
    assert parts[0][0] == 0
    assert parts[-1][1] == length
    assert all(0 < last - first <= max_ms for first, last in parts)
    assert all(a[1] == b[0] for a, b in pairwise(parts))


MEMORY_PROBE = """
import re, resource, sys
import numpy as np
from pathlib import Path
from worker.media.pcm import open_pcm
from worker.speech.windows import find_speech
def status(name):
    return int(re.search(name + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
find_speech(np.ones(16000, dtype=np.int16) * 300)
used, resident = status("VmData"), status("VmHWM")
resource.setrlimit(resource.RLIMIT_DATA, (used + (80 << 20), used + (80 << 20)))
print(len(find_speech(open_pcm(Path(sys.argv[1])))))
print(status("VmHWM") - resident < 120 << 20)
"""


def test_ten_hours_fit_into_little_memory(tmp_path: Path) -> None:
    """1.1 GB of samples, read from the mapped file, with room for 80 MiB of data.

    What was read of the file does not stay either, though the system could have it back.
    """
    path = tmp_path / "silence.pcm"
    with path.open("wb") as file:
        file.truncate(10 * 3600 * 16_000 * 2)
    finished = subprocess.run(
        [sys.executable, "-c", MEMORY_PROBE, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.stdout == "0\nTrue\n", finished.stderr
