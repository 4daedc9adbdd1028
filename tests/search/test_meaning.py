"""Excerpts found by their meaning: the model itself, and both engines."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import SearchEngine, SearchQuery, SearchQueryError
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.meaning import VectorStore
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.engine import filled_key
from search.meaning import (
    TENSORS,
    MeaningModel,
    MeaningModelError,
    MeaningQuery,
    as_bytes,
    is_model,
    read_tensors,
)
from search.query import Filters
from search.settings import MEILISEARCH_SETTINGS, embedder_name, meilisearch_settings
from tests.search.corpus import ALICES, CHARLIES, make_document
from tests.search.meaning_model import DIRECTIONS, make_model
from tests.search.recording_server import RecordingServer

CORPUS = [
    make_document("line", "we stood in line", study_ids=("s1",)),
    make_document("waiting", "waiting and waiting", study_ids=("s2",)),
    make_document("price", "the price was affordable"),
    make_document("unknown", "zzz"),
    make_document("insight", "the queue is long", kind="insight"),
    make_document("theirs", "we stood in the queue", workspace_id=CHARLIES),
]
MEILI_URL = os.environ.get("MEILI_URL")


@pytest.fixture
def model(tmp_path: Path) -> MeaningModel:
    return make_model(tmp_path / "model")


class TestModel:
    def test_other_words_for_the_same_are_close(self, model: MeaningModel) -> None:
        queue, line, price = map(model.vector, ("the queue", "in LINE!", "a price"))
        assert queue is not None
        assert line is not None
        assert price is not None
        assert float(queue @ line) > 0.9
        assert float(queue @ price) < 0.1
        assert float(np.linalg.norm(line)) == pytest.approx(1)

    @pytest.mark.parametrize("text", ["", "  ", "zzz unknown", "\ud800"])
    def test_a_text_of_no_known_word_has_no_vector(self, model: MeaningModel, text: str) -> None:
        assert model.vector(text) is None

    @given(text=st.text(max_size=80))
    def test_any_text_has_a_vector_of_length_one_or_none(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        model = make_model(tmp_path_factory.getbasetemp() / "any")
        vector = model.vector(f"{text} line")
        assert vector is None or float(np.linalg.norm(vector)) == pytest.approx(1)

    def test_another_model_has_another_fingerprint(
        self, model: MeaningModel, tmp_path: Path
    ) -> None:
        assert make_model(tmp_path / "same").fingerprint == model.fingerprint
        assert make_model(tmp_path / "other", DIRECTIONS[:2]).fingerprint != model.fingerprint

    def test_weights_and_mapping_of_a_smaller_model_count(
        self, model: MeaningModel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tensors = read_tensors(model.directory / TENSORS)
        rows = len(tensors["embeddings"])
        tensors["mapping"] = np.arange(rows)[::-1].copy()
        tensors["embeddings"] = tensors["embeddings"][::-1]
        tensors["weights"] = np.linspace(0.5, 1, rows, dtype=np.float32)
        monkeypatch.setattr("search.meaning.read_tensors", lambda path: tensors)
        smaller = MeaningModel(model.directory).vector("queue")
        whole = model.vector("queue")
        assert smaller is not None
        assert whole is not None
        assert float(smaller @ whole) == pytest.approx(1, abs=1e-3)

    def test_a_folder_that_is_no_model_is_said_so(self, model: MeaningModel) -> None:
        assert is_model(model.directory)
        assert not is_model(model.directory.parent)
        (model.directory / TENSORS).write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{} and more")
        with pytest.raises(MeaningModelError, match="Make it again"):
            MeaningModel(model.directory).vector("queue")
        with pytest.raises(MeaningModelError, match="can't be read"):
            MeaningModel(model.directory.parent).vector("queue")


def close(
    engine: SearchEngine, text: str = "queue", workspace_id: str = ALICES, **values: Any
) -> list[str] | None:
    query = MeaningQuery(workspace_id=workspace_id, text=text, **values)
    hits = engine.close_in_meaning(query)
    return None if hits is None else [hit.id for hit in hits]


@pytest.fixture(
    params=[
        "embedded",
        pytest.param(
            "meilisearch",
            marks=pytest.mark.skipif(not MEILI_URL, reason="needs a running Meilisearch server"),
        ),
    ]
)
def engine_with(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[MeaningModel | None], SearchEngine]]:
    """Opens the same index with one model or another, or none."""
    name = f"earshot_test_{uuid.uuid4().hex}"
    is_embedded = request.param == "embedded"

    def open_with(meaning: MeaningModel | None) -> SearchEngine:
        if is_embedded:
            return EmbeddedEngine(tmp_path / "index", meaning=meaning)
        key = os.environ.get("MEILI_API_KEY")
        return MeilisearchEngine(str(MEILI_URL), key, index_name=name, meaning=meaning)

    yield open_with
    if not is_embedded:
        MeilisearchEngine(str(MEILI_URL), os.environ.get("MEILI_API_KEY"))._delete_index(name)


Open = Callable[[MeaningModel | None], SearchEngine]


class TestEngines:
    @pytest.fixture
    def engine(self, engine_with: Open, model: MeaningModel) -> SearchEngine:
        engine = engine_with(model)
        engine.rebuild(CORPUS)
        return engine

    def test_other_words_for_the_same_are_found_the_closest_first(
        self, engine: SearchEngine
    ) -> None:
        assert close(engine, "queue") == ["line", "waiting"]
        assert close(engine, "waiting") == ["waiting", "line"]
        assert close(engine, "waiting", limit=1) == ["waiting"]
        assert close(engine, "cheap") == ["price"]

    def test_nothing_of_another_workspace(self, engine: SearchEngine) -> None:
        assert close(engine, "line", CHARLIES) == ["theirs"]
        assert close(engine, "line", str(uuid.uuid4())) == []

    def test_filters_narrow_and_what_is_left_out_stays_out(self, engine: SearchEngine) -> None:
        assert close(engine, filters=Filters(study_ids=("s2",))) == ["waiting"]
        assert close(engine, filters=Filters(without=(("study_ids", "s2"),))) == ["line"]
        assert close(engine, leave_out=("excerpt-line",)) == ["waiting"]

    def test_far_is_not_found(self, engine: SearchEngine) -> None:
        assert close(engine, "waiting price doctor", least_close=0.9) == []
        assert close(engine, "nobody knows these") == []

    def test_shared_words_are_marked(self, engine: SearchEngine) -> None:
        query = MeaningQuery(workspace_id=ALICES, text="the line")
        hits = engine.close_in_meaning(query)
        assert hits is not None
        first, second = hits
        assert (first.text_highlight, second.text_highlight) == (((12, 16),), ())
        assert first.score == pytest.approx(1, abs=0.01)
        assert second.score < 1

    def test_changes_are_found_at_once(self, engine: SearchEngine) -> None:
        assert close(engine, "shout") == []
        engine.upsert([make_document("new", "such a loud noise"), make_document("line", "cheap")])
        assert close(engine, "shout") == ["new"]
        assert close(engine, "queue") == ["waiting"]
        engine.delete(["excerpt-waiting"])
        assert close(engine, "queue") == []
        engine.delete_workspace(ALICES)
        assert close(engine, "shout") == []

    def test_the_words_still_find(self, engine: SearchEngine) -> None:
        found = engine.search(SearchQuery(workspace_id=ALICES, text="line"))
        assert [hit.id for hit in found.hits] == ["line"]

    def test_a_model_put_in_changed_or_taken_out_asks_for_a_new_index(
        self, engine_with: Open, model: MeaningModel, tmp_path: Path
    ) -> None:
        other = make_model(tmp_path / "other", DIRECTIONS[::-1], dimensions=8)
        engine_with(None).rebuild(CORPUS)
        for step in (model, other, None):
            engine = engine_with(step)
            assert engine.needs_rebuild()
            assert engine.is_filled()
            assert close(engine) is None
            # The old one answers and takes changes meanwhile.
            engine.upsert([make_document("price", "cheap words")])
            found = engine.search(SearchQuery(workspace_id=ALICES, text="line"))
            assert [hit.id for hit in found.hits] == ["line"]
            engine.rebuild(CORPUS)
            assert not engine.needs_rebuild()
            assert close(engine) == (None if step is None else ["line", "waiting"])


def test_without_a_model_nothing_is_stored_or_asked(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(CORPUS)
    assert not engine.needs_rebuild()
    assert close(engine) is None
    assert not list((tmp_path / "index").glob("*/MEANING"))


@pytest.mark.parametrize("limit", [0, 201])
def test_a_limit_that_makes_no_sense_is_refused(limit: int) -> None:
    with pytest.raises(SearchQueryError):
        MeaningQuery(workspace_id=ALICES, text="queue", limit=limit)


def test_the_closest_of_many_are_found_by_their_first_numbers() -> None:
    numbers = np.random.default_rng(7).normal(size=(30_000, 128)).astype(np.float32)
    numbers /= np.linalg.norm(numbers, axis=1, keepdims=True)
    store = VectorStore()
    store._append([*range(30_000)], [as_bytes(vector) for vector in numbers])
    asked = numbers[17] + 0.5 * numbers[1234]
    found, _ = store.closest(np.arange(100, 30_000), asked / np.linalg.norm(asked), 5)
    assert found[0] == 1234
    found, scores = store.closest(np.arange(30_000), asked / np.linalg.norm(asked), 5)
    exact = numbers[[*found]] @ asked / np.linalg.norm(asked)
    assert np.allclose(scores, exact, atol=0.01)
    assert [*found[:2]] == [17, 1234]


class TestMeilisearchRequests:
    @pytest.fixture
    def server(self) -> Iterator[RecordingServer]:
        with RecordingServer() as server:
            yield server

    @pytest.fixture
    def engine(self, server: RecordingServer, model: MeaningModel) -> MeilisearchEngine:
        return MeilisearchEngine(server.url, None, meaning=model)

    def test_each_document_comes_with_its_vector_or_says_that_it_has_none(
        self, engine: MeilisearchEngine, server: RecordingServer, model: MeaningModel
    ) -> None:
        engine.upsert(CORPUS[:5])
        [rows] = server.bodies("POST /indexes/earshot_v4/documents")
        vectors = {row["id"]: row["_vectors"][embedder_name(model)] for row in rows}
        assert len(vectors["line"]) == 16
        assert {id for id, vector in vectors.items() if vector is None} == {"unknown", "insight"}

    def test_the_question_is_one_of_vectors_within_the_workspace_and_the_filters(
        self, engine: MeilisearchEngine, server: RecordingServer, model: MeaningModel
    ) -> None:
        rows = [{"kind": "excerpt", "id": "waiting", "text": "waiting"},
                {"kind": "excerpt", "id": "line", "text": "a line"},
                {"kind": "excerpt", "id": "far", "text": "cheap"}]  # fmt: skip
        server.answers["POST /indexes/earshot_v4/search"] = (200, {"hits": rows})
        filters = Filters(study_ids=("s1",))
        assert close(engine, filters=filters, leave_out=("excerpt-x",)) == ["line", "waiting"]
        [question] = server.bodies("POST /indexes/earshot_v4/search")
        assert question["hybrid"] == {"embedder": embedder_name(model), "semanticRatio": 1.0}
        assert question["q"] == ""
        assert len(question["vector"]) == 16
        assert question["filter"][0] == f'workspace_id = "{ALICES}"'
        assert any("study_ids" in str(each) for each in question["filter"])
        assert any("excerpt" in str(each) for each in question["filter"])
        assert question["limit"] == 11

    def test_an_index_without_these_vectors_is_no_fault(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        refusal = {"message": "Cannot find embedder", "code": "invalid_search_embedder"}
        server.answers["POST /indexes/earshot_v4/search"] = (400, refusal)
        assert close(engine) is None

    def test_the_settings_and_what_says_that_an_index_is_filled_name_the_model(
        self, engine: MeilisearchEngine, server: RecordingServer, model: MeaningModel
    ) -> None:
        settings = meilisearch_settings(model)
        assert settings["embedders"] == {
            embedder_name(model): {"source": "userProvided", "dimensions": 16}
        }
        assert filled_key(settings) != filled_key(MEILISEARCH_SETTINGS)
        assert meilisearch_settings(None) == MEILISEARCH_SETTINGS
        filled = f"GET /indexes/earshot_v4/documents/{filled_key(settings)}?fields=key"
        server.answers[filled] = (200, {"key": filled_key(settings)})
        assert not engine.needs_rebuild()

    def test_an_old_index_is_told_that_its_model_is_gone(self, server: RecordingServer) -> None:
        engine = MeilisearchEngine(server.url, None)
        server.failures = [{"message": "no vectors", "code": "vector_embedding_error"}]
        embedders = {"meaning_old": {"source": "userProvided", "dimensions": 8}}
        server.answers["GET /indexes/earshot_v4/settings/embedders"] = (200, embedders)
        engine.upsert(CORPUS[:1])
        [first, second] = server.bodies("POST /indexes/earshot_v4/documents")
        assert "_vectors" not in first[0]
        assert second[0]["_vectors"] == {"meaning_old": None}

    def test_an_index_that_only_lacks_the_model_is_believed(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        fetch = "POST /indexes/earshot_v4/documents/fetch"
        server.answers[fetch] = (200, {"results": [], "offset": 0, "limit": 1, "total": 1})
        assert engine.is_filled()
        for code in ("index_not_found", "invalid_document_filter"):
            server.answers[fetch] = (404, {"message": "no", "code": code})
            assert not engine.is_filled()
