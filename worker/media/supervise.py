"""Runs a task on untrusted media in a confined process and ends that process when it must."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from worker.media.errors import MediaCrashError, MediaLimitError, error_of_kind
from worker.media.facts import Limits

INTERPRETER = (sys.executable, "-P", "-s", "-B", "-m")
CHILD_COMMAND = (*INTERPRETER, "worker.media.child")
_IMPORT_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LINE_BYTES = 1 << 16
_DETAIL_BYTES = 4_000
_FAREWELL_SECONDS = 5
# SIGKILL is the end that the system itself puts to a process that takes too much.
_SIGNALS_OF_LIMITS = (signal.SIGXCPU, signal.SIGXFSZ, signal.SIGKILL)
_TIMEOUT_MESSAGE = (
    "Preparing this recording took longer than it may, so it was stopped. "
    "The file you uploaded was kept."
)


def run_confined(
    task: str,
    *,
    source: Path,
    target: Path,
    limits: Limits,
    on_progress: Callable[[int, int], None],
    channels: int = 1,
    module: str = "",
) -> dict[str, Any]:
    """The task's answer. An error raised by on_progress ends the process and passes through.

    `module` is run instead of the one that reads recordings; it speaks with us as that one does.
    """
    with (
        tempfile.TemporaryDirectory(prefix="earshot-media-") as room,
        tempfile.TemporaryFile() as complaints,
    ):
        # The recording stands alone in a room of its own, so that a name written in it
        # leads nowhere.
        link = Path(room) / "recording"
        link.symlink_to(source.resolve())
        job = {
            "task": task,
            "source": str(link),
            "target": str(target.resolve()),
            "limits": asdict(limits),
            "channels": channels,
        }
        command = (*INTERPRETER, module) if module else CHILD_COMMAND
        with _start(job, command=command, room=room, complaints=complaints) as process:
            try:
                answer = _listen(process, limits=limits, on_progress=on_progress)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=_FAREWELL_SECONDS)
            finally:
                _kill(process)
        return _judged(answer, process.returncode, complaints=_tail(complaints))


def _start(
    job: dict[str, Any], *, command: Sequence[str], room: str, complaints: IO[bytes]
) -> subprocess.Popen[bytes]:
    """A fresh interpreter, never a fork: this process may hold a model, threads and secrets."""
    return subprocess.Popen(
        [*command, json.dumps(job)],
        cwd=room,
        env=_environment(room),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
        start_new_session=True,
    )


def _environment(room: str) -> dict[str, str]:
    """Only what the interpreter needs; the worker's own settings and secrets stay outside."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_IMPORT_ROOT),
        "PYTHONUTF8": "1",
        "TMPDIR": room,
        "HOME": room,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _listen(
    process: subprocess.Popen[bytes],
    *,
    limits: Limits,
    on_progress: Callable[[int, int], None],
) -> dict[str, Any] | None:
    for content in _messages(process, deadline=time.monotonic() + limits.wall_seconds):
        match content:
            case {"progress": [int(done_ms), int(total_ms)]}:
                on_progress(done_ms, total_ms)
            case {"done": dict()} | {"failed": str()}:
                return content
    return None


def _messages(process: subprocess.Popen[bytes], *, deadline: float) -> Iterator[Any]:
    assert process.stdout is not None
    pending = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=max(0.0, deadline - time.monotonic())):
                raise MediaLimitError(message=_TIMEOUT_MESSAGE, detail="wall-clock limit")
            received = os.read(process.stdout.fileno(), _LONGEST_LINE_BYTES)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            if len(pending) > _LONGEST_LINE_BYTES:
                raise MediaCrashError(detail="the confined process wrote an endless line")
            yield from map(_parsed, lines)


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise MediaCrashError(detail="the confined process wrote no JSON") from error


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process, and whatever it may have started, whether or not it is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _judged(answer: dict[str, Any] | None, return_code: int, *, complaints: str) -> dict[str, Any]:
    match answer:
        case {"done": dict() as result}:
            return result
        case {"failed": str() as kind, "detail": str() as detail}:
            raise error_of_kind(kind, detail=f"{detail}\n{complaints}".strip())
    detail = f"exit status {return_code}\n{complaints}".strip()
    if -return_code in _SIGNALS_OF_LIMITS:
        raise MediaLimitError(detail=detail)
    raise MediaCrashError(detail=detail)


def _tail(complaints: IO[bytes]) -> str:
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - _DETAIL_BYTES))
    return complaints.read().decode("utf-8", errors="replace")
