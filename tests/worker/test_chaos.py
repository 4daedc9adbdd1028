"""A short round of chaos: nothing is lost or doubled, unless the fence is taken out."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.stack import ROOT

DISTURBED_SECONDS = 8
# A proof ends as soon as damage shows.
PROOF_SECONDS = 40
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
