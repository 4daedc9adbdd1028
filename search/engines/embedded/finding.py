"""The rows that a text matches: of the words that are kept beside the index, and of the index."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query, Schema, Searcher

from search.engines.embedded.columns import Columns, Rows
from search.engines.embedded.plan import filter_clauses, matching_query, own_words
from search.engines.embedded.vocabulary import Vocabulary
from search.engines.embedded.word_rows import WordRows
from search.parsing import ParsedText

Clauses = list[tuple[Occur, Query]]


class Finder:
    """Finds at one commit. Knows nothing of which rows are dead."""

    def __init__(
        self,
        searcher: Searcher,
        schema: Schema,
        columns: Columns,
        vocabulary: Vocabulary,
        word_rows: WordRows,
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._columns = columns
        self._vocabulary = vocabulary
        self._word_rows = word_rows

    def matching(self, workspace_id: str, rows: Rows, parsed: ParsedText, first: int) -> Rows:
        """Those of a workspace's rows that a text matches; they are all there are from the `first`
        row on.
        """
        query = matching_query(self._schema, parsed, self._vocabulary)
        scope = filter_clauses(self._schema, workspace_id)
        own = own_words(self._schema, parsed, self._vocabulary)
        known_count = self._word_rows.row_count
        if own is None or first >= known_count:
            return self._ask(len(rows), lambda: rows, [*scope, *self._from(first)], query)
        known_end = np.searchsorted(rows, known_count)
        known, later = rows[:known_end], rows[known_end:]
        mask = self._word_rows.mask(own.words, own.beginning)
        has_own = mask if len(known) == len(mask) else mask[known]
        from_later = [*scope, *self._from(known_count)]
        parts = [known[has_own], self._ask(len(later), lambda: later, from_later, query)]
        if not own.is_all:
            before = [(Occur.MustNot, clause) for _, clause in self._from(known_count)]
            others = [*scope, *self._from(first), *before, (Occur.MustNot, own.query)]
            count = len(known) - len(parts[0])
            parts.append(self._ask(count, lambda: known[~has_own], others, query))
        parts = [part for part in parts if len(part)] or parts[:1]
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))

    def _ask(self, row_count: int, rows: Callable[[], Rows], scope: Clauses, query: Query) -> Rows:
        """Those of so many rows that match; they are all there are in the scope.

        Tantivy hands hits over one by one, so we ask for the smaller side: those that match, or
        those that don't.
        """
        if not row_count:
            return np.zeros(0, dtype=np.int64)
        text = Query.const_score_query(query, 0.0)
        in_scope = Query.boolean_query([*scope, (Occur.Must, text)])
        few = row_count // 16 + 1
        found = find_by_serial(self._searcher, in_scope, few)
        if few < found.count <= row_count // 2:
            found = find_by_serial(self._searcher, in_scope, found.count)
        if found.count <= max(few, row_count // 2):
            return self._columns.rows_of(serials_of(found))
        others = Query.boolean_query([*scope, (Occur.MustNot, text)])
        limit = row_count - found.count + 1
        without = serials_of(find_by_serial(self._searcher, others, limit))
        return np.setdiff1d(rows(), self._columns.rows_of(without), assume_unique=True)

    def _from(self, row: int) -> Clauses:
        """A condition for rows from this one on."""
        if not 0 < row < self._columns.row_count:
            return []
        [serial] = self._columns.serials_of(np.array([row])).tolist()
        query = Query.range_query(self._schema, "serial", FieldType.Unsigned, lower_bound=serial)
        return [(Occur.Must, Query.const_score_query(query, 0.0))]


def find_by_serial(searcher: Searcher, query: Query, limit: int) -> Any:
    """Serials of `limit` matches at most, and the count of all."""
    return searcher.search(query, limit=limit, order_by_field="serial")


def serials_of(found: Any) -> NDArray[np.int64]:
    """Taking hits over costs about half a microsecond each; they are in no promised order."""
    hits = found.hits
    return np.fromiter(map(itemgetter(0), hits), dtype=np.int64, count=len(hits))
