"""Excerpts in which people say much the same, in whatever words they share."""

from dataclasses import dataclass
from uuid import UUID

from backend.discovery.engine import find_similar_documents, telling_outages
from backend.tagging.models import Excerpt
from backend.tagging.selectors import get_excerpts_in_order
from search.documents import document_key
from search.result import Hit
from search.similarity import SimilarQuery

# Some may have been deleted a moment ago, or be the same words marked twice.
SPARE = 10


@dataclass(frozen=True)
class SimilarExcerpt:
    """An excerpt alike to another: how much (0 to 1), by what, and which words they share."""

    excerpt: Excerpt
    score: float
    highlights: list[tuple[int, int]]
    why: str = "words"


def find_similar(excerpt: Excerpt, *, limit: int) -> list[SimilarExcerpt]:
    """Those that share most of its telling words, most alike first; never itself, nor the same
    words marked again. One question to the engine, three queries. Raises UnavailableError.
    """
    query = SimilarQuery(
        workspace_id=str(excerpt.workspace_id),
        text=excerpt.text,
        leave_out=(document_key("excerpt", str(excerpt.id)),),
        limit=limit + SPARE,
    )
    with telling_outages():
        hits = {UUID(hit.id): hit for hit in find_similar_documents(query)}
    rows = get_excerpts_in_order(excerpt.workspace_id, hits)
    others = [row for row in rows if not _overlap(row, excerpt)]
    return [_similar(row, hits[row.id]) for row in others[:limit]]


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.transcript_id == other.transcript_id and not set(one.word_ids).isdisjoint(
        other.word_ids
    )


def _similar(excerpt: Excerpt, hit: Hit) -> SimilarExcerpt:
    # The text may have become shorter since it was indexed.
    ranges = [(start, min(end, len(excerpt.text))) for start, end in hit.text_highlight]
    return SimilarExcerpt(
        excerpt, hit.score, [(start, end) for start, end in ranges if start < end]
    )
