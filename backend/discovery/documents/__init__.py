"""Rows → search documents, a batch at a time and in the same number of queries for any batch.

A row that must not be found (deleted, in a deleted session or study, of a participant who withdrew)
has no document.
"""

from backend.discovery.documents.codebook import build_tags, read_paths, text_of_tag
from backend.discovery.documents.excerpts import build_excerpts
from backend.discovery.documents.memos import build_memos
from backend.discovery.documents.passages import build_passages, live_passages
from backend.discovery.documents.shape import VERSION_BITS
from backend.discovery.documents.synthesis import (
    build_claims,
    build_insights,
    build_personas,
    text_of_insight,
)

BUILDERS = {
    "excerpt": build_excerpts,
    "insight": build_insights,
    "persona": build_personas,
    "claim": build_claims,
    "tag": build_tags,
    "passage": build_passages,
    "memo": build_memos,
}

__all__ = [
    "BUILDERS",
    "VERSION_BITS",
    "build_claims",
    "build_excerpts",
    "build_insights",
    "build_memos",
    "build_passages",
    "build_personas",
    "build_tags",
    "live_passages",
    "read_paths",
    "text_of_insight",
    "text_of_tag",
]
