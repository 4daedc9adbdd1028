"""Recordings of several lengths, made of a spoken sentence and pauses."""

import io
import wave
from pathlib import Path

import numpy as np

SPEECH = Path(__file__).resolve().parents[2] / "tests" / "data" / "two_sentences.wav"
RATE_HZ = 16_000
# Name: how often a sentence is said, and the pause behind it, which is long enough to end a window.
SHAPES = {"call": (1, 5.6), "chat": (5, 5.8), "interview": (9, 5.4), "talk": (18, 5.2)}
SENTENCE_SECONDS = 4.5


def make_recordings() -> dict[str, bytes]:
    """WAV files by name; no two hold the same samples."""
    return {name: _wave(_said(times, pause)) for name, (times, pause) in SHAPES.items()} | {
        "two people": _wave(_in_turns(8))
    }


def _said(times: int, pause_seconds: float) -> np.ndarray:
    pause = np.zeros(round(pause_seconds * RATE_HZ), dtype=np.int16)
    return np.tile(np.concatenate([_sentence(), pause]), times)


def _in_turns(turns: int) -> np.ndarray:
    """A call as call recorders write it: each person alone in a channel."""
    turn = np.concatenate([_sentence(), np.zeros(RATE_HZ * 5, dtype=np.int16)])
    sound = np.zeros((turn.size * turns, 2), dtype=np.int16)
    for number in range(turns):
        sound[number * turn.size : (number + 1) * turn.size, number % 2] = turn
    return sound


def _sentence() -> np.ndarray:
    with wave.open(str(SPEECH)) as file:
        return np.frombuffer(file.readframes(round(SENTENCE_SECONDS * RATE_HZ)), dtype="<i2")


def _wave(samples: np.ndarray) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    return target.getvalue()
