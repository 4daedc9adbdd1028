"""Excerpts that say what somebody typed in other words than theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.discovery.engine import find_close_documents, has_meaning, telling_outages
from backend.discovery.selectors import find_excerpts, read_filters
from backend.discovery.similar import SPARE, SimilarExcerpt, load_similar
from search.documents import document_key
from search.meaning import LEAST_CLOSE_TO_WORDS, MeaningQuery
from search.parsing import parse_text
from search.query import MAX_LIMIT

MOST_SHOWN = 10


@dataclass(frozen=True)
class CloseExcerpts:
    """What the words did not find; `is_available`: whether there is a model to tell."""

    is_available: bool
    results: list[SimilarExcerpt] = field(default_factory=list)


def find_close(workspace_id: UUID, question: Mapping[str, Any]) -> CloseExcerpts:
    """Within the question's filters, the closest first. Two questions to the engine.

    Nothing where the question asks for exact words, for no excerpts, or where its words find more
    than anybody reads anyway. Raises UnavailableError, and InvalidInputError if the engine can't
    take the question.
    """
    if not has_meaning():
        return CloseExcerpts(is_available=False)
    if not _is_free_text(question["q"]) or not _asks_for_excerpts(question):
        return CloseExcerpts(is_available=True)
    by_words = find_excerpts(workspace_id, question, offset=0, limit=MAX_LIMIT)
    if by_words.total > MAX_LIMIT:
        return CloseExcerpts(is_available=True)
    query = MeaningQuery(
        workspace_id=str(workspace_id),
        text=question["q"],
        filters=read_filters(question),
        leave_out=tuple(document_key("excerpt", str(id)) for id in by_words.ids),
        limit=MOST_SHOWN + SPARE,
        least_close=LEAST_CLOSE_TO_WORDS,
    )
    with telling_outages():
        hits = find_close_documents(query)
    if hits is None:
        return CloseExcerpts(is_available=False)
    found = load_similar(workspace_id, hits, why="meaning")
    return CloseExcerpts(is_available=True, results=found[:MOST_SHOWN])


def _is_free_text(text: str) -> bool:
    parsed = parse_text(text)
    has_quotes = any(term.is_quoted for term in parsed.terms)
    return bool(parsed.terms) and not has_quotes and not parsed.excluded


def _asks_for_excerpts(question: Mapping[str, Any]) -> bool:
    return not question["kind"] or "excerpt" in question["kind"]
