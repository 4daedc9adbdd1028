"""CPU, memory and invented words: ours and `whisper.transcribe`, each in a fresh process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.transcription.noises import NOISES, make_noise
from bench.transcription.speech import make_speech
from tests.stack import CHECKPOINT, ROOT

KIB_A_MIB = 1024
LONG_HOURS = 3
# What they are called, and what share of transcribe()'s CPU to aim at.
_ENGINES = {"ours": ("torch", "1/2.5"), "faster": ("faster-whisper", "1/4.5")}


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, ours, the reference, and what to aim at."""

    what: str
    ours: str
    beside: str
    ratio: str
    aim: str


def measure_cpu(folder: Path, model: Path, *, seconds: int, pairs: int) -> list[Row]:
    """CPU seconds for an hour of sound, of the same speech without and with silence in it."""
    rows = []
    for share in (0.0, 0.25):
        samples = make_speech(seconds=seconds, silent_share=share)
        speech = _save(folder / f"speech-{share}.npy", samples)
        costs: dict[str, list[float]] = {task: [] for task in ("plain", *_ENGINES)}
        for number in range(pairs):
            for task in costs if number % 2 else reversed(costs):
                told = run_child(f"{task}-forced", model, speech)
                costs[task].append(told["cpu_seconds"] * 3600 / seconds)
        rows += [
            _compare(
                f"CPU for an hour, {share:.0%} silent, {label}", costs[task], costs["plain"], aim
            )
            for task, (label, aim) in _ENGINES.items()
        ]
    return rows


def _compare(what: str, ours: Sequence[float], plain: Sequence[float], aim: str) -> Row:
    ratios = [theirs / own for theirs, own in zip(plain, ours, strict=True)]
    return Row(
        what,
        f"{median(ours):.0f} s",
        f"transcribe(): {median(plain):.0f} s",
        f"1/{median(ratios):.1f} (1/{min(ratios):.1f} … 1/{max(ratios):.1f})",
        aim,
    )


def measure_memory(folder: Path, model: Path) -> Row:
    """Peak of a three-hour recording: all of it is listened to, one part in 16 recognised."""
    speech = _save(folder / "long.npy", make_speech(seconds=LONG_HOURS * 3600, silent_share=0.25))
    ours = run_child("sixteenth-forced", model, speech)
    plain = run_child("spectrogram", model, speech)
    more = (ours["peak_kib"] - ours["loaded_kib"]) / KIB_A_MIB
    reference = (plain["peak_kib"] - plain["loaded_kib"]) / KIB_A_MIB
    return Row(
        f"memory for {LONG_HOURS} h beyond the loaded model",
        f"{more:.0f} MiB",
        f"transcribe()'s spectrogram: {reference:.0f} MiB",
        f"1/{reference / more:.0f}",
        "300 MiB",
    )


def measure_inventions(folder: Path) -> list[Row]:
    """Words over a minute of sounds in which nobody speaks, by the project's own checkpoint."""
    rows = []
    for kind in NOISES:
        sound = _save(folder / f"{kind}.npy", make_noise(kind, seconds=60))
        ours, plain = (run_child(task, CHECKPOINT, sound)["words"] for task in ("ours", "plain"))
        rows.append(
            Row(f"words over {kind}", f"{len(ours)}", f"transcribe(): {len(plain)}", "", "none")
        )
    return rows


def run_child(task: str, model: Path, sound: Path) -> dict[str, Any]:
    """What one task cost in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.transcription.child", task, str(model), str(sound)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{task} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _save(path: Path, samples: np.ndarray) -> Path:
    np.save(path, samples)
    return path
