"""Real PostgreSQL and Redis for a test session, started from the programs on this machine."""

import os
from collections.abc import Iterator

import psycopg
import pytest
import redis

from tests.servers import running_postgres, running_redis


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of an empty server; `database_url` makes databases on it."""
    with running_postgres("fsync=off") as server:
        yield server.url


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
    with running_redis() as server:
        yield server.url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis."""
    redis.Redis.from_url(redis_server).flushall()
    return redis_server
