"""Confined children forked from one interpreter that has loaded all they need: many a second.

Everything else is the real thing: the job, the walls, the pipe, the judgement of the end.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, Self

from worker.media import supervise

_PROGRAM = "from tests.worker.media.nursery import serve; serve({descriptor}, {prelude!r})"
_LONGEST_JOB_BYTES = 1 << 16


class ForkedChild:
    """What the supervisor needs of a process."""

    def __init__(self, pid: int, stdout: IO[bytes], nursery: socket.socket) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._nursery = nursery

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stdout.close()
        self._nursery.settimeout(None)
        self.wait()

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self._nursery.settimeout(timeout)
            try:
                self.returncode = json.loads(self._nursery.recv(_LONGEST_JOB_BYTES))
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("child", timeout or 0) from error
        return self.returncode


class Nursery:
    """Starts children for the supervisor, one at a time."""

    def __init__(self, prelude: str) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            descriptor = theirs.fileno()
            program = _PROGRAM.format(descriptor=descriptor, prelude=prelude)
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-B", "-c", program],
                env=supervise._environment("/"),
                pass_fds=[descriptor],
            )

    def start(
        self, job: dict[str, Any], *, room: str, complaints: IO[bytes], command: object = None
    ) -> ForkedChild:
        reading, writing = os.pipe()
        try:
            order = json.dumps({"job": job, "room": room}).encode()
            socket.send_fds(self._socket, [order], [writing, complaints.fileno()])
        finally:
            os.close(writing)
        pid = json.loads(self._socket.recv(_LONGEST_JOB_BYTES))
        return ForkedChild(pid, os.fdopen(reading, "rb", buffering=0), self._socket)

    def close(self) -> None:
        self._socket.close()
        self.process.wait(timeout=60)


@contextmanager
def nursery(prelude: str = "") -> Iterator[Nursery]:
    """The supervisor's children come from here; `prelude` is run once before the first is born."""
    born_before = supervise._start
    started = Nursery(prelude)
    supervise._start = started.start  # type: ignore[assignment]
    try:
        yield started
    finally:
        supervise._start = born_before
        started.close()


def serve(descriptor: int, prelude: str) -> None:
    """Fork a child for each order, tell its id, and then how it ended."""
    from worker.media import child  # noqa: PLC0415  only where children are made

    exec(prelude, {})
    with socket.socket(fileno=descriptor) as orders:
        while True:
            content, descriptors, _, _ = socket.recv_fds(orders, _LONGEST_JOB_BYTES, 2)
            if not content:
                return
            pid = os.fork()
            if pid == 0:
                _live(json.loads(content), descriptors, child.main)
            for each in descriptors:
                os.close(each)
            orders.send(json.dumps(pid).encode())
            orders.send(json.dumps(_ending(os.waitpid(pid, 0)[1])).encode())


def _live(order: dict[str, Any], descriptors: list[int], main: Any) -> None:
    status = 1
    try:
        os.setsid()
        os.chdir(order["room"])
        os.environ.update(TMPDIR=order["room"], HOME=order["room"])
        os.dup2(descriptors[0], 1)
        os.dup2(descriptors[1], 2)
        os.closerange(3, max(descriptors) + 1)
        status = main([json.dumps(order["job"])])
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        os._exit(status)


def _ending(status: int) -> int:
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
