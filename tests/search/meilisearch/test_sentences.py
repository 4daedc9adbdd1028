"""What a server is asked where little has all words of a sentence, and what is made of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from search import SearchResult
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.forms import MOST_READINGS
from search.engines.meilisearch.shapes import MOST_QUERIES
from search.fallbacks import ENOUGH
from tests.search.corpus import ask, counted, ids, make_document
from tests.search.faults.keeping_server import KeepingServer, Row, passes
from tests.search.recording_server import Answer

TEXTS = {
    "whole": "zoo plum moss oak",
    "three": "zoo plum moss",
    "other-three": "plum moss oak",
    "two": "zoo oak",
    "one": "oak",
    "none": "fern",
}


class WordServer(KeepingServer):
    """Finds what has all words of a query, and joins queries as a federation does: each document
    once, by the query of most weight that finds it.
    """

    def _search_all(self, queries: list[Row], federation: Row | None) -> Answer:
        if federation is None:
            return 200, {"results": [_answer(self._rows(each), each) for each in queries]}
        best: dict[str, Row] = {}
        for position, query in enumerate(queries):
            weight = query["federationOptions"]["weight"]
            said = {"queriesPosition": position, "weightedRankingScore": weight}
            for row in self._rows(query):
                if weight > best.get(row["key"], {"weight": 0.0})["weight"]:
                    best[row["key"]] = row | {"_federation": said, "weight": weight}
        heaviest = sorted(best.values(), key=lambda row: -row["weight"])
        return 200, _answer(heaviest, federation | {"facets": _facets_of(federation)})

    def _rows(self, query: Row) -> list[Row]:
        return [
            row
            for row in self.indexes[query["indexUid"]].values()
            if passes(row, query["filter"]) and {*query["q"].split()} <= {*row["text"].split()}
        ]


def _facets_of(federation: Row) -> list[str]:
    return [name for names in federation.get("facetsByIndex", {}).values() for name in names]


def _answer(rows: list[Row], query: Row) -> dict[str, Any]:
    offset, limit = query.get("offset", 0), query.get("limit", 0)
    distribution: dict[str, dict[str, int]] = {}
    for name in query.get("facets", []):
        values = distribution[name] = {}
        for row in rows:
            for value in row[name] if isinstance(row[name], list) else [row[name]]:
                values[value] = values.get(value, 0) + 1
    return {
        "hits": rows[offset : offset + limit],
        "totalHits": len(rows),
        "facetDistribution": distribution,
    }


@pytest.fixture
def server() -> Iterator[WordServer]:
    with WordServer() as running:
        yield running


@pytest.fixture
def engine(server: WordServer) -> MeilisearchEngine:
    engine = MeilisearchEngine(server.url, "secret")
    engine.rebuild(
        make_document(
            id, text, quadrants=("pain",) if "zoo" in text else ("gain",), participant_ids=(id,)
        )
        for id, text in TEXTS.items()
    )
    return engine


def missing(result: SearchResult) -> dict[str, tuple[str, ...]]:
    return {hit.id: hit.missing_words for hit in result.hits}


def test_more_words_come_first_and_everything_is_counted_once(engine: MeilisearchEngine) -> None:
    result = ask(engine, "zoo plum moss oak")
    assert ids(result)[0] == "whole"
    assert {*ids(result)[1:3]} == {"three", "other-three"}
    assert ids(result)[3:] == ["two", "one"]
    assert missing(result) == {
        "whole": (),
        "three": ("oak",),
        "other-three": ("zoo",),
        "two": ("plum", "moss"),
        "one": ("zoo", "plum", "moss"),
    }
    assert (result.total, result.complete, result.people) == (5, 1, 5)
    assert counted(result, "quadrants") == {"pain": 3, "gain": 2}


def test_pages_follow_each_other(engine: MeilisearchEngine) -> None:
    pages = [ask(engine, "zoo plum moss oak", offset=n, limit=2) for n in (0, 2, 4)]
    assert [hit for page in pages for hit in page.hits] == [*ask(engine, "zoo plum moss oak").hits]
    assert {page.total for page in pages} == {5}


def test_what_the_server_values_less_for_its_typos_stays_above(
    engine: MeilisearchEngine, server: WordServer
) -> None:
    search_all = server._search_all

    def reversed_hits(queries: list[Row], federation: Row | None) -> Answer:
        status, answer = search_all(queries, federation)
        return status, answer | {"hits": answer.get("hits", [])[::-1]}

    server._search_all = reversed_hits  # type: ignore[method-assign]
    assert ids(ask(engine, "zoo plum moss oak"))[0] == "whole"


def test_quotes_and_exclusions_are_in_every_search(
    engine: MeilisearchEngine, server: WordServer
) -> None:
    server.requests.clear()
    ask(engine, 'zoo plum moss oak "on hold" -fern')
    searches = [each for body in server.bodies("POST /multi-search") for each in body["queries"]]
    assert searches
    for each in searches:
        assert '"on hold"' in each["q"] or len(each["q"].split()) == 2
        assert each["q"].endswith("-fern")


def test_a_sentence_has_a_bound_of_searches(engine: MeilisearchEngine, server: WordServer) -> None:
    engine.rebuild(
        make_document(str(n), text)
        for n, text in enumerate(("reminders trusting", "stopping waiting", "calling cancelled"))
    )
    server.requests.clear()
    ask(engine, "reminders trusting stopping waiting calling cancelled", facets=())
    bodies = server.bodies("POST /multi-search")
    assert max(len(body["queries"]) for body in bodies) <= MOST_QUERIES
    assert sum(len(body["queries"]) for body in bodies) <= 3 * MOST_QUERIES + (
        (1 + MOST_READINGS) * (3 + 1 + 6 + 32)
    )
    assert len(bodies) <= 3 + (1 + 6 + 32) + 3


def test_where_enough_has_all_words_nothing_more_is_asked(
    engine: MeilisearchEngine, server: WordServer
) -> None:
    engine.upsert([make_document(str(n), "zoo plum moss oak") for n in range(ENOUGH)])
    server.requests.clear()
    assert ask(engine, "zoo plum moss oak").total == ENOUGH + 1
    # The page, the total, and the people.
    assert len(server.bodies("POST /multi-search")) == 3
