"""Exact counts over the rows that match: documents and distinct people, in all and per value."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Columns, Rows
from search.engines.embedded.people import People
from search.engines.embedded.tally import Tally
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
            group: _fitting_rows(columns, rows, group) for group in query.filter_groups()
        }
        self._tallies: dict[tuple[FilterGroup, ...], Tally] = {}

    @property
    def rows(self) -> Rows:
        """Those within all of the query's filters."""
        return self._tally().rows

    def count(self) -> Counts:
        found = self._tally()
        return Counts(
            total=len(found.rows),
            people=found.people(),
            facets={facet: self._facet(facet) for facet in self._query.facets},
        )

    def _facet(self, facet: str) -> Mapping[str, FacetCount]:
        """Counted as if the facet's own filter were not set, so that a choice can be widened."""
        own = [group for group in self._masks if group.facet == facet and group.is_wide]
        selected = [value for group in own for value in group.values]
        if facet == "attributes":
            return ranked_values(self._attribute_counts(own), selected)
        return ranked_values(self._tally(*own).by_value(FILTER_FIELDS[facet]), selected)

    def _attribute_counts(self, own: list[FilterGroup]) -> dict[str, FacetCount]:
        """Each key of an attribute is a facet of its own."""
        counts = dict(self._tally().by_value("attributes"))
        for group in own:
            widened = self._tally(group).by_value("attributes")
            counts.update(
                (value, count)
                for value, count in widened.items()
                if attribute_prefix(value) == group.prefix
            )
        return counts

    def _tally(self, *leaving_out: FilterGroup) -> Tally:
        tally = self._tallies.get(leaving_out)
        if tally is None:
            rows, kinds = self._select(leaving_out), self._query.people_kinds
            tally = Tally(self._columns, self._people, rows, kinds)
            self._tallies[leaving_out] = tally
        return tally

    def _select(self, leaving_out: tuple[FilterGroup, ...]) -> Rows:
        mask = np.ones(len(self._rows), dtype=bool)
        for group, fits in self._masks.items():
            if group not in leaving_out:
                mask &= fits
        return self._rows if mask.all() else self._rows[mask]


def _in_range(columns: Columns, rows: Rows, wanted: NumberRange) -> Mask:
    numbers = columns.numbers[wanted.field].values[rows]
    mask = np.ones(len(rows), dtype=bool)
    if wanted.low is not None:
        mask &= numbers >= wanted.low
    if wanted.high is not None:
        mask &= numbers < wanted.high
    return mask


def _fitting_rows(columns: Columns, rows: Rows, group: FilterGroup) -> Mask:
    has_any = columns.rows_having(rows, group.field, group.values)
    return ~has_any if group.is_excluded else has_any
