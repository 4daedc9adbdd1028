"""The rows that may stand first, of very many that one unfinished word matches.

To score 400,000 excerpts takes tantivy 60 ms, for the twenty of a page. What a first letter or two
begin differs in nothing but this: a title that has it, the word itself or a longer one, and the
weight of its document. So the heaviest of each sort are all that need to be scored.
"""

import numpy as np
from numpy.typing import NDArray
from tantivy import Occur, Query, Schema, Searcher

from search.engines.embedded.columns import Columns, Rows, among
from search.engines.embedded.finding import find_by_serial, serials_of
from search.engines.embedded.plan import (
    filter_clauses,
    is_just_begun,
    own_words,
    short_ending,
    title_query,
)
from search.engines.embedded.schema import KEY_QUOTE_SHARE, rank_bonuses
from search.engines.embedded.vocabulary import Vocabulary
from search.engines.embedded.word_rows import WordRows
from search.parsing import ParsedText
from search.query import SearchQuery

Bonuses = NDArray[np.float32]

# Three pages. Of ten times as many, to look them up would take as long as to score everything.
MOST_LEADING = 60
_MANY_ROWS = 20_000
_FEW_ROWS = 300
_MOST_LATER = 500
_MOST_TITLED = 20_000
_MOST_SCORED = 1_000
# Scores are rounded: what is as close as this may stand in any order.
_ROUNDING = 1e-6


class Leading:
    """Of the rows at one commit."""

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
        self._bonuses: Bonuses | None = None

    def rows(
        self, query: SearchQuery, parsed: ParsedText, rows: Rows, *, matching_count: int
    ) -> Rows | None:
        """Those of the rows that a query matches, all filters included, of which the first
        `MOST_LEADING` are some; or None, where all must be scored.

        `matching_count`: how many match without the filters, which tantivy goes through anyway.
        """
        if short_ending(self._schema, parsed, self._vocabulary):
            return rows if len(rows) <= _FEW_ROWS else None
        if matching_count < _MANY_ROWS or not is_just_begun(parsed):
            return None
        own = own_words(self._schema, parsed, self._vocabulary)
        if own is None or own.beginning is None or not own.is_all or len(own.words) > 1:
            return None
        known_end = np.searchsorted(rows, self._word_rows.row_count)
        known, later = rows[:known_end], rows[known_end:]
        titled = self._titled(query, parsed)
        if titled is None or len(later) > _MOST_LATER:
            return None
        whole = known[self._word_rows.mask(own.words)[known]]
        titled = among(known, titled)
        both = among(whole, titled)
        sorts = [self._heaviest(each) for each in (known, whole, titled, both)]
        found = np.unique(np.concatenate([*sorts, later]))
        return found if len(found) <= _MOST_SCORED else None

    def _titled(self, query: SearchQuery, parsed: ParsedText) -> Rows | None:
        """Rows whose title has the word; None if there are too many to take over."""
        clauses = filter_clauses(self._schema, query.workspace_id, query.conditions())
        clauses.append((Occur.Must, title_query(self._schema, parsed, self._vocabulary)))
        found = find_by_serial(self._searcher, Query.boolean_query(clauses), _MOST_TITLED)
        return self._columns.rows_of(serials_of(found)) if found.count <= _MOST_TITLED else None

    def _heaviest(self, rows: Rows) -> Rows:
        """The first `MOST_LEADING` by weight, and whatever may be as heavy as the last of them."""
        if len(rows) <= MOST_LEADING:
            return rows
        bonuses = self._all_bonuses()[rows]
        heavy = bonuses >= KEY_QUOTE_SHARE
        if np.count_nonzero(heavy) >= MOST_LEADING:
            rows, bonuses = rows[heavy], bonuses[heavy]
        least = np.partition(bonuses, -MOST_LEADING)[-MOST_LEADING]
        return rows[bonuses >= least - _ROUNDING]

    def _all_bonuses(self) -> Bonuses:
        if self._bonuses is None:
            columns = self._columns
            created_at_s = columns.numbers["created_at_s"].values
            every = np.arange(len(created_at_s))
            is_key_quote = columns.rows_having(every, "is_key_quote", ["true"])
            self._bonuses = rank_bonuses(created_at_s, is_key_quote)
        return self._bonuses
