"""Excerpts in which people say much the same: by what it means, or by the words they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.discovery.engine import (
    find_close_documents,
    find_similar_documents,
    telling_outages,
)
from backend.tagging.models import Excerpt
from backend.tagging.selectors import get_excerpts_in_order
from search.documents import document_key
from search.meaning import MeaningQuery
from search.result import Hit
from search.similarity import SimilarQuery

# Some may have been deleted a moment ago, or be the same words marked twice.
SPARE = 10


@dataclass(frozen=True)
class SimilarExcerpt:
    """An excerpt alike to a text: how much (0 to 1), by what, and which words they share."""

    excerpt: Excerpt
    score: float
    highlights: list[tuple[int, int]]
    why: str


def find_similar(excerpt: Excerpt, *, limit: int) -> list[SimilarExcerpt]:
    """Those that say much the same, most alike first; never itself, nor the same words marked
    again. By meaning where that finds some, else by shared words. Two questions to the engine at
    most, three queries. Raises UnavailableError.
    """
    with telling_outages():
        hits = _find_close(excerpt, limit)
        why = "meaning" if hits else "words"
        hits = hits or _find_with_same_words(excerpt, limit)
    similar = load_similar(excerpt.workspace_id, hits, why=why)
    return [each for each in similar if not _overlap(each.excerpt, excerpt)][:limit]


def load_similar(workspace_id: UUID, hits: Iterable[Hit], *, why: str) -> list[SimilarExcerpt]:
    """The live excerpts behind these hits, in their order. Three queries."""
    by_id = {UUID(hit.id): hit for hit in hits}
    rows = get_excerpts_in_order(workspace_id, by_id)
    return [_similar(row, by_id[row.id], why) for row in rows]


def _find_close(excerpt: Excerpt, limit: int) -> Sequence[Hit] | None:
    return find_close_documents(
        MeaningQuery(
            workspace_id=str(excerpt.workspace_id),
            text=excerpt.text,
            leave_out=(document_key("excerpt", str(excerpt.id)),),
            limit=limit + SPARE,
        )
    )


def _find_with_same_words(excerpt: Excerpt, limit: int) -> Sequence[Hit]:
    return find_similar_documents(
        SimilarQuery(
            workspace_id=str(excerpt.workspace_id),
            text=excerpt.text,
            leave_out=(document_key("excerpt", str(excerpt.id)),),
            limit=limit + SPARE,
        )
    )


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.transcript_id == other.transcript_id and not set(one.word_ids).isdisjoint(
        other.word_ids
    )


def _similar(excerpt: Excerpt, hit: Hit, why: str) -> SimilarExcerpt:
    # The text may have become shorter since it was indexed.
    ranges = [(start, min(end, len(excerpt.text))) for start, end in hit.text_highlight]
    highlights = [(start, end) for start, end in ranges if start < end]
    return SimilarExcerpt(excerpt, hit.score, highlights, why)
