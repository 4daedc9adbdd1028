"""PostgreSQL and Redis of a round's own, which can be struck down and brought back."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from tests.stack import free_port

_USER = "earshot"
_PATIENCE_SECONDS = 60


class MissingProgramError(Exception):
    """A program that the round needs is not installed."""


class Server:
    """One server process on a port and a folder that outlive it."""

    def __init__(
        self, command: list[str], folder: Path, url: str, is_up: Callable[[str], bool]
    ) -> None:
        self._command, self._folder = command, folder
        self.url = url
        self._is_up = is_up
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=self._folder, start_new_session=True
            )
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_up(self.url):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._command[0]} did not start; see {self._folder}")
            time.sleep(0.05)

    def stop(self, number: int) -> None:
        """To all of its processes, as a machine that fails does; or politely."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
        if self._process is not None:
            self._process.wait(timeout=_PATIENCE_SECONDS)

    def restart(self, number: int) -> None:
        self.stop(number)
        self.start()


@contextmanager
def running_postgres(folder: Path) -> Iterator[Server]:
    """A new server with one empty database. What was committed is on disk, as in use."""
    programs = _postgres_programs()
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    subprocess.run(
        _as_postgres(
            [*(str(programs / "initdb"), "-D", str(data)), "-U", _USER, "-A", "trust", "-N"]
        ),
        check=True,
        capture_output=True,
        cwd=folder,
    )
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
    url = f"postgres://{_USER}@127.0.0.1:{port}/postgres"
    server = Server(
        _as_postgres([*command, "-c", "listen_addresses=127.0.0.1"]), folder, url, _accepts
    )
    server.start()
    try:
        yield server
    finally:
        server.stop(signal.SIGINT)


@contextmanager
def running_redis(folder: Path) -> Iterator[Server]:
    """A new server that keeps nothing on disk."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise MissingProgramError("Redis is not installed. On Debian: apt-get install redis-server")
    folder.mkdir()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = Server([program, *options], folder, f"redis://127.0.0.1:{port}/0", _answers)
    server.start()
    try:
        yield server
    finally:
        server.stop(signal.SIGKILL)


def _postgres_programs() -> Path:
    """The newest PostgreSQL of Debian's packages, or the one on the path."""
    installed = sorted(Path("/usr/lib").glob("postgresql/*/bin"), key=lambda path: path.parts[-2])
    on_path = shutil.which("initdb")
    if installed:
        return installed[-1]
    if on_path is None:
        raise MissingProgramError(
            "PostgreSQL is not installed. On Debian: apt-get install postgresql"
        )
    return Path(on_path).parent


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def _accepts(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url).ping())
    except redis.RedisError:
        return False
