"""What all documents have in common: values in a fixed order, a number for each content."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from search.documents import MAX_VALUE_LETTERS, SearchDocument

# Meilisearch reads numbers as JavaScript does: whole up to 53 bits.
VERSION_BITS = 53


def pairs(attributes: Mapping[str, str]) -> tuple[str, ...]:
    return texts(f"{key}={value}"[:MAX_VALUE_LETTERS] for key, value in attributes.items())


def texts(values: Iterable[object]) -> tuple[str, ...]:
    """Distinct, without None, and in a fixed order, so that equal rows make equal documents."""
    return tuple(sorted({str(value) for value in values if value is not None}))


def number_document(**content: Any) -> SearchDocument:
    """Numbered by its content: equal versions are equal documents."""
    written = repr(sorted(content.items())).encode()
    digest = int.from_bytes(blake2b(written, digest_size=8).digest())
    return SearchDocument(**content, version=digest >> (64 - VERSION_BITS))
