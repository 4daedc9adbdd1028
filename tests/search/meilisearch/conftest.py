"""A server that records what it is asked, and the engine that asks it."""

from collections.abc import Iterator

import pytest

from search.engines.meilisearch import MeilisearchEngine
from tests.search.recording_server import RecordingServer


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        server.answers["GET /indexes/earshot_v4"] = (200, {"uid": "earshot_v4"})
        yield server


@pytest.fixture
def engine(server: RecordingServer) -> MeilisearchEngine:
    return MeilisearchEngine(server.url + "/", "secret", task_timeout_s=30)
