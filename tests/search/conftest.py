"""The two engines, each with an index of its own."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from search import SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.meilisearch import MeilisearchEngine

MEILI_URL = os.environ.get("MEILI_URL")


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index", lock_timeout_s=60)
    engine.ensure_index()
    return engine


@pytest.fixture(
    params=[
        "embedded",
        pytest.param(
            "meilisearch",
            marks=pytest.mark.skipif(not MEILI_URL, reason="needs a running Meilisearch server"),
        ),
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Each engine in turn, ready and empty; Meilisearch where MEILI_URL names a server."""
    if request.param == "embedded":
        yield request.getfixturevalue("embedded")
        return
    assert MEILI_URL
    name = f"earshot_test_{uuid.uuid4().hex}"
    meilisearch = MeilisearchEngine(MEILI_URL, os.environ.get("MEILI_API_KEY"), index_name=name)
    meilisearch.ensure_index()
    yield meilisearch
    meilisearch._delete_index(name)
