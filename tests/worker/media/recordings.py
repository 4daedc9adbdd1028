"""Makes small recordings for the tests: silence with one tone burst whose place is known."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

BURST_START_MS = 1_000
BURST_END_MS = 1_500


def burst(seconds: float, rate_hz: int) -> np.ndarray:
    """Silence with half a second of a 440 Hz tone that starts at one second."""
    moment = np.arange(round(seconds * rate_hz)) / rate_hz
    is_loud = (moment >= BURST_START_MS / 1000) & (moment < BURST_END_MS / 1000)
    tone = 0.5 * np.sin(2 * np.pi * 440 * moment) * is_loud
    return (tone * 32767).astype(np.int16)


def noise(seconds: float, rate_hz: int) -> np.ndarray:
    """Noise, which does not compress: a file cut in half has lost half of its sound."""
    generator = np.random.default_rng(seed=7)
    return generator.integers(-9000, 9000, round(seconds * rate_hz), dtype=np.int16)


def write_recording(
    path: Path | Any,
    *,
    codec: str,
    container: str,
    rate_hz: int = 48_000,
    layout: str = "mono",
    seconds: float = 3.0,
    samples: np.ndarray | None = None,
    video: bool = False,
    audio: bool = True,
    options: dict[str, str] | None = None,
) -> Any:
    """Write a recording with PyAV; `path` may be a file object that can't seek."""
    if samples is None:
        samples = burst(seconds, rate_hz)
    target = str(path) if isinstance(path, Path) else path
    with av.open(target, "w", format=container, options=options or {}) as output:
        if video:
            pictures = output.add_stream("mpeg4", rate=10, width=64, height=64, pix_fmt="yuv420p")
        if audio:
            # FFmpeg's own Vorbis encoder calls itself experimental.
            strict = {"strict": "experimental"} if codec == "vorbis" else {}
            sound = output.add_stream(codec, rate=rate_hz, layout=layout, options=strict)
        if video:
            for index in range(round(seconds * 10)):
                picture = av.VideoFrame(64, 64, "yuv420p")
                picture.pts = index
                output.mux(pictures.encode(picture))
            output.mux(pictures.encode(None))
        if audio:
            _write_sound(output, sound, samples, rate_hz, layout)
    return path


def _write_sound(output: Any, sound: Any, samples: np.ndarray, rate_hz: int, layout: str) -> None:
    for start in range(0, samples.size, rate_hz):
        part = samples[start : start + rate_hz]
        if layout == "stereo":
            part = np.repeat(part, 2)
        frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        frame.pts = start
        output.mux(sound.encode(frame))
    output.mux(sound.encode(None))


class OneWayFile:
    """A file object that can't seek, as a browser's recorder writes: no duration in the header."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def close(self) -> None:
        self._file.close()
