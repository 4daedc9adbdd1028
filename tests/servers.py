"""PostgreSQL and Redis for a test or a measurement: started, struck down, brought back."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import redis

from tests.stack import free_port, wait_for

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

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop(signal.SIGINT)

    def start(self) -> None:
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=self._folder, start_new_session=True
            )
        wait_for(lambda: self._is_up(self.url), what=self._command[0])

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
def running_postgres(*options: str) -> Iterator[Server]:
    """A new server in a folder of its own; `options` are settings such as "fsync=off"."""
    programs = _postgres_programs()
    with _folder("earshot-postgres-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data, port = folder / "data", free_port()
        make = [str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "-N"]
        subprocess.run(_as_postgres(make), check=True, capture_output=True, cwd=folder)
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
        for option in ("listen_addresses=127.0.0.1", *options):
            command += ["-c", option]
        url = f"postgres://{_USER}@127.0.0.1:{port}/postgres"
        with Server(_as_postgres(command), folder, url, _accepts) as server:
            yield server


@contextmanager
def running_redis() -> Iterator[Server]:
    """A new server that keeps nothing on disk."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise MissingProgramError("Redis is not installed. On Debian: apt-get install redis-server")
    command = [program, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no"]
    url = f"redis://127.0.0.1:{port}/0"
    with _folder("earshot-redis-") as folder, Server(command, folder, url, _answers) as server:
        yield server


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
