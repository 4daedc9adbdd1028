"""Who is behind each row, for counts of distinct people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Columns, Combinations, Rows, among

Persons = NDArray[np.int32]
Pairs = NDArray[np.int64]

# A table of all possible pairs costs less than sorting those there are: up to so many places in
# any case, up to so many for each pair, and never more than that.
_SMALL_TABLE = 4_000_000
_PLACES_FOR_EACH_PAIR = 64
_LARGEST_TABLE = 100_000_000
_BITS = 64


@dataclass(frozen=True, slots=True)
class Entries:
    """A person for each of some rows, then all persons of those that have several, which stand in
    these rows at the places `again`.
    """

    persons: Persons
    again: Rows


@dataclass(frozen=True, slots=True)
class _Behind:
    """Of each row of some kinds its first person, nobody of others; and rows that have several."""

    first: Persons
    several: Rows


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
        self._behind_kinds: dict[tuple[str, ...], _Behind] = {}

    def entries(self, rows: Rows, kinds: tuple[str, ...]) -> Entries:
        """The persons behind rows, nobody where a row is of none of the kinds."""
        behind = self._behind(kinds)
        persons = behind.first[rows]
        several = among(rows, behind.several)
        if not len(several):
            return Entries(persons, several)
        codes, positions = self._participants.entries(self._who.rows[several])
        again = np.searchsorted(rows, several)[positions]
        return Entries(np.concatenate([persons, codes + np.int32(1)]), again)

    def count_behind(self, combinations: Combinations) -> int:
        """How many are behind any of these combinations of who said it."""
        codes, _ = self._participants.entries(combinations)
        return int(np.count_nonzero(np.bincount(codes)))

    def pairs_of(self, field: str, combinations: Combinations) -> Pairs:
        """Each value of a field of who said it, with each person."""
        codes, positions = self._participants.entries(combinations)
        values, places = self._who.columns[field].entries(combinations[positions])
        return values * np.int64(self.size) + codes[places] + 1

    def _behind(self, kinds: tuple[str, ...]) -> "_Behind":
        behind = self._behind_kinds.get(kinds)
        if behind is None:
            who = self._who.rows[: self._row_count]
            is_counted = self._kinds.having("kind", kinds)[self._kinds.rows[: self._row_count]]
            first = np.where(is_counted, self._first[who], np.int32(0))
            behind = _Behind(first, np.flatnonzero(self._has_more[who] & is_counted))
            self._behind_kinds[kinds] = behind
        return behind


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
