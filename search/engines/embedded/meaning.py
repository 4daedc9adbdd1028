"""Vectors of the embedded index, in memory from the first question on, and the closest of them.

A vector is 256 or so signed bytes, those that tell most first. Of up to 20,000 of them each is
compared. Of more, the first 64 numbers are, and then the whole of the 4,000 that are closest by
those.
"""

import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Order, Query, Schema, Searcher

from search.documents import SearchDocument
from search.engines.embedded.facets import Counter
from search.engines.embedded.generations import Generations
from search.engines.embedded.reading import Snapshot
from search.meaning import (
    KINDS_WITH_MEANING,
    MeaningModel,
    MeaningQuery,
    Vectors,
    as_bytes,
    close_hits,
    vector_of,
)
from search.result import Hit

_LOAD_BATCH = 10_000
_ALL_COMPARED = 20_000
_FIRST_NUMBERS = 64
_COMPARED = 4_000
# So many become floating point numbers at a time: they stay in the processor's own memory.
_CHUNK = 4_096


class Meanings:
    """The vectors of the generations in a folder, by one model or, without one, none at all."""

    def __init__(self, model: MeaningModel | None, generations: Generations) -> None:
        self._model = model
        self._generations = generations
        self._store: tuple[Path, VectorStore] | None = None

    def mark(self, path: Path) -> None:
        """Says of a new folder that its vectors are ours."""
        if self._model is not None:
            self._generations.note_meaning(path, self._model.fingerprint)

    def are_ours(self, path: Path) -> bool:
        """Whether a generation's vectors are of our model, or it has none and shall have none."""
        ours = "" if self._model is None else self._model.fingerprint
        return self._generations.meaning_of(path) == ours

    def stored(self, document: SearchDocument) -> bytes | None:
        """What is stored of a document's meaning."""
        vector = None if self._model is None else vector_of(self._model, document)
        return None if vector is None else as_bytes(vector)

    def hits(
        self, snapshot: Snapshot, schema: Schema, query: MeaningQuery
    ) -> tuple[Hit, ...] | None:
        """As `SearchEngine.close_in_meaning` says."""
        path = snapshot.path
        if self._model is None or not self.are_ours(path):
            return None
        asked = self._model.vector(query.text)
        if asked is None:
            return ()
        store = self._store_of(path)
        store.follow(snapshot.searcher, schema)
        columns = snapshot.columns
        rows = snapshot.workspace_rows(query.workspace_id)
        rows = Counter(columns, rows, query.scope).rows
        count = query.limit + len(query.leave_out)
        found, scores = store.closest(columns.serials_of(rows), asked, count)
        in_order = scores[np.argsort(found)]
        score_of = {
            columns.keys[row]: float(score)
            for row, score in zip(columns.rows_of(found), in_order, strict=True)
        }
        texts = _texts_of(snapshot.searcher, schema, score_of.keys() - {*query.leave_out})
        return close_hits(query, ((score_of[key], key, text) for key, text in texts))

    def _store_of(self, path: Path) -> "VectorStore":
        held = self._store
        if held is None or held[0] != path:
            held = self._store = path, VectorStore()
        return held[1]


# Serials, the first numbers of each vector, and its others.
_Held = tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int8]]


class VectorStore:
    """The vectors of one generation by the serials of their documents. Safe for threads.

    What was deleted stays until the generation is filled anew: nobody asks for its serial.
    """

    def __init__(self) -> None:
        self._following = threading.Lock()
        self._last_serial = -1
        # One tuple, so that a thread never sees new serials with old vectors.
        self._held: _Held | None = None

    def follow(self, searcher: Searcher, schema: Schema) -> None:
        """Reads what was added since the last time: a second or two for the first 100,000."""
        with self._following:
            serials: list[int] = []
            stored: list[bytes] = []
            while hits := _next_hits(searcher, schema, self._last_serial):
                for serial, address in hits:
                    vector = searcher.doc(address).get_first("meaning")
                    if vector:
                        serials.append(serial)
                        stored.append(bytes(vector))
                self._last_serial = int(hits[-1][0])
            if serials:
                self._append(serials, stored)

    def _append(self, serials: list[int], stored: list[bytes]) -> None:
        numbers = np.frombuffer(b"".join(stored), dtype=np.int8).reshape(len(stored), -1)
        added = (
            np.array(serials, dtype=np.int64),
            np.ascontiguousarray(numbers[:, :_FIRST_NUMBERS]),
            np.ascontiguousarray(numbers[:, _FIRST_NUMBERS:]),
        )
        if self._held is None:
            self._held = added
        else:
            earlier, first, others = self._held
            self._held = (
                np.concatenate([earlier, added[0]]),
                np.concatenate([first, added[1]]),
                np.concatenate([others, added[2]]),
            )

    def closest(
        self, serials: NDArray[np.int64], asked: Vectors, count: int
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Those of these documents that are closest, as serials in no promised order, each with
        the cosine of the angle to the question, true to a hundredth.
        """
        if self._held is None:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        known, first, others = self._held
        places = np.flatnonzero(np.isin(known, serials, assume_unique=True))
        scores = _scores(first, places, asked[:_FIRST_NUMBERS])
        if len(places) > _ALL_COMPARED:
            promising = np.argpartition(-scores, _COMPARED)[:_COMPARED]
            places, scores = places[promising], scores[promising]
        scores += _scores(others, places, asked[_FIRST_NUMBERS:])
        best = places[np.argsort(-scores, kind="stable")[:count]]
        # Rounded to bytes, no vector is of length 1 any more.
        whole = np.concatenate([first[best], others[best]], axis=1).astype(np.float32)
        cosines = (whole @ asked) / np.linalg.norm(whole, axis=1)
        return known[best], cosines


def _scores(
    numbers: NDArray[np.int8], places: NDArray[np.int64], asked: Vectors
) -> NDArray[np.float32]:
    is_all = len(places) == len(numbers)
    scores = np.empty(len(places), dtype=np.float32)
    for start in range(0, len(places), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        compared = numbers[chunk] if is_all else numbers[places[chunk]]
        scores[chunk] = compared.astype(np.float32) @ asked
    return scores


def _next_hits(searcher: Searcher, schema: Schema, after: int) -> list[tuple[int, Any]]:
    newer = Query.range_query(schema, "serial", FieldType.Unsigned, lower_bound=after + 1)
    kinds = Query.term_set_query(schema, "kind", [*KINDS_WITH_MEANING])
    both = Query.boolean_query([(Occur.Must, newer), (Occur.Must, kinds)])
    found = searcher.search(
        both, limit=_LOAD_BATCH, count=False, order_by_field="serial", order=Order.Asc
    )
    hits: list[tuple[int, Any]] = found.hits
    return hits


def _texts_of(searcher: Searcher, schema: Schema, keys: Collection[str]) -> list[tuple[str, str]]:
    """Key and text of documents, in no promised order."""
    query = Query.term_set_query(schema, "key", [*keys])
    found = searcher.search(query, limit=max(1, len(keys)), count=False)
    documents = [searcher.doc(address) for _, address in found.hits]
    return [
        (str(document["key"][0]), bytes(document["text"][0]).decode()) for document in documents
    ]
