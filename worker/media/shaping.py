"""Brings decoded sound to one rate and format; runs inside a confined process only."""

from collections.abc import Iterator

import av
import numpy as np
from av.audio.resampler import AudioResampler


class Shaper:
    """Samples of one rate and format, in blocks of a second or less.

    With several channels each stays by itself, and a block has the shape (moments, channels). A
    frame that has fewer of them is silent in the others.
    """

    def __init__(self, *, rate_hz: int, sample_format: str, channels: int = 1) -> None:
        self.rate_hz = rate_hz
        self._sample_format = sample_format
        self._channels = channels
        self._resampler = self._new_resampler()

    def shaped(self, frame: av.AudioFrame) -> Iterator[np.ndarray]:
        return map(self._block, self._resampler.resample(frame))

    def silence(self, seconds: float) -> Iterator[np.ndarray]:
        left = round(seconds * self.rate_hz)
        dtype = np.int16 if self._sample_format == "s16" else np.float32
        while left > 0:
            moments = min(left, self.rate_hz)
            left -= moments
            yield np.zeros(moments if self._channels == 1 else (moments, self._channels), dtype)

    def flushed(self) -> list[np.ndarray]:
        """What is left of the sound so far; what comes next has nothing to do with it."""
        blocks = [self._block(frame) for frame in self._resampler.resample(None)]
        self._resampler = self._new_resampler()
        return blocks

    def _new_resampler(self) -> AudioResampler:
        # Without a layout the channels stay as they are: nothing is mixed.
        return AudioResampler(
            format=self._sample_format,
            layout="mono" if self._channels == 1 else None,
            rate=self.rate_hz,
            frame_size=self.rate_hz,
        )

    def _block(self, frame: av.AudioFrame) -> np.ndarray:
        sound = frame.to_ndarray().reshape(-1)
        if self._channels == 1:
            return sound
        block = sound.reshape(-1, frame.layout.nb_channels)[:, : self._channels]
        return np.pad(block, ((0, 0), (0, self._channels - block.shape[1])))
