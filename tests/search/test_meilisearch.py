"""The Meilisearch engine without its server: what it asks, and what it makes of answers."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import FacetCount, Hit, SearchError, SearchQueryError, SearchUnavailableError
from search.engines import open_engine
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.engine import filled_key
from search.engines.meilisearch.filters import (
    any_of,
    filter_expression,
    original_value,
    quoted,
    stored_value,
)
from search.query import FilterGroup, NumberRange
from search.settings import MEILISEARCH_SETTINGS
from tests.search.corpus import ALICES, NOON_S, ask, make_document
from tests.search.recording_server import WHEN, RecordingServer


def error(status: int, code: str) -> tuple[int, Any]:
    return status, {"message": f"About {code}.", "code": code}


NOT_FOUND = error(404, "index_not_found")
SEARCH = "POST /multi-search"
FILLED = f"GET /indexes/earshot_v4/documents/{filled_key(MEILISEARCH_SETTINGS)}?fields=key"
MINE = f'workspace_id = "{ALICES}"'


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        server.answers["GET /indexes/earshot_v4"] = (200, {"uid": "earshot_v4"})
        yield server


@pytest.fixture
def engine(server: RecordingServer) -> MeilisearchEngine:
    return MeilisearchEngine(server.url + "/", "secret", task_timeout_s=30)


def answers(
    hits: list[dict[str, Any]] | None = None,
    *,
    facets: dict[str, dict[str, int]] | None = None,
    people: dict[str, int] | None = None,
    widened: list[dict[str, dict[str, int]]] | None = None,
) -> tuple[int, Any]:
    hits = hits or []
    return 200, {
        "results": [
            {"hits": hits, "offset": 0, "limit": 20, "estimatedTotalHits": 999},
            {"hits": [], "totalHits": len(hits), "facetDistribution": facets or {}},
            {"hits": [], "totalHits": 999, "facetDistribution": {"participant_ids": people or {}}},
            *({"hits": [], "totalHits": 0, "facetDistribution": each} for each in widened or []),
        ]
    }


def only_for(known: str, *hits: dict[str, Any]) -> Callable[[Any], tuple[int, Any]]:
    """These hits where this alone is searched for; nothing has other words, or more of them."""

    def respond(body: Any) -> tuple[int, Any]:
        queries = body["queries"]
        if "page" in queries[0]:
            return 200, {"results": [{"totalHits": int(each["q"] == known)} for each in queries]}
        found = list(hits) if queries[0]["q"] == known else []
        return answers(found, widened=[{}] * (len(queries) - 3))

    return respond


def hit(id: str, text: str, *positions: tuple[int, int], score: float = 0.5) -> dict[str, Any]:
    found = [{"start": start, "length": length} for start, length in positions]
    return {
        "kind": "excerpt",
        "id": id,
        "text": text,
        "_matchesPosition": {"text": found},
        "_rankingScore": score,
    }


class TestFilters:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("pain", '"pain"'),
            ('say "hm"', '"say \\"hm\\""'),
            ("a\\", '"a＼"'),
            ('\\" OR x = "', '"＼\\" OR x = \\""'),
            ("\ud800", '"?"'),
            ("", '""'),
        ],
    )
    def test_values_are_quoted(self, value: str, written: str) -> None:
        assert quoted(value) == written

    @given(st.text(max_size=50))
    def test_no_value_ends_its_quotes_early(self, value: str) -> None:
        """Read as Meilisearch does: a backslash takes the next letter with it."""
        written = quoted(value)
        assert written[0] == written[-1] == '"'
        inside = written[1:-1].replace('\\"', "")
        assert '"' not in inside
        assert "\\" not in inside

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="＼")))
    def test_stored_values_come_back(self, value: str) -> None:
        assert original_value(stored_value(value)) == value

    def test_the_workspace_comes_first_and_groups_are_joined(self) -> None:
        groups = [
            FilterGroup("quadrants", ("pain", "gain")),
            FilterGroup("session_kinds", ("interview",)),
            FilterGroup("tag_ids", ("t1",), is_excluded=True),
            NumberRange("created_at_s", 5, 9),
            NumberRange("created_at_s", high=9),
        ]
        assert filter_expression(ALICES, groups) == [
            MINE,
            'quadrants IN ["pain", "gain"]',
            'session_kind IN ["interview"]',
            'NOT tag_ids IN ["t1"]',
            "created_at_s >= 5 AND created_at_s < 9",
            "created_at_s < 9",
        ]
        assert any_of("kind", ["excerpt"]) == 'kind IN ["excerpt"]'


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


class TestWriting:
    def test_upsert_is_one_batch_and_waits(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        engine.upsert(
            [
                make_document("1", "lone \ud800", title="T", tag_ids=("t\\1",), is_key_quote=True),
                make_document("2", "two", kind="insight", session_kind="interview"),
            ]
        )
        assert server.calls() == ["POST /indexes/earshot_v4/documents"]
        [[first, second]] = server.bodies("POST /indexes/earshot_v4/documents")
        assert first == {
            "key": "excerpt-1",
            "kind": "excerpt",
            "id": "1",
            "workspace_id": ALICES,
            "title": "T",
            "text": "lone ?",
            "forms": "lone lon",
            "version": 1,
            "created_at_s": NOON_S,
            "key_quote_rank": 1,
            "is_key_quote": True,
            "tag_ids": ["t＼1"],
            "quadrants": [],
            "aspects": [],
            "persona_ids": [],
            "study_ids": [],
            "attributes": [],
            "participant_ids": [],
            "session_kind": None,
            "product_area": None,
            "speaker_role": None,
            "intensities": [],
            "has_insight": False,
        }
        assert (second["key"], second["session_kind"]) == ("insight-2", "interview")
        assert len([each for each in server.requests if each.path == "/tasks/0"]) >= 2
        assert server.requests[0].headers["Authorization"] == "Bearer secret"

    def test_nothing_to_write_asks_nothing(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        engine.upsert([])
        engine.delete([])
        assert server.requests == []

    def test_deletions(self, engine: MeilisearchEngine, server: RecordingServer) -> None:
        engine.delete(["excerpt-1", "insight-2"])
        engine.delete_workspace(ALICES)
        path = "POST /indexes/earshot_v4/documents"
        assert server.bodies(f"{path}/delete-batch") == [["excerpt-1", "insight-2"]]
        assert server.bodies(f"{path}/delete") == [{"filter": [MINE]}]

    def test_a_failed_task_is_told(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.failures.append({"message": "no space left", "code": "no_space_left_on_device"})
        with pytest.raises(SearchUnavailableError, match=r"no space left.*try again"):
            engine.upsert([make_document("1", "text")])

    def test_a_task_that_takes_too_long_is_told(self, server: RecordingServer) -> None:
        engine = MeilisearchEngine(server.url, None, task_timeout_s=0.05)
        waiting = {"uid": 0, "status": "enqueued", "type": "any", "enqueuedAt": WHEN}
        server.answers["GET /tasks/0"] = (200, waiting)
        with pytest.raises(SearchUnavailableError, match="in time"):
            engine.upsert([make_document("1", "text")])

    def test_a_missing_index_is_made(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        server.answers["GET /indexes/earshot_v4"] = NOT_FOUND
        engine.ensure_index()
        assert server.calls() == [
            "GET /indexes/earshot_v4",
            "POST /indexes",
            "PATCH /indexes/earshot_v4/settings",
        ]
        assert server.bodies("POST /indexes") == [{"primaryKey": "key", "uid": "earshot_v4"}]
        assert server.bodies("PATCH /indexes/earshot_v4/settings") == [MEILISEARCH_SETTINGS]

    def test_an_index_that_is_there_is_left_alone(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        engine.ensure_index()
        assert server.calls() == ["GET /indexes/earshot_v4"]

    @pytest.mark.parametrize("code", ["index_not_found", "document_not_found"])
    def test_an_index_that_no_rebuild_has_filled_needs_one(
        self, engine: MeilisearchEngine, server: RecordingServer, code: str
    ) -> None:
        server.answers[FILLED] = error(404, code)
        assert engine.needs_rebuild()
        server.answers[FILLED] = (200, {"key": filled_key(MEILISEARCH_SETTINGS)})
        assert not engine.needs_rebuild()

    @pytest.mark.parametrize(
        ("seconds_ago", "is_rebuilding"), [(5, True), (800, True), (1000, False)]
    )
    def test_a_rebuild_that_has_stopped_writing_is_over(
        self,
        engine: MeilisearchEngine,
        server: RecordingServer,
        seconds_ago: int,
        is_rebuilding: bool,
    ) -> None:
        written_at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        moment = written_at.strftime("%Y-%m-%dT%H:%M:%S.%f123Z")
        server.answers["GET /indexes/earshot_v4_building"] = (200, {"updatedAt": moment})
        assert engine.is_rebuilding() is is_rebuilding

    def test_rebuild_fills_beside_and_exchanges(
        self,
        engine: MeilisearchEngine,
        server: RecordingServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("search.engines.meilisearch.engine._REBUILD_BATCH", 2)
        building = "/indexes/earshot_v4_building"
        server.answers[f"GET {building}"] = NOT_FOUND
        server.failures.append({"message": "not there", "code": "index_not_found"})
        engine.rebuild(make_document(str(number), "text") for number in range(2))
        assert server.calls() == [
            f"GET {building}",
            "GET /indexes/earshot_v4",
            f"DELETE {building}",
            f"GET {building}",
            "POST /indexes",
            f"PATCH {building}/settings",
            f"POST {building}/documents",
            f"POST {building}/documents",
            "POST /swap-indexes",
            f"DELETE {building}",
        ]
        [[_, _], [last]] = server.bodies(f"POST {building}/documents")
        assert last["key"] == filled_key(MEILISEARCH_SETTINGS)
        pair = ["earshot_v4", "earshot_v4_building"]
        assert server.bodies("POST /swap-indexes") == [[{"indexes": pair}]]
        paths = [each.path for each in server.requests]
        sent = [index for index, path in enumerate(paths) if path == f"{building}/documents"]
        assert sent[1] == sent[0] + 1, "the second batch is sent without waiting for the first"
        assert paths.index("/swap-indexes") > sent[1] + 2

    def test_a_rebuild_that_fails_never_exchanges(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        building = "/indexes/earshot_v4_building"
        server.answers[f"GET {building}"] = NOT_FOUND
        not_there = {"message": "not there", "code": "index_not_found"}
        already = {"message": "already there", "code": "index_already_exists"}
        broken = {"message": "broken batch", "code": "internal"}
        server.failures += [not_there, already, None, broken]
        with pytest.raises(SearchUnavailableError, match="broken batch"):
            engine.rebuild([make_document("1", "text")])
        assert "POST /swap-indexes" not in server.calls()
        assert server.calls()[-1] == f"DELETE {building}"

    def test_two_rebuilds_do_not_run_at_once(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        now = datetime.now(UTC).isoformat()
        server.answers["GET /indexes/earshot_v4_building"] = (200, {"updatedAt": now})
        with pytest.raises(SearchUnavailableError, match="being rebuilt"):
            engine.rebuild([make_document("1", "text")])
        assert server.calls() == ["GET /indexes/earshot_v4_building"]

    def test_a_batch_that_is_too_large_is_sent_in_halves(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        sent: list[list[str]] = []

        def take_two(body: Any) -> tuple[int, Any]:
            if len(body) > 2:
                return error(413, "payload_too_large")
            sent.append([each["id"] for each in body])
            return server.enqueue()

        server.answers["POST /indexes/earshot_v4/documents"] = take_two
        engine.upsert([make_document(str(number), "text") for number in range(5)])
        assert sent == [["0", "1"], ["2"], ["3", "4"]]

    def test_counts_and_versions(self, engine: MeilisearchEngine, server: RecordingServer) -> None:
        rows = [{"key": f"excerpt-{number}", "version": number} for number in range(5)]

        def page(body: Any) -> tuple[int, Any]:
            start = body["offset"]
            return 200, {
                "results": rows[start : start + 2],
                "offset": start,
                "limit": 2,
                "total": 5,
            }

        server.answers["POST /indexes/earshot_v4/documents/fetch"] = page
        server.answers["POST /indexes/earshot_v4/search"] = (200, {"hits": [], "totalHits": 5})
        assert engine.count(ALICES) == 5
        assert list(engine.versions(ALICES)) == [(f"excerpt-{n}", n) for n in range(5)]
        [question] = server.bodies("POST /indexes/earshot_v4/search")
        assert question == {"q": "", "filter": [MINE], "page": 1, "hitsPerPage": 0}
        fetches = server.bodies("POST /indexes/earshot_v4/documents/fetch")
        assert [each["offset"] for each in fetches] == [0, 2, 4]
        assert {each["filter"][0] for each in fetches} == {MINE}


class TestTrouble:
    @pytest.mark.parametrize(
        ("answer", "kind", "message"),
        [
            (NOT_FOUND, SearchUnavailableError, "made from the database"),
            (error(403, "invalid_api_key"), SearchUnavailableError, "MEILI_API_KEY"),
            (error(400, "invalid_search_q"), SearchQueryError, "did not accept"),
            # Our filters are well formed: the index has other settings than ours.
            (error(400, "invalid_search_filter"), SearchUnavailableError, "Try again"),
            (error(404, "task_not_found"), SearchUnavailableError, "Try again"),
            (error(429, "too_many_requests"), SearchUnavailableError, "Try again"),
            (error(507, "no_space_left_on_device"), SearchUnavailableError, "its log"),
            (error(500, "internal"), SearchUnavailableError, "its log"),
            ((503, b"<html>proxy</html>"), SearchUnavailableError, "Try again"),
            ((200, b"<html>not Meilisearch</html>"), SearchUnavailableError, "MEILI_URL"),
        ],
    )
    def test_errors_say_what_to_do(
        self,
        engine: MeilisearchEngine,
        server: RecordingServer,
        answer: Any,
        kind: type[SearchError],
        message: str,
    ) -> None:
        server.answers[SEARCH] = answer
        with pytest.raises(kind, match=message) as raised:
            ask(engine, "reminder")
        assert "secret" not in str(raised.value)

    def test_no_server_is_told(self) -> None:
        with RecordingServer() as gone:
            url = gone.url
        engine = open_engine(url=url, api_key=None, directory=None)  # type: ignore[arg-type]
        assert not engine.is_healthy()
        with pytest.raises(SearchUnavailableError, match=f"No search server answers at {url}"):
            ask(engine, "reminder")

    def test_health_needs_the_index(
        self, engine: MeilisearchEngine, server: RecordingServer
    ) -> None:
        assert engine.is_healthy()
        server.answers["GET /indexes/earshot_v4"] = NOT_FOUND
        assert not engine.is_healthy()
