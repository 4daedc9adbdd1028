"""Who is behind each row, for counts of distinct people."""

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Columns, Combinations, Rows

Persons = NDArray[np.int32]
Pairs = NDArray[np.int64]

# A table of all possible pairs costs less than sorting those there are: up to so many places in
# any case, up to so many for each pair, and never more than that.
_SMALL_TABLE = 4_000_000
_PLACES_FOR_EACH_PAIR = 64
_LARGEST_TABLE = 100_000_000
_BITS = 64


class People:
    """Of the rows at one commit. Persons are numbered from 1; 0 is nobody.

    An excerpt has one person at most, who stands in an array of all rows; rows with several are
    few, and gone through once more.
    """

    def __init__(self, columns: Columns) -> None:
        self._kinds = columns.groups["how"]
        self._who = columns.groups["who"]
        self._participants = self._who.columns["participant_ids"]
        self._row_count = columns.row_count
        every = np.arange(self._who.count)
        codes, positions = self._participants.entries(every)
        self._first = np.zeros(len(every), dtype=np.int32)
        self._first[positions[::-1]] = codes[::-1] + 1
        self._has_more = np.bincount(positions, minlength=len(every)) > 1
        # A whole number of words of bits.
        self.size = (len(self._participants.names) // _BITS + 1) * _BITS
        self._first_of: dict[tuple[str, ...], Persons] = {}

    def entries(self, rows: Rows, kinds: tuple[str, ...]) -> tuple[Rows, Persons]:
        """Rows and the persons behind them, nobody where a row is of none of the kinds.

        Each of these rows at least once, and those of several people once for each.
        """
        first = self._first_persons(kinds)
        persons = first[rows]
        if not self._has_more.any():
            return rows, persons
        several = rows[self._has_more[self._who.rows[rows]] & (persons > 0)]
        codes, positions = self._participants.entries(self._who.rows[several])
        return (
            np.concatenate([rows, several[positions]]),
            np.concatenate([persons, codes + np.int32(1)]),
        )

    def count_behind(self, combinations: Combinations) -> int:
        """How many are behind any of these combinations of who said it."""
        codes, _ = self._participants.entries(combinations)
        return int(np.count_nonzero(np.bincount(codes)))

    def pairs_of(self, field: str, combinations: Combinations) -> Pairs:
        """Each value of a field of who said it, with each person."""
        codes, positions = self._participants.entries(combinations)
        values, places = self._who.columns[field].entries(combinations[positions])
        return values * np.int64(self.size) + codes[places] + 1

    def _first_persons(self, kinds: tuple[str, ...]) -> Persons:
        """Of each row; nobody where the row is of another kind."""
        persons = self._first_of.get(kinds)
        if persons is None:
            is_counted = self._kinds.having("kind", kinds)
            persons = self._first[self._who.rows[: self._row_count]]
            persons[~is_counted[self._kinds.rows[: self._row_count]]] = 0
            self._first_of[kinds] = persons
        return persons


def fits_table(places: int, pair_count: int) -> bool:
    """Whether a table of all possible pairs costs less than the pairs there are."""
    most = min(max(_SMALL_TABLE, _PLACES_FOR_EACH_PAIR * pair_count), _LARGEST_TABLE)
    return places <= most


def people_by_value(pairs: Pairs, value_count: int, size: int) -> NDArray[np.int64]:
    """How many persons stand with each value; a pair is value times `size` and the person."""
    if fits_table(value_count * size, len(pairs)):
        seen = np.zeros(value_count * size, dtype=bool)
        seen[pairs] = True
        return np.count_nonzero(seen.reshape(value_count, size)[:, 1:], axis=1)
    values, persons = np.divmod(np.unique(pairs), size)
    return np.bincount(values[persons > 0], minlength=value_count)
