"""Counts over one selection of rows: each group of columns is gone through once for all fields."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import GROUP_OF, Columns, Group, Rows
from search.engines.embedded.people import People, Persons, fits_table, people_by_value
from search.result import FacetCount

Numbers = NDArray[np.int64]
# For each combination a bit for each person.
Met = NDArray[np.uint64]


class Tally:
    """Documents and people of these rows; people only where a row is of one of the kinds."""

    def __init__(
        self, columns: Columns, people: People, rows: Rows, kinds: tuple[str, ...]
    ) -> None:
        self._columns = columns
        self._people = people
        self.rows = rows
        self._kinds = kinds
        self._documents: dict[str, Numbers] = {}
        self._met: dict[str, Met | None] = {}

    def people(self) -> int:
        """How many are behind all of them."""
        return self._people.count_behind(self._who_said_it)

    def by_value(self, field: str) -> Mapping[str, FacetCount]:
        """How many documents and people there are for each value of a field."""
        group = self._columns.group_of(field)
        column = group.columns[field]
        by_combination = self._documents_of(GROUP_OF[field])
        present = np.flatnonzero(by_combination)
        codes, positions = column.entries(present)
        size = len(column.names)
        weights = by_combination[present][positions]
        documents = np.bincount(codes, weights=weights, minlength=size).astype(np.int64)
        found = np.flatnonzero(documents).tolist()
        if field == "participant_ids":
            # Each is one person, and there may be many thousands to pair with one another.
            return {column.names[code]: FacetCount(int(documents[code])) for code in found}
        people = self._people_of(field, size)
        return {
            column.names[code]: FacetCount(int(documents[code]), int(people[code]))
            for code in found
        }

    def _documents_of(self, name: str) -> Numbers:
        """Of each combination of a group."""
        counts = self._documents.get(name)
        if counts is None:
            group = self._columns.groups[name]
            # Another thread may add combinations meanwhile, of which none is ours.
            counts = np.bincount(group.rows[self.rows], minlength=group.count)
            self._documents[name] = counts
        return counts

    def _people_of(self, field: str, value_count: int) -> Numbers:
        name = GROUP_OF[field]
        group, size = self._columns.groups[name], self._people.size
        if name == "who":
            pairs = self._people.pairs_of(field, self._who_said_it)
            return people_by_value(pairs, value_count, size)
        if name not in self._met:
            self._met[name] = self._find_met(group)
        met = self._met[name]
        if met is not None:
            return _people_of_values(group, field, met, value_count)
        rows, persons = self._entries
        codes, positions = group.columns[field].entries(group.rows[rows])
        return people_by_value(codes * np.int64(size) + persons[positions], value_count, size)

    def _find_met(self, group: Group) -> Met | None:
        """None, where there are too many combinations for so few rows."""
        (rows, persons), size = self._entries, self._people.size
        count = group.count
        if not fits_table(count * size, len(rows)):
            return None
        seen = np.zeros(count * size, dtype=bool)
        seen[group.rows[rows] * np.int64(size) + persons] = True
        table = seen.reshape(count, size)
        table[:, 0] = False
        return np.packbits(table, axis=1).view(np.uint64)

    @cached_property
    def _entries(self) -> tuple[Rows, Persons]:
        return self._people.entries(self.rows, self._kinds)

    @cached_property
    def _who_said_it(self) -> Numbers:
        """The combinations of who said it that stand in a row of the kinds."""
        who = self._columns.groups["who"]
        rows, persons = self._entries
        is_there = np.zeros(who.count, dtype=bool)
        is_there[who.rows[rows[persons > 0]]] = True
        return np.flatnonzero(is_there)


def _people_of_values(group: Group, field: str, met: Met, value_count: int) -> Numbers:
    codes, combinations = group.columns[field].entries(np.arange(len(met)))
    people = np.zeros(value_count, dtype=np.int64)
    if not len(codes):
        return people
    order = np.argsort(codes, kind="stable")
    values, starts = np.unique(codes[order], return_index=True)
    of_value = np.bitwise_or.reduceat(met[combinations[order]], starts, axis=0)
    people[values] = np.bitwise_count(of_value).sum(axis=1)
    return people
