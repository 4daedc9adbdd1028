"""What a search asks the server, and what it makes of the answers."""

import threading
from typing import Any

from search import FacetCount, Hit
from search.engines.meilisearch import MeilisearchEngine
from tests.search.corpus import ask
from tests.search.meilisearch.answers import (
    MINE,
    SEARCH,
    answers,
    hit,
    only_for,
)
from tests.search.recording_server import RecordingServer


class TestSearching:
    def test_one_request_asks_for_everything(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = only_for("nothing")
        ask(
            engine,
            "don't “on hold” -app",
            kinds=["excerpt"],
            quadrants=["pain"],
            attributes=["age=30s"],
            participant_ids=["ann"],
            offset=40,
            limit=10,
        )
        *first_try, _fallback = server.bodies(SEARCH)
        page, counts, people, kinds, quadrants, attributes = first_try[0]["queries"]
        conditions = {
            "kind": 'kind IN ["excerpt"]',
            "quadrants": 'quadrants IN ["pain"]',
            "attributes": 'attributes IN ["age=30s"]',
            "participants": 'participant_ids IN ["ann"]',
        }
        everything = [MINE, *conditions.values()]
        common = {
            "indexUid": "earshot_v4",
            "q": 'don\'t "on hold" -app',
            "matchingStrategy": "all",
            # Quotes and exclusions ask for the words themselves, not for their forms.
            "attributesToSearchOn": ["title", "text"],
        }
        assert page == common | {
            "filter": everything,
            "offset": 40,
            "limit": 10,
            "attributesToRetrieve": ["kind", "id", "text"],
            "showMatchesPosition": True,
            "showRankingScore": True,
        }
        no_hits = common | {"page": 1, "hitsPerPage": 0}
        assert counts["facets"] == [
            "kind", "quadrants", "aspects", "persona_ids", "study_ids", "tag_ids",
            "session_kind", "attributes", "product_area", "speaker_role", "intensities",
            "has_insight", "is_key_quote",
        ]  # fmt: skip
        assert counts == no_hits | {"filter": everything, "facets": counts["facets"]}
        assert people == no_hits | {
            "filter": [*everything, 'kind IN ["excerpt"]'],
            "facets": ["participant_ids"],
        }
        for each, name in ((kinds, "kind"), (quadrants, "quadrants"), (attributes, "attributes")):
            others = [condition for key, condition in conditions.items() if key != name]
            assert each == no_hits | {"filter": [MINE, *others], "facets": [name]}

    def test_every_search_names_the_workspace(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = only_for("desk")
        ask(engine, "desk ghost", quadrants=['" OR kind = "excerpt'])
        searches = [each for body in server.bodies(SEARCH) for each in body["queries"]]
        # All words, each of them, what is known of them, and the best choice.
        assert len(searches) == 4 + 2 + 1 + 4
        assert {each["filter"][0] for each in searches} == {MINE}

    def test_answers_become_results(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = answers(
            [hit("1", "🎉 Café desks", (11, 4), score=0.9), hit("2", "split word", (0, 3))],
            facets={"quadrants": {"pain": 2, "gain": 1}, "is_key_quote": {"false": 2}},
            people={"ann": 5, "bob": 1},
        )
        result = ask(engine, "desk")
        assert result.hits == (
            Hit("excerpt", "1", 0.9, ((7, 12),)),
            Hit("excerpt", "2", 0.5, ((0, 5),)),
        )
        assert (result.total, result.people) == (2, 2)
        assert result.facets["quadrants"] == {"pain": FacetCount(2), "gain": FacetCount(1)}
        assert result.facets["is_key_quote"] == {"false": FacetCount(2)}
        assert result.facets["tag_ids"] == {}

    def test_filtered_facets_are_counted_without_their_own_filter(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = answers(
            [hit("1", "desk")],
            facets={
                "quadrants": {"pain": 1},
                "attributes": {"age=30s": 1, "city=Leeds": 1, "note=a＼b": 1},
            },
            widened=[
                {"quadrants": {"pain": 1, "gain": 4}},
                {"attributes": {"age=30s": 1, "age=70s": 3, "city=Leeds": 4}},
            ],
        )
        result = ask(engine, "desk", quadrants=["pain", "see"], attributes=["age=30s"])
        assert result.facets["quadrants"] == {
            "gain": FacetCount(4),
            "pain": FacetCount(1),
            "see": FacetCount(0, 0),
        }
        assert result.facets["attributes"] == {
            "age=70s": FacetCount(3),
            "age=30s": FacetCount(1),
            "city=Leeds": FacetCount(1),
            "note=a\\b": FacetCount(1),
        }

    def test_what_nothing_has_is_left_out(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = only_for("desk", hit("1", "desk"))
        result = ask(engine, "ghost desk fox", quadrants=["pain"])
        assert result.dropped_words == ("ghost", "fox")
        assert result.total == 1
        _all, each_word, _known, _best = server.bodies(SEARCH)
        assert [query["q"] for query in each_word["queries"]] == ["ghost", "desk", "fox"]
        for query in each_word["queries"]:
            assert (query["page"], query["hitsPerPage"], query["facets"]) == (1, 0, [])
            assert query["filter"] == [MINE, 'quadrants IN ["pain"]']

    def test_browsing_is_newest_first(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = answers()
        ask(engine, "", facets=())
        page, counts, _people = server.bodies(SEARCH)[0]["queries"]
        assert page["sort"] == ["created_at_s:desc"]
        assert counts["facets"] == []

    def test_threads_do_not_disturb_each_others_headers(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers[SEARCH] = answers()
        errors: list[Exception] = []

        def work(call: Any) -> None:
            try:
                for _ in range(20):
                    call()
            except Exception as error:
                errors.append(error)

        calls = [lambda: ask(engine, ""), engine.is_healthy] * 3
        threads = [threading.Thread(target=work, args=(call,)) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
