"""Real PostgreSQL and Redis for a test session, started from the programs on this machine."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from tests.stack import free_port, wait_for

SERVER_FOLDERS = "postgresql/*/bin"
DATABASE_USER = "earshot"


def _find_postgres_programs() -> Path:
    """The newest PostgreSQL of Debian's packages, or the one on the path."""
    installed = sorted(Path("/usr/lib").glob(SERVER_FOLDERS), key=lambda path: path.parts[-2])
    on_path = shutil.which("initdb")
    if not installed and on_path is None:
        pytest.fail("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    return installed[-1] if installed else Path(str(on_path)).parent


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def _running(command: list[str], folder: Path, name: str) -> Iterator[None]:
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of an empty server; `new_database` makes databases on it."""
    programs, port = _find_postgres_programs(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="earshot-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        _as_postgres(
            [str(programs / "initdb"), "-D", str(data), "-U", DATABASE_USER, "-A", "trust", "-N"]
        ),
        check=True,
        capture_output=True,
        cwd=folder,
    )
    server = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
    settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    url = f"postgres://{DATABASE_USER}@127.0.0.1:{port}/postgres"
    try:
        with _running(_as_postgres([*server, *settings]), folder, "postgres"):
            wait_for(lambda: _accepts(url), what="PostgreSQL")
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _accepts(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """A database of the test's own."""
    name = f"test_{os.urandom(6).hex()}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_url.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        pytest.fail("Redis is not installed; on Debian: apt-get install redis-server")
    folder = Path(tempfile.mkdtemp(prefix="earshot-redis-"))
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    url = f"redis://127.0.0.1:{port}/0"
    try:
        with _running([program, *options], folder, "redis"):
            wait_for(lambda: _answers(url), what="Redis")
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url).ping())
    except redis.ConnectionError:
        return False


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis."""
    redis.Redis.from_url(redis_server).flushall()
    return redis_server
