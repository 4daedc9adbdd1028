"""Decoded speech on disk: raw 16 kHz signed 16-bit little-endian samples, channels in turn."""

import mmap
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

SPEECH_RATE_HZ = 16_000
SAMPLE_BYTES = 2
SPEECH_NAME = "speech.pcm"
_FULL_SCALE = 32_768.0


class SpeechWriter:
    """Writes blocks of int16 samples to a file; `samples` counts them, all channels together."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.samples = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, block: np.ndarray) -> None:
        self._file.write(block.astype("<i2", copy=False).tobytes())
        self.samples += block.size


def as_floats(samples: np.ndarray) -> np.ndarray:
    """int16 samples as float32 in -1..1."""
    return np.asarray(samples, dtype=np.float32) / _FULL_SCALE


def open_pcm(path: Path, channels: int = 1) -> np.ndarray:
    """The samples as a read-only array of int16 that is paged in from the file as it is used.

    Its shape is (moments,), or (moments, channels) where there are several channels.
    """
    moments = path.stat().st_size // (SAMPLE_BYTES * channels)
    shape = (moments,) if channels == 1 else (moments, channels)
    if not moments:
        return np.zeros(shape, dtype=np.int16)  # an empty file can't be mapped
    return np.memmap(path, dtype="<i2", mode="r", shape=shape)


def release_pages(samples: np.ndarray) -> None:
    """Let go of what was read of the file, which would else count as memory in use.

    Costs nothing much, and the samples stay as they are: they are paged in again when used.
    """
    mapped = getattr(samples, "_mmap", None)
    if mapped is not None:
        mapped.madvise(mmap.MADV_DONTNEED)


def window(samples: np.ndarray, start_ms: int, end_ms: int) -> np.ndarray:
    """The samples from start_ms to end_ms as float32 in -1..1; clipped to what there is.

    Of several channels, one is chosen before: `window(samples[:, channel], …)` copies only that.
    """
    first = max(0, start_ms) * SPEECH_RATE_HZ // 1000
    last = max(0, end_ms) * SPEECH_RATE_HZ // 1000
    return as_floats(samples[first:last])
