"""Documents to search in, and short ways to ask for them."""

import uuid
from typing import Any

from search import Filters, SearchDocument, SearchEngine, SearchQuery, SearchResult

ALICES = str(uuid.UUID(int=1))
CHARLIES = str(uuid.UUID(int=2))
NOON_S = 1_700_000_000


def make_document(id: str, text: str, **values: Any) -> SearchDocument:
    """An excerpt of Alice's workspace, unless said otherwise."""
    defaults: dict[str, Any] = {
        "kind": "excerpt",
        "workspace_id": ALICES,
        "created_at_s": NOON_S,
        "version": 1,
    }
    return SearchDocument(id=id, text=text, **(defaults | values))


def ask(engine: SearchEngine, text: str = "", **values: Any) -> SearchResult:
    """Searches Alice's workspace; unknown names are filters."""
    names = {"workspace_id", "kinds", "offset", "limit", "facets"}
    options = {name: values.pop(name) for name in list(values) if name in names}
    options.setdefault("workspace_id", ALICES)
    return engine.search(SearchQuery(text=text, filters=Filters(**values), **options))


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def find(engine: SearchEngine, text: str, **values: Any) -> set[str]:
    """The ids of what is found, in no order."""
    return set(ids(ask(engine, text, **values)))


def counted(result: SearchResult, facet: str) -> dict[str, int]:
    return {value: count.documents for value, count in result.facets[facet].items()}
