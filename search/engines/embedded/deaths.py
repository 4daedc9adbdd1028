"""Which rows have left the index since it was last looked at.

The index doesn't say what was deleted, and to take over all of its serials takes a third of a
second for 1,000,000. So halves are counted, and only those looked into that lack something.
"""

import numpy as np
from tantivy import FieldType, Query, Schema, Searcher

from search.engines.embedded.columns import Columns
from search.engines.embedded.finding import find_by_serial, serials_of

_LISTED_AT_ONCE = 4_000


def notice_deaths(columns: Columns, searcher: Searcher, schema: Schema) -> None:
    """Makes the same rows live that the index has."""
    is_live = columns.is_live.copy()

    def look(first: int, end: int, count: int) -> None:
        """At some rows, of which the index has so many."""
        if np.count_nonzero(is_live[first:end]) == count:
            return
        if end - first <= _LISTED_AT_ONCE:
            found = find_by_serial(searcher, _between(columns, schema, first, end), end - first)
            there = columns.rows_of(serials_of(found))
            is_live[first:end] = False
            is_live[there] = True
            return
        middle = (first + end) // 2
        before = int(find_by_serial(searcher, _between(columns, schema, first, middle), 1).count)
        look(first, middle, before)
        look(middle, end, count - before)

    look(0, columns.row_count, searcher.num_docs)
    columns.is_live = is_live


def _between(columns: Columns, schema: Schema, first: int, end: int) -> Query:
    serials = columns.serials_of(np.array([first, end - 1])).tolist()
    return Query.range_query(
        schema, "serial", FieldType.Unsigned, lower_bound=serials[0], upper_bound=serials[1]
    )
