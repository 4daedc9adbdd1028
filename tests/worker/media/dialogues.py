"""A talk between two people, a channel each or in a room, made from a synthesised interview."""

import json
import wave
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from worker.media.pcm import SPEECH_RATE_HZ

DATA = Path(__file__).parents[2] / "data"
_EDGE_MS = 150


@cache
def interview() -> np.ndarray:
    """Samples in -1..1."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE_HZ)
    with av.open(str(DATA / "interview.ogg")) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def sentences() -> list[dict[str, Any]]:
    return json.loads((DATA / "interview.json").read_text(encoding="utf-8"))["sentences"]


def channel_each(*, bleed_db: float = -90, noise_db: float = -70) -> np.ndarray:
    """The moderator in the first channel, the participant in the second."""
    sound = interview()
    channels = np.zeros((len(sound), 2), dtype=np.float32)
    for sentence in sentences():
        first = (sentence["start_ms"] - _EDGE_MS) * SPEECH_RATE_HZ // 1000
        last = (sentence["end_ms"] + _EDGE_MS) * SPEECH_RATE_HZ // 1000
        channel = 0 if sentence["speaker"] == "moderator" else 1
        channels[first:last, channel] = sound[first:last]
    noise = np.random.default_rng(3).normal(0, 10 ** (noise_db / 20), channels.shape)
    return channels + channels[:, ::-1] * 10 ** (bleed_db / 20) + noise.astype(np.float32)


def write_wav(path: Path, channels: np.ndarray, rate_hz: int = SPEECH_RATE_HZ) -> Path:
    """Samples of shape (moments,) or (moments, channels) as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if channels.ndim == 1 else channels.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(channels, -1, 1) * 32_767).astype("<i2").tobytes())
    return path
