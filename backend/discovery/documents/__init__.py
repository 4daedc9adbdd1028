"""Rows → search documents, a batch at a time and in the same number of queries for any batch.

A row that must not be found (deleted, in a deleted session or study, of a participant who withdrew)
has no document.
"""

from backend.discovery.documents.excerpts import build_excerpts
from backend.discovery.documents.memos import build_memos
from backend.discovery.documents.passages import build_passages, live_passages
from backend.discovery.documents.shape import VERSION_BITS
from backend.discovery.documents.synthesis import (
    CLAIMS,
    build_insights,
    build_personas,
    text_of_insight,
    text_of_persona,
)

BUILDERS = {
    "excerpt": build_excerpts,
    "insight": build_insights,
    "persona": build_personas,
    "passage": build_passages,
    "memo": build_memos,
}

__all__ = [
    "BUILDERS",
    "CLAIMS",
    "VERSION_BITS",
    "build_excerpts",
    "build_insights",
    "build_memos",
    "build_passages",
    "build_personas",
    "live_passages",
    "text_of_insight",
    "text_of_persona",
]
