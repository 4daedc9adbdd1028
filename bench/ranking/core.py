"""Meilisearch's own core (milli), without its server: how our settings put documents in order.

Needs the packages `milli`, which wants glibc 2.39 or newer, and `lmdb`. The package searches and
adds documents but has no call for settings, so they are written where milli keeps them: in the
database "main" of its LMDB file. Their names and forms are those of milli's `index.rs`, 1.41.
"""

import importlib.util
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bench.ranking.judged import JudgedSet
from search import SearchDocument
from search.engines.meilisearch.forms import FORMS, readings
from search.engines.meilisearch.shapes import json_document, variant_text
from search.fallbacks import choices
from search.parsing import ParsedText, Term, parse_text
from search.settings import MEILISEARCH_SETTINGS

# The first that milli takes for the primary key: its name must end like this.
_KEY = "id"
_FIELDS = (_KEY, "title", "text", FORMS, "key_quote_rank", "created_at_s")
_MOST_BYTES = 1 << 30
_MOST_DATABASES = 64


def is_core_installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("milli", "lmdb"))


class Core:
    """An index of milli over a judged set.

    It is asked for what was typed and then for the same in stems, whose hits follow: about what a
    server makes of the weights of a federation. After documents with all words it puts those
    without the last ones, which a server is told not to do: here what lacks a word is taken out.
    """

    def __init__(self, directory: Path, judged: JudgedSet) -> None:
        import milli  # noqa: PLC0415

        path = str(directory)
        # Makes the databases; the file must be closed while the settings are written.
        index = milli.Index(path, _MOST_BYTES)
        del index
        _write_settings(path, MEILISEARCH_SETTINGS)
        self._index = milli.Index(path, _MOST_BYTES)
        self._documents = judged.documents
        self._index.add_documents([*_rows(judged.documents)])

    def rank(self, text: str) -> list[str]:
        """Keys of documents, best first."""
        ranked: list[str] = []
        for choice in choices(parse_text(text), self._count_each):
            found = chain.from_iterable(self._ranked(part.parsed) for part in choice.parts)
            ranked = [*dict.fromkeys(found)]
            if len(ranked) >= choice.enough:
                break
        return ranked

    def _count_each(self, parts: Sequence[ParsedText]) -> list[int]:
        return [len({*self._ranked(part)}) for part in parts]

    def _ranked(self, parsed: ParsedText) -> list[str]:
        having = [self._having(parsed, term) for term in parsed.terms]
        return [key for key in self._ask(parsed) if all(key in keys for keys in having)]

    def _having(self, parsed: ParsedText, term: Term) -> set[str]:
        is_prefix = parsed.has_prefix and term is parsed.terms[-1]
        return {*self._ask(ParsedText((term,), has_prefix=is_prefix))}

    def _ask(self, parsed: ParsedText) -> list[str]:
        """As typed, then in stems."""
        return [key for each in (parsed, *readings(parsed)) for key in self._search(each)]

    def _search(self, parsed: ParsedText) -> list[str]:
        found = self._index.search(variant_text(parsed))
        rows = (self._index.get_document(row) for row in found)
        return [self._documents[int(row[_KEY])].key for row in rows]


def _rows(documents: Sequence[SearchDocument]) -> Iterable[dict[str, Any]]:
    """What ranking reads of each document, with its place for a key."""
    for place, document in enumerate(documents):
        row = json_document(document) | {_KEY: str(place)}
        yield {name: row[name] for name in _FIELDS}


def _write_settings(path: str, settings: Mapping[str, Any]) -> None:
    import lmdb  # noqa: PLC0415

    searchable = settings["searchableAttributes"]
    weights = {_FIELDS.index(name): weight for weight, name in enumerate(searchable)}
    typos = settings["typoTolerance"]["minWordSizeForTypos"]
    entries = {
        "criteria": _as_json([_criterion(rule) for rule in settings["rankingRules"]]),
        "fields-ids-map": _as_json(
            {
                "names_ids": {name: number for number, name in enumerate(_FIELDS)},
                "ids_names": dict(enumerate(_FIELDS)),
                "next_id": len(_FIELDS),
            }
        ),
        "fieldids-weights-map": _as_json({"map": weights}),
        "searchable-fields": _as_bincode(searchable),
        "user-defined-searchable-fields": _as_bincode(searchable),
        "exact-attributes": _as_bincode(settings["typoTolerance"]["disableOnAttributes"]),
        "one-typo-word-len": bytes([typos["oneTypo"]]),
        "two-typos-word-len": bytes([typos["twoTypos"]]),
    }
    with lmdb.open(path, max_dbs=_MOST_DATABASES, map_size=_MOST_BYTES) as environment:
        main = environment.open_db(b"main")
        with environment.begin(write=True, db=main) as transaction:
            for name, value in entries.items():
                transaction.put(name.encode(), value)


def _criterion(rule: str) -> object:
    """A ranking rule as milli writes it: "AttributeRank", {"Desc": "created_at_s"}."""
    name, _, direction = rule.partition(":")
    return {direction.capitalize(): name} if direction else name[0].upper() + name[1:]


def _as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def _as_bincode(texts: Sequence[str]) -> bytes:
    """A list of texts, each after its length; lengths are little-endian, of 64 bits."""
    encoded = [text.encode() for text in texts]
    parts = (struct.pack("<Q", len(text)) + text for text in encoded)
    return struct.pack("<Q", len(encoded)) + b"".join(parts)
