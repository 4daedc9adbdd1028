"""A short round of chaos: nothing is lost or doubled, unless the fence is taken out."""

import json
import subprocess
import sys
from typing import Any

import pytest

from scripts.chaos.figures import measure
from tests.stack import ROOT

DISTURBED_SECONDS = 8
# A proof ends as soon as damage shows.
PROOF_SECONDS = 90
LEAST_FAULTS = 12


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scripts.chaos.round", "--recordings", "call", "interview"),
            *("--seconds", str(DISTURBED_SECONDS), "--in-flight", "2", "--seed", "7"),
            *("--proof-seconds", str(PROOF_SECONDS)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5_000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_is_lost_or_doubled(result: dict[str, Any]) -> None:
    assert result["damage"] == []
    assert result["recordings"] >= 2
    assert sum(result["faults"].values()) >= LEAST_FAULTS
    assert {"worker killed", "messages lost", "message delivered again"} <= set(result["faults"])


def test_without_the_fence_damage_is_seen(result: dict[str, Any]) -> None:
    """The checker is no rubber stamp: it finds what workers do that came back too late."""
    assert result["unfenced"]["faults"]["worker stopped past its lease"] > 0
    assert result["unfenced"]["damage"] != []


def note(at: float, event: str, pid: int, row: str = "", victim: int = 0) -> dict[str, Any]:
    return {"at": at, "event": event, "pid": pid, "row": row, "victim": victim}


def test_figures_count_what_was_lost_and_how_soon_it_was_taken_up() -> None:
    driver, first, second = 1, 2, 3
    figures = measure(
        [
            note(0, "claim", first, "part:a"),
            note(1, "claim", second, "part:b"),
            note(2, "killed", driver, victim=first),
            note(4, "end", second, "part:b"),
            note(7, "claim", second, "part:a"),
            note(8, "stopped", driver, victim=second),
            note(11, "claim", 4, "part:a"),
            note(12, "lost", second, "part:a"),
            note(13, "end", 4, "part:a"),
        ]
    )
    assert figures.waits == {"killed": [5], "stopped": [3]}
    assert figures.useful_parts == [3, 2]
    assert figures.lost_parts == [2, 1]
    assert figures.lost_jobs == []
