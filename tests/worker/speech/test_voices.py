"""Turns are sorted by voice: all right in synthesised talk when the number of people is known."""

import json
import re
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.speech import voice_prints
from worker.speech.voice_prints import PRINT_SIZE, measure_voices
from worker.speech.voices import MOST_VOICES, VoicesMissingError, sort_voices

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "backend" / "sample" / "content"
Turn = list[list[int]]


def go_on() -> None:
    """Nobody interrupts."""


def load(path: Path) -> np.ndarray:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(str(path)) as container:
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    parts += resampler.resample(None)
    return np.concatenate([part.to_ndarray()[0] for part in parts])


def sentences(name: str) -> list[tuple[str, Turn]]:
    """Who says each sentence of a recording of the sample study, and when."""
    content = json.loads((SAMPLE / "transcripts" / f"{name}.json").read_text(encoding="utf-8"))
    found: list[tuple[str, Turn]] = []
    for segment in content["segments"]:
        words: list[list[Any]] = []
        for word in segment["words"]:
            words.append(word)
            if re.search(r"[.?!]$", word[0]) or word is segment["words"][-1]:
                found.append((segment["speaker"], [[words[0][1], words[-1][2]]]))
                words = []
    return found


def share_right(voices: list[int | None], speakers: list[str]) -> float:
    """With the names given to the voices that fit best."""
    names = sorted(set(speakers))
    orders = permutations(range(max(len(names), max(voice or 0 for voice in voices) + 1)))
    counts = [
        sum(
            order[voice or 0] == names.index(name)
            for voice, name in zip(voices, speakers, strict=True)
        )
        for order in orders
    ]
    return max(counts) / len(speakers)


def lengths_of(turns: list[Turn]) -> list[int]:
    return [sum(end_ms - start_ms for start_ms, end_ms in turn) for turn in turns]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("four-people-one-queue", 5), ("calendar-on-the-fridge", 2), ("between-school-runs", 2)],
)
def test_every_sentence_goes_to_the_right_voice(name: str, expected: int) -> None:
    speakers, turns = zip(*sentences(name), strict=True)
    samples = load(SAMPLE / "audio" / f"{name}.ogg")
    prints = measure_voices(samples, turns, check=go_on)
    assert np.linalg.norm(prints, axis=1) == pytest.approx(1, abs=1e-5)
    voices = sort_voices(prints, lengths_of(list(turns)), expected=expected)
    assert share_right(voices, list(speakers)) == 1.0
    assert voices[0] == 0
    assert np.array_equal(prints, measure_voices(samples, turns, check=go_on))


def test_different_voices_are_told_apart_without_a_number() -> None:
    name = "calendar-on-the-fridge"
    speakers, turns = zip(*sentences(name), strict=True)
    prints = measure_voices(load(SAMPLE / "audio" / f"{name}.ogg"), turns, check=go_on)
    assert share_right(sort_voices(prints, lengths_of(list(turns))), list(speakers)) == 1.0


def test_silence_and_nothing_have_no_voice() -> None:
    samples = np.zeros(16_000 * 4, dtype=np.int16)
    prints = measure_voices(samples, [[[0, 3_000]], [], [[9_000, 9_500]]], check=go_on)
    assert not prints.any()
    assert sort_voices(prints, [3_000, 0, 500], expected=2) == [None, None, None]


def test_the_loudness_of_a_turn_says_nothing_about_its_voice() -> None:
    samples = load(SAMPLE / "audio" / "calendar-on-the-fridge.ogg")
    turn = sentences("calendar-on-the-fridge")[1][1]
    usual, soft = (measure_voices(some, [turn], check=go_on)[0] for some in (samples, samples // 8))
    assert usual @ soft > 0.99


def test_comparing_stops_when_it_must() -> None:
    class StopError(Exception):
        """Somebody cancels."""

    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise StopError

    with pytest.raises(StopError):
        measure_voices(np.ones(16_000, dtype=np.int16), [[[0, 1_000]]] * 9, check=check)
    assert len(asked) == 3


def test_a_missing_network_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    voice_prints._network.cache_clear()
    monkeypatch.setattr(voice_prints, "_PACKAGE", "no-such-package")
    with pytest.raises(VoicesMissingError, match="Ask the operator"):
        measure_voices(np.ones(16_000, dtype=np.int16), [[[0, 1_000]]], check=go_on)


def test_nothing_of_the_package_but_its_weights_is_used() -> None:
    code = (
        "import sys, numpy\n"
        "from worker.speech.voice_prints import measure_voices\n"
        "sound = numpy.arange(32000, dtype=numpy.int16)\n"
        "assert measure_voices(sound, [[[0, 2000]]], check=lambda: None).any()\n"
        "print([name for name in ('resemblyzer', 'librosa', 'webrtcvad') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def people(count: int, turns: int, *, spread: float, seed: int) -> tuple[np.ndarray, list[int]]:
    """Prints around as many voices, and whose they are; everybody speaks."""
    random = np.random.default_rng(seed)
    voices = np.eye(PRINT_SIZE)[:count]
    whose = [*range(count), *random.integers(0, count, turns - count).tolist()]
    prints = voices[whose] + spread * random.normal(0, 1 / np.sqrt(PRINT_SIZE), (turns, PRINT_SIZE))
    return prints / np.linalg.norm(prints, axis=1, keepdims=True), whose


@given(st.integers(1, 8), st.integers(8, 40), st.integers(0, 99), st.booleans())
def test_clear_voices_are_sorted_right_however_many(
    count: int, turns: int, seed: int, is_known: bool
) -> None:
    prints, whose = people(count, turns, spread=0.3, seed=seed)
    expected = count if is_known else None
    voices = sort_voices(prints, [3_000] * turns, expected=expected)
    assert len({(voice, person) for voice, person in zip(voices, whose, strict=True)}) == count
    assert list(dict.fromkeys(voices)) == list(range(count))  # numbered as they come


@given(
    st.lists(st.integers(0, 4_000), min_size=1, max_size=25),
    st.integers(1, 30) | st.none(),
    st.integers(0, 99),
)
def test_any_turns_get_as_many_voices_at_most(
    lengths: list[int], expected: int | None, seed: int
) -> None:
    prints, _ = people(1, len(lengths), spread=3.0, seed=seed)
    prints[np.asarray(lengths) == 0] = 0
    voices = sort_voices(prints, lengths, expected=expected)
    assert [voice is None for voice in voices] == [length == 0 for length in lengths]
    heard = {voice for voice in voices if voice is not None}
    assert heard == set(range(len(heard)))
    assert len(heard) <= min(expected or MOST_VOICES, MOST_VOICES)


def test_a_cough_is_no_person() -> None:
    prints, whose = people(2, 20, spread=0.3, seed=1)
    cough = np.eye(PRINT_SIZE)[[9]]
    voices = sort_voices(np.concatenate([prints, cough]), [4_000] * 20 + [1_600], expected=2)
    assert len({(voice, person) for voice, person in zip(voices[:20], whose, strict=True)}) == 2
    assert voices[20] in (0, 1)


def test_a_talk_of_hours_takes_seconds() -> None:
    prints, whose = people(6, 4_000, spread=0.5, seed=2)
    voices = sort_voices(prints, [3_000] * 4_000, expected=6)
    assert len({(voice, person) for voice, person in zip(voices, whose, strict=True)}) == 6
