"""Whatever a recording asks for, it gets no more than the limits; then the next one is read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worker.media.bombs import hours_of_one_frame, huge_picture, pauses
from tests.worker.media.nursery import nursery
from tests.worker.media.written import recording
from worker.media import Limits, MediaLimitError, decode_speech
from worker.media.supervise import run_confined

MEBIBYTE = 1 << 20
WITH_PEAK = """
import resource
from worker.media import child

def weigh(*arguments):
    answer = child.decode(*arguments)
    return answer | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10}

child._TASKS["weigh"] = weigh
"""


def ignore_progress(done_ms: int, total_ms: int) -> None:
    pass


@pytest.fixture(autouse=True)
def the_next_one_is_read(tmp_path: Path) -> Iterator[None]:
    yield
    source = tmp_path / "good.wav"
    source.write_bytes(recording("wav"))
    target = tmp_path / "good.pcm"
    limits = Limits(memory_bytes=400 * MEBIBYTE, cpu_seconds=5, wall_seconds=60)
    assert decode_speech(source, target, limits=limits, on_progress=ignore_progress) == 64_000


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"cpu_seconds": 1}, "exit status -24"),
        ({"wall_seconds": 1}, "wall-clock"),
        ({"output_bytes": 4 * MEBIBYTE}, "too large"),
        ({"duration_seconds": 60}, "longer than"),
    ],
)
def test_hours_made_of_one_frame(tmp_path: Path, limits: dict[str, int], reason: str) -> None:
    source = tmp_path / "hours.mp3"
    source.write_bytes(hours_of_one_frame(8))
    with pytest.raises(MediaLimitError) as caught:
        decode_speech(
            source, tmp_path / "pcm", limits=Limits(**limits), on_progress=ignore_progress
        )
    assert reason in caught.value.detail
    assert "was stopped" in caught.value.message
    assert not (tmp_path / "pcm").exists()


def test_a_clock_that_pauses_for_days(tmp_path: Path) -> None:
    source = tmp_path / "pauses.webm"
    source.write_bytes(pauses(10))
    limits = Limits(duration_seconds=900)
    with pytest.raises(MediaLimitError):
        decode_speech(source, tmp_path / "pcm", limits=limits, on_progress=ignore_progress)


def test_a_picture_that_would_fill_the_memory(tmp_path: Path) -> None:
    """It is loaded where there is room for it; else it is left out, and the sound is read."""
    source = tmp_path / "picture.mp3"
    source.write_bytes(huge_picture(250 * MEBIBYTE))

    def weighed(limits: Limits) -> dict[str, Any]:
        return run_confined(
            "weigh",
            source=source,
            target=tmp_path / "pcm",
            limits=limits,
            on_progress=ignore_progress,
        )

    with nursery(WITH_PEAK):
        free, bounded = weighed(Limits()), weighed(Limits(memory_bytes=320 * MEBIBYTE))
    assert free["peak"] > 250 * MEBIBYTE
    assert bounded["peak"] < 100 * MEBIBYTE
    assert bounded["samples"] == free["samples"] == 64_000
