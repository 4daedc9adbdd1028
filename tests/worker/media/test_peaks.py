"""The waveform keeps its peaks, however the blocks fall and however long the recording is."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.media.peaks import FINEST_PER_SECOND, MOST_VALUES, PeakMeter

RATE_HZ = 200  # ten samples a stretch: hours cost little here


def measured(path: Path, blocks: list[np.ndarray]) -> dict[str, Any]:
    meter = PeakMeter(RATE_HZ)
    for block in blocks:
        meter.add(block.astype(np.float32))
    meter.write(path)
    return json.loads(path.read_text())


@given(
    levels=st.lists(st.integers(0, 100), min_size=1, max_size=40),
    cuts=st.lists(st.integers(1, 400), max_size=8),
)
def test_blocks_may_fall_anywhere(
    tmp_path_factory: pytest.TempPathFactory, levels: list[int], cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("peaks") / "peaks.json"
    samples = np.repeat(levels, RATE_HZ // FINEST_PER_SECOND) / -100
    content = measured(path, np.split(samples, sorted(cut % samples.size for cut in cuts)))
    assert content["peaks"] == levels
    assert content["length"] == len(levels)


@pytest.mark.parametrize(
    ("hours", "per_second"), [(0.99, 20), (1.01, 10), (2.5, 5), (4.5, 4), (10, 2), (20, 1)]
)
def test_long_recordings_are_drawn_coarser(tmp_path: Path, hours: float, per_second: int) -> None:
    seconds = round(hours * 3600)
    samples = np.zeros(seconds * RATE_HZ)
    samples[(seconds // 2) * RATE_HZ] = 0.7
    content = measured(tmp_path / "peaks.json", [samples])
    assert content["samples_per_second"] == per_second
    assert content["length"] == len(content["peaks"]) == seconds * per_second <= MOST_VALUES
    assert content["peaks"].index(70) == seconds // 2 * per_second
    assert sum(content["peaks"]) == 70


def test_what_is_no_number_is_no_peak(tmp_path: Path) -> None:
    samples = np.array([np.nan] * 10 + [np.inf] * 10 + [3.0] * 10 + [0.25] * 3)
    assert measured(tmp_path / "peaks.json", [samples])["peaks"] == [0, 100, 100, 25]
