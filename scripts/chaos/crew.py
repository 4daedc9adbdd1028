"""The workers of a round: started from a nest, struck down, stopped, and started again."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.stack import QUEUES, ROOT


@dataclass
class Member:
    name: str
    queues: str
    pid: int = 0


class Crew:
    """`names` are workers for recordings; one more keeps search up to date."""

    def __init__(self, folder: Path, *, entry: str, names: tuple[str, ...]) -> None:
        self.notes = folder / "notes.jsonl"
        self._folder = folder
        self.members = [Member(name, QUEUES["speech"]) for name in names]
        self._indexer = Member("index", QUEUES["index"])
        self._nest = subprocess.Popen(
            [sys.executable, "-m", "scripts.chaos.nest", entry, str(self.notes)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "nest.log").open("wb"),
            text=True,
        )

    def __enter__(self) -> Self:
        self._read()
        for member in (*self.members, self._indexer):
            self.start(member)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for member in (*self.members, self._indexer):
            self.signal(member.pid, signal.SIGKILL)
        self._nest.communicate(timeout=30)

    def start(self, member: Member) -> None:
        log = self._folder / f"worker-{member.name}.log"
        order = {"name": member.name, "queues": member.queues, "log": str(log)}
        assert self._nest.stdin is not None
        self._nest.stdin.write(json.dumps(order) + "\n")
        self._nest.stdin.flush()
        member.pid = int(self._read())

    def start_missing(self) -> int:
        """Start whoever has ended, for whatever reason. Returns how many that were."""
        missing = [m for m in (*self.members, self._indexer) if not is_running(m.pid)]
        for member in missing:
            self.start(member)
        return len(missing)

    def signal(self, pid: int, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)

    def _read(self) -> str:
        assert self._nest.stdout is not None
        line = self._nest.stdout.readline()
        if not line:
            raise RuntimeError(f"The nest of workers ended; see {self._folder / 'nest.log'}")
        return line


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
