"""Exact counts over the rows that match: documents and distinct people, in all and per value."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Column, Columns, Rows
from search.query import FILTER_FIELDS, FilterGroup, NumberRange, SearchQuery, attribute_prefix
from search.result import FacetCount, Facets, ranked_values

Mask = NDArray[np.bool_]

# Up to this many possible pairs, ticking them off in a table is faster than sorting them.
_LARGEST_TABLE = 4_000_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What is told of all matches of a query."""

    total: int
    people: int
    facets: Facets


@dataclass(frozen=True, slots=True)
class _Selection:
    """Rows with the people behind those whose people count: `person_rows[i]` has `persons[i]`."""

    rows: Rows
    person_rows: Rows
    persons: NDArray[np.int64]


class Counter:
    """Counts for one query, over the rows of its workspace that its text matches."""

    def __init__(self, columns: Columns, rows: Rows, query: SearchQuery) -> None:
        self._columns = columns
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
        return self._matches.rows

    def count(self) -> Counts:
        return Counts(
            total=len(self._matches.rows),
            people=int(np.count_nonzero(np.bincount(self._matches.persons))),
            facets={facet: self._facet(facet) for facet in self._query.facets},
        )

    def _facet(self, facet: str) -> Mapping[str, FacetCount]:
        """Counted as if the facet's own filter were not set, so that a choice can be widened."""
        own = [group for group in self._masks if group.facet == facet and group.is_wide]
        selected = [value for group in own for value in group.values]
        column = self._columns.fields[FILTER_FIELDS[facet]]
        if facet == "attributes":
            return ranked_values(self._attribute_counts(column, own), selected)
        return ranked_values(_value_counts(column, self._select(leaving_out=own)), selected)

    def _attribute_counts(self, column: Column, own: list[FilterGroup]) -> dict[str, FacetCount]:
        """Each key of an attribute is a facet of its own."""
        counts = _value_counts(column, self._matches)
        for group in own:
            widened = _value_counts(column, self._select(leaving_out=[group]))
            counts.update(
                (value, count)
                for value, count in widened.items()
                if attribute_prefix(value) == group.prefix
            )
        return counts

    def _select(self, *, leaving_out: list[FilterGroup] | tuple[()]) -> _Selection:
        if not leaving_out and hasattr(self, "_matches"):
            return self._matches
        mask = np.ones(len(self._rows), dtype=bool)
        for group, has_any in self._masks.items():
            if group not in leaving_out:
                mask &= has_any
        rows = self._rows[mask]
        counted = _rows_with_any(self._columns.fields["kind"], rows, self._query.people_kinds)
        people_rows = rows if counted.all() else rows[counted]
        persons, positions = self._columns.fields["participant_ids"].entries(people_rows)
        is_one_each = np.array_equal(positions, np.arange(len(people_rows)))
        return _Selection(rows, people_rows if is_one_each else people_rows[positions], persons)


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
    codes, positions = column.entries(rows)
    mask = np.zeros(len(rows), dtype=bool)
    mask[positions[wanted[codes]]] = True
    return mask


def _value_counts(column: Column, selection: _Selection) -> dict[str, FacetCount]:
    names = column.names
    codes, positions = column.entries(selection.rows)
    documents = np.bincount(codes, minlength=len(names))
    if selection.person_rows is not selection.rows:
        codes, positions = column.entries(selection.person_rows)
    people = _people_per_value(codes, selection.persons[positions], len(names))
    return {
        names[code]: FacetCount(int(documents[code]), int(people[code]))
        for code in np.flatnonzero(documents)
    }


def _people_per_value(
    codes: NDArray[np.int64], persons: NDArray[np.int64], value_count: int
) -> NDArray[np.int64]:
    """For each code, how many distinct people it occurs with."""
    person_count = int(persons.max(initial=0)) + 1
    pairs = codes * person_count + persons
    if value_count * person_count <= _LARGEST_TABLE:
        seen = np.zeros(value_count * person_count, dtype=bool)
        seen[pairs] = True
        return seen.reshape(value_count, person_count).sum(axis=1)
    distinct = np.unique(pairs)
    return np.bincount(distinct // person_count, minlength=value_count)
