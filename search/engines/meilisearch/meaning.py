"""Finding what is close in meaning with Meilisearch, by vectors that we send it."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.documents import SearchDocument, document_key
from search.engines.meilisearch.filters import filter_expression
from search.meaning import MeaningModel, MeaningQuery, close_hits, vector_of
from search.query import MAX_LIMIT
from search.result import Hit
from search.settings import embedder_name

_Json = dict[str, Any]


def vectors_field(
    model: MeaningModel | None, document: SearchDocument | None, *, without: Sequence[str] = ()
) -> _Json:
    """What is sent besides a document: its vector, or that it has none, which must be said, as it
    must of the embedders in `without`.
    """
    nothing = dict.fromkeys(without)
    if model is None:
        return {"_vectors": nothing} if nothing else {}
    vector = None if document is None else vector_of(model, document)
    numbers = None if vector is None else [round(float(number), 4) for number in vector]
    return {"_vectors": {**nothing, embedder_name(model): numbers}}


def meaning_search(model: MeaningModel, query: MeaningQuery) -> _Json | None:
    """By vectors alone: what the words find is another question. None for a text without any."""
    vector = model.vector(query.text)
    if vector is None:
        return None
    return {
        "q": "",
        "vector": [float(number) for number in vector],
        "hybrid": {"embedder": embedder_name(model), "semanticRatio": 1.0},
        "filter": [*filter_expression(query.workspace_id, query.conditions())],
        "limit": query.limit + min(len(query.leave_out), MAX_LIMIT),
        "attributesToRetrieve": ["kind", "id", "text"],
    }


def meaning_hits(
    model: MeaningModel, query: MeaningQuery, found: Sequence[Mapping[str, Any]]
) -> tuple[Hit, ...]:
    """The hits, from what Meilisearch answered; how close each is, is reckoned from its text."""
    asked = model.vector(query.text)
    scored = []
    for hit in found:
        vector = model.vector(hit["text"])
        score = 0.0 if asked is None or vector is None else float(asked @ vector)
        scored.append((score, document_key(hit["kind"], hit["id"]), hit["text"]))
    return close_hits(query, scored)
