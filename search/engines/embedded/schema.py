"""The tantivy schema of the embedded index, and documents as tantivy takes them."""

import json
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.documents import SearchDocument
from search.engines.embedded.compounds import backward_keys
from search.query import FILTER_FIELDS, NUMBER_FIELDS
from search.stems import text_keys
from search.words import folded_words

# Raise with every change of the schema, of word cutting or of stems: an older index is then left
# aside and built again.
SCHEMA_VERSION = 4

BEGINNING_LETTERS = 4

# Key quotes and younger documents win ties only: together they raise a score by at most 0.6 %,
# less than any step between kinds of match in a query of up to six words. Scores have 24 bits, so
# recency tells two days apart, and no less.
KEY_QUOTE_SHARE = 0.004
_RECENCY_SHARE = 0.002
_RECENCY_FROM_S = 1_262_304_000  # 2010
_RECENCY_SPAN_S = 2**30

# Made once: `json.dumps` would make one for each document.
_write_row = json.JSONEncoder(ensure_ascii=False).encode


def build_schema() -> tantivy.Schema:
    """Words arrive cut and folded by `search.words`, so every text field only splits at spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("workspace_id", *FILTER_FIELDS.values()):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title_words", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("beginnings", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("serial", indexed=True, fast=True)
    builder.add_integer_field("created_at_s", indexed=True, fast=True)
    builder.add_float_field("rank_weight", fast=True)
    builder.add_bytes_field("row", stored=True)
    builder.add_bytes_field("text", stored=True)
    builder.add_bytes_field("meaning", stored=True)
    return builder.build()


def stored_row(document: SearchDocument) -> bytes:
    """What `columns` keeps in memory of a document: see `Columns.extend`."""
    filters = _filter_values(document)
    row = [
        document.key,
        document.version,
        document.workspace_id,
        *filters.values(),
        *(getattr(document, name) for name in NUMBER_FIELDS),
    ]
    return _write_row(row).encode(errors="replace")


def tantivy_document(
    document: SearchDocument,
    *,
    serial: int,
    row: bytes,
    schema: tantivy.Schema,
    meaning: bytes | None = None,
) -> tantivy.Document:
    """`serial` is unique in a generation and grows; readers use it to learn what is new.

    `row` is its stored row, and `meaning` the vector of the text as `search.meaning.as_bytes`
    stores it.
    """
    text, title = folded_words(document.text), folded_words(document.title)
    title_keys = text_keys(document.title, title) if title else set()
    stems = text_keys(document.text, text) | title_keys
    values: dict[str, Any] = {
        **_filter_values(document),
        "key": document.key,
        "workspace_id": document.workspace_id,
        "words": [" ".join(text), " ".join(title)],
        "title_words": " ".join([*title, *title_keys]),
        "beginnings": [" ".join(map(beginning_of, words)) for words in (text, title)],
        "stems": " ".join([*stems, *backward_keys(stems)]),
        "serial": serial,
        "created_at_s": document.created_at_s,
        "rank_weight": _rank_weight(document),
        "row": row,
        # A lone surrogate becomes one question mark, which keeps offsets right.
        "text": document.text.encode(errors="replace"),
    }
    if meaning is not None:
        values["meaning"] = meaning
    return tantivy.Document.from_dict(values, schema)


def beginning_of(word: str) -> str:
    """What words are compared by to tell how close together they are: all forms of most words
    share it, and an unfinished word has it early."""
    return word[:BEGINNING_LETTERS]


def _filter_values(document: SearchDocument) -> dict[str, list[str]]:
    return {name: _as_strings(getattr(document, name)) for name in FILTER_FIELDS.values()}


def _as_strings(value: object) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return ["true" if value else "false"]
    assert isinstance(value, str)
    return [value] if value else []


def rank_bonuses(
    created_at_s: NDArray[np.int64], is_key_quote: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """What key quotes and younger documents gain on others: a share of the score of each."""
    ages = (created_at_s - _RECENCY_FROM_S) / _RECENCY_SPAN_S
    bonuses = _RECENCY_SHARE * np.clip(ages, 0.0, 1.0) + KEY_QUOTE_SHARE * is_key_quote
    return bonuses.astype(np.float32)


def _rank_weight(document: SearchDocument) -> float:
    """Scores are multiplied by log2(2 + this), which is 1 plus the shares."""
    age = (document.created_at_s - _RECENCY_FROM_S) / _RECENCY_SPAN_S
    bonus = _RECENCY_SHARE * min(max(age, 0.0), 1.0)
    if document.is_key_quote:
        bonus += KEY_QUOTE_SHARE
    return 2.0 ** (1.0 + bonus) - 2.0
