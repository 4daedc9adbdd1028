"""What is said when the server refuses or is away."""

from typing import Any

import pytest

from search import SearchError, SearchQueryError, SearchUnavailableError
from search.engines import open_engine
from search.engines.meilisearch import MeilisearchEngine
from tests.search.corpus import ask
from tests.search.meilisearch.answers import NOT_FOUND, SEARCH, error
from tests.search.recording_server import RecordingServer


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
