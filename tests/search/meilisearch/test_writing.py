"""How documents get into an index, out of it, and into a new one beside it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from search import SearchUnavailableError
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.engine import filled_key
from search.settings import MEILISEARCH_SETTINGS
from tests.search.corpus import ALICES, NOON_S, make_document
from tests.search.meilisearch.answers import FILLED, MINE, NOT_FOUND, error
from tests.search.recording_server import WHEN, RecordingServer


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
