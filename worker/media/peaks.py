"""The waveform of a recording: the loudest sample of each short stretch, in percent."""

import json
from pathlib import Path

import numpy as np

FINEST_PER_SECOND = 20
MOST_VALUES = 72_000
_STEPS_PER_SECOND = (20, 10, 5, 4, 2, 1)


class PeakMeter:
    """Collects peaks of mono float samples; costs 20 bytes per second of sound."""

    def __init__(self, rate_hz: int) -> None:
        self._stretch = rate_hz // FINEST_PER_SECOND
        self._rest = np.zeros(0, dtype=np.float32)
        self._peaks = bytearray()

    def add(self, samples: np.ndarray) -> None:
        loudness = np.abs(samples)
        if self._rest.size:
            loudness = np.concatenate((self._rest, loudness))
        whole = loudness.size - loudness.size % self._stretch
        self._append(loudness[:whole].reshape(-1, self._stretch))
        self._rest = loudness[whole:].copy()

    def write(self, path: Path) -> None:
        """Write the peaks as JSON, coarser for long recordings so that the page stays light."""
        if self._rest.size:
            self._append(self._rest.reshape(1, -1))
            self._rest = self._rest[:0]
        per_second = _coarseness(len(self._peaks))
        peaks = _coarser(self._peaks, FINEST_PER_SECOND // per_second)
        content = {
            "version": 1,
            "samples_per_second": per_second,
            "length": len(peaks),
            "peaks": peaks,
        }
        path.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")

    def _append(self, stretches: np.ndarray) -> None:
        if stretches.size:
            percent = np.rint(stretches.max(axis=1) * 100)
            self._peaks += np.clip(np.nan_to_num(percent), 0, 100).astype(np.uint8).tobytes()


def _coarseness(finest_count: int) -> int:
    for per_second in _STEPS_PER_SECOND:
        if finest_count * per_second // FINEST_PER_SECOND <= MOST_VALUES:
            return per_second
    return _STEPS_PER_SECOND[-1]


def _coarser(peaks: bytearray, factor: int) -> list[int]:
    values = np.frombuffer(bytes(peaks), dtype=np.uint8)
    padded = np.pad(values, (0, -values.size % factor))
    return [int(peak) for peak in padded.reshape(-1, factor).max(axis=1)]
