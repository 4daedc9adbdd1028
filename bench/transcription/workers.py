"""A whole recording through real workers: one and two of them; when its text appears."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.transcription.costs import Row
from bench.transcription.speech import make_speech, write_recording
from tests.stack import ROOT, Client, Stack, running_stack, wait_for

APP = "bench.transcription.worker"
WORKERS_ENV = {"JOB_SWEEP_SECONDS": "10", "JOB_LEASE_SECONDS": "60"}
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_SECONDS = 3600
# A focus group.
LONGEST_SECONDS = 5400


@dataclass(frozen=True)
class Course:
    """From the file's arrival to its whole transcript; CPU of all workers and their children."""

    wall_seconds: float
    first_text_seconds: float
    cpu_seconds: float


def measure_workers(folder: Path, model: Path, *, seconds: int) -> list[Row]:
    """Two workers beside one, and how soon words can be read: the model is loaded anew."""
    one = run_course(folder / "one", "forced", model, workers=1, seconds=seconds)
    two = run_course(folder / "two", "forced", model, workers=2, seconds=seconds)
    return [
        Row(
            f"two workers on {seconds / 60:.0f} min",
            f"{two.wall_seconds:.0f} s",
            f"one worker: {one.wall_seconds:.0f} s",
            f"{one.wall_seconds / two.wall_seconds:.2f} times as fast",
            "1.85",
        ),
        Row(
            "their CPU",
            f"{two.cpu_seconds:.0f} s",
            f"one worker: {one.cpu_seconds:.0f} s",
            f"{two.cpu_seconds / one.cpu_seconds:.2f}",
            "1.05",
        ),
        _first_text(seconds, one.first_text_seconds, f"the whole: {one.wall_seconds:.0f} s", one),
        _measure_first_text(folder / "longest", model, one, seconds=seconds),
    ]


def _measure_first_text(folder: Path, model: Path, shorter: Course, *, seconds: int) -> Row:
    """Of a recording as long as they get; the whole of it is not waited for, but reckoned."""
    longest = run_course(
        folder, "forced", model, workers=1, seconds=LONGEST_SECONDS, is_first_text_all=True
    )
    first = longest.first_text_seconds
    rest = (shorter.wall_seconds - shorter.first_text_seconds) * LONGEST_SECONDS / seconds
    whole = Course(first + rest, first, 0.0)
    beside = f"the whole, reckoned from {seconds / 60:.0f} min: {whole.wall_seconds:.0f} s"
    return _first_text(LONGEST_SECONDS, first, beside, whole)


def _first_text(seconds: int, first_text_seconds: float, beside: str, whole: Course) -> Row:
    return Row(
        f"first text visible, {seconds / 60:.0f} min, one worker",
        f"{first_text_seconds:.1f} s",
        beside,
        f"{first_text_seconds / whole.wall_seconds:.1%}",
        "2 %",
    )


def measure_rest(folder: Path, *, seconds: int) -> list[Row]:
    """Everything but recognition, beside decoding alone, of two kinds of recording."""
    return [_measure_rest(folder, kind, seconds=seconds) for kind in (".wav", ".m4a")]


def _measure_rest(folder: Path, kind: str, *, seconds: int) -> Row:
    course = run_course(folder / f"rest{kind}", "none", None, workers=1, seconds=seconds, kind=kind)
    recording = folder / f"alone{kind}"
    write_recording(recording, make_speech(seconds=seconds))
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "bench.transcription.decode", str(recording)], cwd=ROOT, check=True
    )
    after = os.times()
    alone = after.children_user + after.children_system
    alone -= before.children_user + before.children_system
    return Row(
        f"CPU of everything but recognition, {seconds / 60:.0f} min, {kind}",
        f"{course.cpu_seconds:.1f} s",
        f"decoding alone: {alone:.1f} s",
        f"{course.cpu_seconds / alone:.1f}",
        "2",
    )


def run_course(
    folder: Path,
    engine: str,
    model: Path | None,
    *,
    workers: int,
    seconds: int,
    kind: str = ".wav",
    is_first_text_all: bool = False,
) -> Course:
    """Start everything afresh, upload the recording, and watch it until its transcript is whole, or
    until there is text if that is all that is wanted.
    """
    folder.mkdir(parents=True)
    env = {**WORKERS_ENV, "EARSHOT_BENCH_ENGINE": engine}
    if model:
        env["WHISPER_MODEL"] = str(model)
    recording = folder / f"speech{kind}"
    write_recording(recording, make_speech(seconds=seconds))
    with running_stack(folder / "stack", env, workers=("index",)) as stack:
        names = [f"speech-{number}" for number in range(workers)]
        for name in names:
            stack.start_worker("speech", name=name, app=APP)
        wait_for(lambda: all("ready." in stack.log(name) for name in names), what="the workers")
        before = sum(_cpu_seconds(stack, name) for name in names)
        course = _watch(stack.client(), recording, is_first_text_all=is_first_text_all)
        cpu = sum(_cpu_seconds(stack, name) for name in names) - before
    return Course(*course, cpu_seconds=cpu)


def _watch(client: Client, recording: Path, *, is_first_text_all: bool) -> tuple[float, float]:
    study = client.post("studies", json={"title": "Bench"}).json()
    new = {"title": "Long", "kind": "observation", "study_id": study["id"], "language": "en"}
    session_id = client.post("sessions", json=new).json()["id"]
    client.upload(session_id, recording.name, recording.read_bytes())
    started, first_text = time.monotonic(), 0.0
    while time.monotonic() - started < _MOST_SECONDS:
        session = client.get(f"sessions/{session_id}").json()
        transcript = _transcript_of(session)
        now = time.monotonic() - started
        if transcript and transcript["word_count"] and not first_text:
            first_text = now
        is_enough = is_first_text_all and first_text
        if transcript and (is_enough or transcript["state"] == "complete"):
            return now, first_text
        if session["state"] == "failed":
            sys.exit(f"The recording failed: {session['jobs']}")
        time.sleep(0.2)
    sys.exit("The recording took too long.")


def _transcript_of(session: dict[str, Any]) -> dict[str, Any] | None:
    return session["sources"][0]["transcript"] if session["sources"] else None


def _cpu_seconds(stack: Stack, name: str) -> float:
    """Of a worker and of the processes it has waited for."""
    fields = Path(f"/proc/{stack.processes[name].pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS
