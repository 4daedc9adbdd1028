"""What all documents have in common: plain values in a fixed order, a number for each content.

A hundred thousand rows are read when the index is filled or compared, so identifiers come as texts
and attributes as they are kept: making objects of them would take longer than all else.
"""

import json
import marshal
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from search.documents import MAX_VALUE_LETTERS, SearchDocument

# Meilisearch reads numbers as JavaScript does: whole up to 53 bits.
VERSION_BITS = 53

# Conditions on rows, as `filter` takes them.
Where = Mapping[str, Any]
# What a document says, but for its version.
Content = dict[str, Any]


def as_text(field: str) -> Cast:
    """An identifier or JSON as the database keeps it."""
    return Cast(field, TextField())


def of(relation: str, where: Where) -> dict[str, Any]:
    """The same conditions on what a relation leads to."""
    return {f"{relation}__{name}": value for name, value in where.items()}


@lru_cache(1 << 16)
def spelled(kept: str | None) -> str | None:
    """An identifier as people write it, of what the database keeps: SQLite has no hyphens."""
    if kept is None or len(kept) != 32:
        return kept
    return f"{kept[:8]}-{kept[8:12]}-{kept[12:16]}-{kept[16:20]}-{kept[20:]}"


@lru_cache(1 << 12)
def pairs(kept: str | None) -> tuple[str, ...]:
    """A participant's attributes, of the JSON that the database keeps."""
    attributes = json.loads(kept or "{}")
    return texts(f"{key}={value}"[:MAX_VALUE_LETTERS] for key, value in attributes.items())


def texts(values: Iterable[object]) -> tuple[str, ...]:
    """Distinct, without None, and in a fixed order, so that equal rows make equal documents."""
    return tuple(sorted({str(value) for value in values if value is not None}))


def version_of(content: Content) -> int:
    """Equal versions are equal contents."""
    # The second format writes equal values alike; later ones look at how often each is used.
    digest = int.from_bytes(blake2b(marshal.dumps(content, 2), digest_size=8).digest())
    return digest >> (64 - VERSION_BITS)


def number_document(content: Content) -> SearchDocument:
    return SearchDocument(**content, version=version_of(content))
