"""Rows → search documents, a batch at a time and in the same number of queries for any batch.

A row that must not be found (deleted, in a deleted session or study, of a participant who withdrew)
has no document.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from backend.discovery.documents.codebook import read_paths, read_tags, text_of_tag
from backend.discovery.documents.excerpts import read_excerpts
from backend.discovery.documents.memos import read_memos
from backend.discovery.documents.passages import live_passages, read_passages
from backend.discovery.documents.shape import (
    Content,
    Where,
    number_document,
    version_of,
)
from backend.discovery.documents.synthesis import (
    read_claims,
    read_insights,
    read_personas,
    text_of_insight,
)
from backend.discovery.documents.whole import Batch, cut_workspace
from search.documents import SearchDocument, document_key

_READERS: dict[str, Callable[[UUID, Where], Iterator[Content]]] = {
    "excerpt": read_excerpts,
    "insight": read_insights,
    "persona": read_personas,
    "claim": read_claims,
    "tag": read_tags,
    "passage": read_passages,
    "memo": read_memos,
}
KINDS = tuple(_READERS)


def build_documents(kind: str, workspace_id: UUID, where: Where) -> Iterator[SearchDocument]:
    """Documents of those of these rows of a kind that may be found."""
    return map(number_document, _READERS[kind](workspace_id, where))


def read_versions(kind: str, workspace_id: UUID, where: Where) -> Iterator[tuple[str, int]]:
    """Key and version of the same documents, which are not made for it."""
    for content in _READERS[kind](workspace_id, where):
        yield document_key(kind, content["id"]), version_of(content)


__all__ = [
    "KINDS",
    "Batch",
    "Where",
    "build_documents",
    "cut_workspace",
    "live_passages",
    "read_paths",
    "read_versions",
    "text_of_insight",
    "text_of_tag",
]
