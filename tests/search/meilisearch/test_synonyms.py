"""What is asked of Meilisearch where words mean the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from search import Hit, SearchQuery
from search.engines.meilisearch import MeilisearchEngine
from search.result import SearchResult
from tests.search.corpus import ALICES
from tests.search.recording_server import RecordingServer

GROUPS = (("appointment", "visit", "check-up"),)
SEARCH = "POST /multi-search"


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        server.answers[SEARCH] = answer
        yield server


def answer(body: Any) -> tuple[int, Any]:
    federation = body["federation"]
    if federation is None:
        return 200, {"results": [{"totalHits": 0, "hits": []} for _ in body["queries"]]}
    if "page" not in federation:
        found = {"kind": "excerpt", "id": "1", "text": "A visit", "_rankingScore": 0.8}
        place = {"start": 2, "length": 5}
        federated = {"weightedRankingScore": 0.4, "queriesPosition": 1}
        return 200, {
            "hits": [{**found, "_matchesPosition": {"text": [place]}, "_federation": federated}]
        }
    [facets] = federation["facetsByIndex"].values()
    return 200, {
        "hits": [{"kind": "excerpt"}],
        "totalHits": 7,
        "facetDistribution": {name: {"a": 5, "b": 2} for name in facets},
    }


def search(server: RecordingServer, text: str, **values: Any) -> SearchResult:
    engine = MeilisearchEngine(server.url, "secret")
    return engine.search(SearchQuery(workspace_id=ALICES, text=text, synonyms=GROUPS, **values))


def test_each_search_is_one_federation_of_every_choice_of_words(server: RecordingServer) -> None:
    search(server, "desk appointment", offset=20, limit=10)
    page, counts, people = server.bodies(SEARCH)
    for body in (page, counts, people):
        assert [each["q"] for each in body["queries"]] == [
            "desk appointment",
            "desk appoint ",
            "desk visit ",
            'desk "check-up" ',
            "desk vis ",
        ]
        weights = [each["federationOptions"]["weight"] for each in body["queries"]]
        assert weights == [1.0, 0.9, 0.5, 0.5, 0.45]
        for each in body["queries"]:
            assert each["filter"][0] == f'workspace_id = "{ALICES}"'
            # Meilisearch refuses these in the queries of a federation.
            assert not {"page", "hitsPerPage", "offset", "limit", "facets"} & set(each)
    assert page["federation"] == {"offset": 20, "limit": 10}
    assert people["federation"] == {
        "page": 1,
        "hitsPerPage": 1,
        "mergeFacets": {},
        "facetsByIndex": {"earshot_v4": ["participant_ids"]},
    }
    assert "quadrants" in counts["federation"]["facetsByIndex"]["earshot_v4"]


def test_the_answers_become_one_result(server: RecordingServer) -> None:
    result = search(server, "appointment")
    assert result.hits == (Hit("excerpt", "1", 0.4, ((2, 7),)),)
    assert (result.total, result.people) == (7, 2)
    assert result.facets["quadrants"]["a"].documents == 5
    assert [each.words for each in result.also_searched] == [("visit", "check-up")]


def test_without_synonyms_it_stays_one_request(server: RecordingServer) -> None:
    engine = MeilisearchEngine(server.url, "secret")
    engine.search(SearchQuery(workspace_id=ALICES, text='"appointment"', synonyms=GROUPS))
    [body] = server.bodies(SEARCH)
    assert body["federation"] is None
