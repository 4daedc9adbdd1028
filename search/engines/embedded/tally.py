"""Counts over one selection of rows: each group of columns is gone through once for all fields."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import GROUP_OF, Codes, Columns, Group, Rows
from search.engines.embedded.people import Entries, People, fits_table, people_by_value
from search.result import FacetCount

Numbers = NDArray[np.int64]
# For each combination a bit for each person.
Met = NDArray[np.uint64]


class Tally:
    """Documents and people of these rows; people only where a row is of one of the kinds."""

    def __init__(
        self, columns: Columns, people: People, rows: Rows, kinds: tuple[str, ...]
    ) -> None:
        self.rows = rows
        self._columns = columns
        self._people = people
        self._kinds = kinds
        self._groups: dict[str, _GroupTally] = {}

    def people(self) -> int:
        """How many are behind all of them."""
        return self._people.count_behind(self._who_said_it)

    def by_value(self, field: str) -> Mapping[str, FacetCount]:
        """How many documents and people there are for each value of a field."""
        tally, names = self._group(GROUP_OF[field]), self._columns.names(field)
        documents = tally.documents_by_value(field, len(names))
        found = np.flatnonzero(documents).tolist()
        if field == "participant_ids":
            # Each is one person, and there may be many thousands to pair with one another.
            return {names[code]: FacetCount(int(documents[code])) for code in found}
        people = self._people_by_value(field, len(names))
        return {names[code]: FacetCount(int(documents[code]), int(people[code])) for code in found}

    def _people_by_value(self, field: str, value_count: int) -> Numbers:
        name, size = GROUP_OF[field], self._people.size
        if name == "who":
            pairs = self._people.pairs_of(field, self._who_said_it)
            return people_by_value(pairs, value_count, size)
        return self._group(name).people_by_value(field, value_count, self._entries, size)

    def _group(self, name: str) -> "_GroupTally":
        tally = self._groups.get(name)
        if tally is None:
            tally = self._groups[name] = _GroupTally(self._columns.groups[name], self.rows)
        return tally

    @cached_property
    def _entries(self) -> Entries:
        return self._people.entries(self.rows, self._kinds)

    @cached_property
    def _who_said_it(self) -> Numbers:
        """The combinations of who said it that stand in a row of the kinds."""
        who, persons = self._group("who"), self._entries.persons[: len(self.rows)]
        if np.count_nonzero(persons) == len(persons):
            return who.present
        is_there = np.zeros(len(who.present), dtype=bool)
        is_there[who.places[persons > 0]] = True
        return who.present[is_there]


class _GroupTally:
    """The combinations of one group that the rows have, and the place of each row's among them."""

    def __init__(self, group: Group, rows: Rows) -> None:
        self._columns = group.columns
        self._met: Met | None = None
        numbers = group.rows[rows]
        # Another thread may add combinations meanwhile, of which none is ours.
        counts = np.bincount(numbers, minlength=group.count)
        self.present = np.flatnonzero(counts)
        self._documents = counts[self.present]
        place_of_number = np.zeros(len(counts), dtype=np.int32)
        place_of_number[self.present] = np.arange(len(self.present))
        self.places: Codes = place_of_number[numbers]

    def documents_by_value(self, field: str, value_count: int) -> Numbers:
        codes, positions = self._columns[field].entries(self.present)
        weights = self._documents[positions]
        return np.bincount(codes, weights=weights, minlength=value_count).astype(np.int64)

    def people_by_value(self, field: str, value_count: int, entries: Entries, size: int) -> Numbers:
        places = self.places
        if len(entries.again):
            places = np.concatenate([places, places[entries.again]])
        column = self._columns[field]
        if not fits_table(len(self.present) * size, len(places)):
            codes, positions = column.entries(self.present[places])
            pairs = codes * np.int64(size) + entries.persons[positions]
            return people_by_value(pairs, value_count, size)
        if self._met is None:
            self._met = _met(places, entries, len(self.present), size)
        return _people_of_values(*column.entries(self.present), self._met, value_count)


def _met(places: Codes, entries: Entries, count: int, size: int) -> Met:
    seen = np.zeros(count * size, dtype=bool)
    seen[places * np.int64(size) + entries.persons] = True
    table = seen.reshape(count, size)
    table[:, 0] = False
    return np.packbits(table, axis=1).view(np.uint64)


def _people_of_values(codes: Codes, positions: Numbers, met: Met, value_count: int) -> Numbers:
    """Of each value, in how many of its combinations a person was met at all."""
    people = np.zeros(value_count, dtype=np.int64)
    if not len(codes):
        return people
    order = np.argsort(codes, kind="stable")
    values, starts = np.unique(codes[order], return_index=True)
    of_value = np.bitwise_or.reduceat(met[positions[order]], starts, axis=0)
    people[values] = np.bitwise_count(of_value).sum(axis=1)
    return people
