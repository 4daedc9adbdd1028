"""Who is behind each row, for counts of distinct people."""

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Codes, Column, Columns, Persons, Rows

Pairs = NDArray[np.int64]

# A table of all possible pairs costs less than sorting those there are: up to so many places in
# any case, up to so many for each pair, and never more than that.
_SMALL_TABLE = 4_000_000
_PLACES_FOR_EACH_PAIR = 100
_LARGEST_TABLE = 100_000_000


class People:
    """Of the rows at one commit. Persons are numbered from 1; 0 is nobody.

    An excerpt has one person at most, who stands in an array of all rows; rows with several are
    few, and gone through once more.
    """

    def __init__(self, columns: Columns) -> None:
        self._kinds = columns.fields["kind"]
        self._participants = columns.fields["participant_ids"]
        self._first = columns.first_persons
        self._has_more = columns.has_more_persons
        self._size = len(self._participants.names) + 1
        self._first_of: dict[tuple[str, ...], Persons] = {}

    def count(self, rows: Rows, kinds: tuple[str, ...]) -> int:
        """How many are behind those of these rows that are of the kinds."""
        first = self._first_persons(kinds)
        seen = np.zeros(self._size, dtype=bool)
        seen[first[rows]] = True
        persons, _ = self._participants.entries_by_position(self._with_more(rows, first))
        seen[persons + 1] = True
        return int(np.count_nonzero(seen[1:]))

    def count_by_code(
        self, column: Column, rows: Rows, entries: tuple[Codes, Rows], kinds: tuple[str, ...]
    ) -> NDArray[np.int64]:
        """How many for each value of a column; `entries` are the column's, for these rows."""
        first = self._first_persons(kinds)
        codes, entry_rows = entries
        pairs = codes * np.int64(self._size) + first[entry_rows]
        several = self._with_more(rows, first)
        if len(several):
            pairs = np.concatenate([pairs, self._pairs_of(column, several)])
        return self._distinct(pairs, len(column.names))

    def _first_persons(self, kinds: tuple[str, ...]) -> Persons:
        """Of each row; nobody where the row is of another kind."""
        persons = self._first_of.get(kinds)
        if persons is None:
            counted = np.array([name in kinds for name in self._kinds.names], dtype=bool)
            codes, _ = self._kinds.entries(np.arange(len(self._first)))
            persons = self._first_of[kinds] = np.where(counted[codes], self._first, np.int32(0))
        return persons

    def _with_more(self, rows: Rows, first: Persons) -> Rows:
        several = rows[self._has_more[rows]]
        return several[first[several] > 0]

    def _pairs_of(self, column: Column, rows: Rows) -> Pairs:
        persons, positions = self._participants.entries_by_position(rows)
        codes, positions = column.entries_by_position(rows[positions])
        return codes * np.int64(self._size) + persons[positions] + 1

    def _distinct(self, pairs: Pairs, value_count: int) -> NDArray[np.int64]:
        places = value_count * self._size
        most = min(max(_SMALL_TABLE, _PLACES_FOR_EACH_PAIR * len(pairs)), _LARGEST_TABLE)
        if places <= most:
            seen = np.zeros(places, dtype=bool)
            seen[pairs] = True
            return np.count_nonzero(seen.reshape(value_count, self._size)[:, 1:], axis=1)
        codes, persons = np.divmod(np.unique(pairs), self._size)
        return np.bincount(codes[persons > 0], minlength=value_count)
