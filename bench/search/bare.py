"""The bare engine: tantivy with the same values in it, asked the plainest question that finds what
was typed, without counting people, facets, rows or rights.
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from search.documents import SearchDocument
from search.matching import allowed_typos
from search.query import FILTER_FIELDS

WRITER_BYTES = 128_000_000
PAGE = 20


class BareEngine:
    """As somebody would write it who only wants to find."""

    def __init__(self, directory: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("workspace_id", *FILTER_FIELDS.values()):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", stored=True, index_option="position")
        builder.add_integer_field("created_at_s", indexed=True, fast=True)
        self._schema = builder.build()
        directory.mkdir(parents=True)
        self._index = tantivy.Index(self._schema, path=str(directory))
        self._writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)

    @classmethod
    def opened(cls, directory: Path) -> "BareEngine":
        """One that another process has filled."""
        engine = cls.__new__(cls)
        engine._index = tantivy.Index.open(str(directory))
        engine._schema = engine._index.schema
        engine._index.reload()
        engine._searcher = engine._index.searcher()
        return engine

    def add(self, documents: Iterable[SearchDocument]) -> None:
        for document in documents:
            self._writer.add_document(tantivy.Document.from_dict(_values(document), self._schema))

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def search(self, workspace_id: str, text: str, study_id: str = "") -> int:
        """The best twenty, with their texts, and the count of all."""
        clauses = [(Occur.Must, self._term("workspace_id", workspace_id))]
        if study_id:
            clauses.append((Occur.Must, self._term("study_ids", study_id)))
        *whole, last = text.lower().split()
        for word in whole:
            clauses.append((Occur.Must, self._fuzzy(word, is_prefix=False)))
        clauses.append((Occur.Must, self._fuzzy(last, is_prefix=True)))
        found = self._searcher.search(Query.boolean_query(clauses), limit=PAGE, count=True)
        for _, address in found.hits:
            self._searcher.doc(address)["text"]
        return found.count

    def _fuzzy(self, word: str, *, is_prefix: bool) -> Query:
        return Query.fuzzy_term_query(
            self._schema, "text", word, distance=allowed_typos(word), prefix=is_prefix
        )

    def _term(self, field: str, value: str) -> Query:
        query = Query.term_query(self._schema, field, value, index_option="basic")
        return Query.const_score_query(query, 0.0)


def _values(document: SearchDocument) -> dict[str, object]:
    values: dict[str, object] = {
        "key": document.key,
        "workspace_id": document.workspace_id,
        "text": document.text,
        "created_at_s": document.created_at_s,
    }
    for name in FILTER_FIELDS.values():
        value = getattr(document, name)
        values[name] = list(value) if isinstance(value, tuple) else str(value)
    return values
