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


class Nest:
    """The process that workers are forked from. They end with it."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "nest.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scripts.chaos.nest"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        self._read()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=30)

    def fork(self, **order: str) -> int:
        """The process id of a new worker."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"The nest of workers ended; see {self._log}")
        return line


@dataclass
class Member:
    name: str
    queues: str
    pid: int = 0


class Crew:
    """Some workers for recordings, and one more that keeps search up to date."""

    def __init__(self, nest: Nest, folder: Path, *, entry: str, count: int) -> None:
        folder.mkdir()
        self.notes = folder / "notes.jsonl"
        self.members = [Member(f"worker-{n}", QUEUES["speech"]) for n in range(1, count + 1)]
        self._indexer = Member("index", QUEUES["index"])
        self._nest, self._folder, self._entry = nest, folder, entry

    def __enter__(self) -> Self:
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

    def start(self, member: Member) -> None:
        member.pid = self._nest.fork(
            name=member.name,
            queues=member.queues,
            entry=self._entry,
            notes=str(self.notes),
            log=str(self._folder / f"{member.name}.log"),
        )

    def start_missing(self) -> int:
        """Start whoever has ended, for whatever reason. Returns how many that were."""
        missing = [m for m in (*self.members, self._indexer) if not is_running(m.pid)]
        for member in missing:
            self.start(member)
        return len(missing)

    def signal(self, pid: int, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
