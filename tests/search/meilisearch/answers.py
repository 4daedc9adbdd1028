"""What a server of Meilisearch answers, in its own words."""

from collections.abc import Callable
from typing import Any

from search.engines.meilisearch.engine import filled_key
from search.settings import MEILISEARCH_SETTINGS
from tests.search.corpus import ALICES


def error(status: int, code: str) -> tuple[int, Any]:
    return status, {"message": f"About {code}.", "code": code}


NOT_FOUND = error(404, "index_not_found")
SEARCH = "POST /multi-search"
FILLED = f"GET /indexes/earshot_v4/documents/{filled_key(MEILISEARCH_SETTINGS)}?fields=key"
MINE = f'workspace_id = "{ALICES}"'


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
