"""Exact counts over the rows that match: documents and distinct people, in all and per value."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Column, Columns, Rows
from search.engines.embedded.people import People
from search.query import FILTER_FIELDS, FilterGroup, NumberRange, SearchQuery, attribute_prefix
from search.result import FacetCount, Facets, ranked_values

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is told of all matches of a query."""

    total: int
    people: int
    facets: Facets


class Counter:
    """Counts for one query, over the rows of its workspace that its text matches."""

    def __init__(
        self, columns: Columns, rows: Rows, query: SearchQuery, people: People | None = None
    ) -> None:
        self._columns = columns
        self._people = people or People(columns)
        for wanted in query.number_ranges():
            rows = rows[_in_range(columns, rows, wanted)]
        self._rows = rows
        self._query = query
        self._masks = {
            group: _fitting_rows(columns.fields[group.field], rows, group)
            for group in query.filter_groups()
        }
        self._matches = self._select(leaving_out=())

    @property
    def rows(self) -> Rows:
        """Those within all of the query's filters."""
        return self._matches

    def count(self) -> Counts:
        return Counts(
            total=len(self._matches),
            people=self._people.count(self._matches, self._query.people_kinds),
            facets={facet: self._facet(facet) for facet in self._query.facets},
        )

    def _facet(self, facet: str) -> Mapping[str, FacetCount]:
        """Counted as if the facet's own filter were not set, so that a choice can be widened."""
        own = [group for group in self._masks if group.facet == facet and group.is_wide]
        selected = [value for group in own for value in group.values]
        column = self._columns.fields[FILTER_FIELDS[facet]]
        if facet == "attributes":
            return ranked_values(self._attribute_counts(column, own), selected)
        return ranked_values(self._value_counts(column, self._select(leaving_out=own)), selected)

    def _attribute_counts(self, column: Column, own: list[FilterGroup]) -> dict[str, FacetCount]:
        """Each key of an attribute is a facet of its own."""
        counts = self._value_counts(column, self._matches)
        for group in own:
            widened = self._value_counts(column, self._select(leaving_out=[group]))
            counts.update(
                (value, count)
                for value, count in widened.items()
                if attribute_prefix(value) == group.prefix
            )
        return counts

    def _select(self, *, leaving_out: list[FilterGroup] | tuple[()]) -> Rows:
        if not leaving_out and hasattr(self, "_matches"):
            return self._matches
        mask = np.ones(len(self._rows), dtype=bool)
        for group, has_any in self._masks.items():
            if group not in leaving_out:
                mask &= has_any
        return self._rows[mask]

    def _value_counts(self, column: Column, rows: Rows) -> dict[str, FacetCount]:
        names = column.names
        entries = column.entries(rows)
        documents = np.bincount(entries[0], minlength=len(names))
        if column is self._columns.fields["participant_ids"]:
            # Each is one person, and there may be many thousands to pair with one another.
            return {
                names[code]: FacetCount(int(documents[code])) for code in np.flatnonzero(documents)
            }
        people = self._people.count_by_code(column, rows, entries, self._query.people_kinds)
        return {
            names[code]: FacetCount(int(documents[code]), int(people[code]))
            for code in np.flatnonzero(documents)
        }


def _in_range(columns: Columns, rows: Rows, wanted: NumberRange) -> Mask:
    numbers = columns.numbers[wanted.field].values[rows]
    mask = np.ones(len(rows), dtype=bool)
    if wanted.low is not None:
        mask &= numbers >= wanted.low
    if wanted.high is not None:
        mask &= numbers < wanted.high
    return mask


def _fitting_rows(column: Column, rows: Rows, group: FilterGroup) -> Mask:
    has_any = _rows_with_any(column, rows, group.values)
    return ~has_any if group.is_excluded else has_any


def _rows_with_any(column: Column, rows: Rows, values: tuple[str, ...]) -> Mask:
    wanted = np.zeros(len(column.names), dtype=bool)
    wanted[[code for value in values if (code := column.code(value)) is not None]] = True
    codes, entry_rows = column.entries(rows)
    if entry_rows is rows:
        return wanted[codes]
    has_any = np.zeros(int(rows.max(initial=0)) + 1, dtype=bool)
    has_any[entry_rows[wanted[codes]]] = True
    return has_any[rows]
