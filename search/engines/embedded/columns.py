"""The filterable values of every document as arrays in memory, for exact counts of people.

Tantivy's own cardinality is an estimate, and its buckets cost about two microseconds each: 38 ms
for people per quadrant at 100,000 excerpts, where these arrays take one. They are read from the
stored rows once per generation and then follow each commit.

Fields that change together are a group: each row has the number of a combination of their values,
and the values stand once for each combination. So a row is counted once for all fields of a group.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.query import FILTER_FIELDS, NUMBER_FIELDS

Rows = NDArray[np.int64]
Codes = NDArray[np.int32]
Combinations = NDArray[np.int64]

# In the order of FILTER_FIELDS a stored row has its values.
_FIELDS = ("workspace_id", *FILTER_FIELDS.values())
GROUPS = {
    "who": ("participant_ids", "attributes"),
    "where": ("workspace_id", "study_ids", "session_kind", "product_area", "speaker_role"),
    "how": ("kind", "quadrants", "aspects", "intensities", "has_insight", "is_key_quote"),
    "personas": ("persona_ids",),
    "tags": ("tag_ids",),
}
GROUP_OF = {field: group for group, fields in GROUPS.items() for field in fields}


def among(many: Rows, few: Rows) -> Rows:
    """Those of a few rows that are among many, which stand in order."""
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[places] == few] if len(many) else few[:0]


def not_among(many: Rows, few: Rows) -> Rows:
    """Those of a few rows that are not among many; both stand in order."""
    return np.setdiff1d(few, many, assume_unique=True)


class GrowingArray:
    """An array that can be appended to; what was read from it before stays valid."""

    def __init__(self, dtype: type[np.generic]) -> None:
        self._room = np.empty(1024, dtype=dtype)
        self.size = 0

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        needed = self.size + len(values)
        if needed > len(self._room):
            larger = np.empty(max(needed, 2 * len(self._room)), dtype=self._room.dtype)
            larger[: self.size] = self._room[: self.size]
            self._room = larger
        self._room[self.size : needed] = values
        self.size = needed

    @property
    def values(self) -> NDArray[Any]:
        return self._room[: self.size]


class Column:
    """One field of all combinations: distinct values as codes, each combination a stretch of a
    flat array.
    """

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._names: list[str] = []
        self._flat = GrowingArray(np.int32)
        self._starts = GrowingArray(np.int64)
        self._starts.extend([0])

    def append(self, values: Sequence[str]) -> None:
        """The values of the next combination."""
        codes = self._codes
        flat = [codes.setdefault(value, len(codes)) for value in values]
        self._names += list(islice(codes, len(self._names), None))
        self._flat.extend(flat)
        # Last, for a search in another thread goes by it.
        self._starts.extend([self._flat.size])

    @classmethod
    def of(cls, names: list[str], flat: Codes, lengths: NDArray[np.uint32]) -> "Column":
        """As it was when it had these names, `flat` and `lengths`."""
        column = cls()
        column._names = names
        column._codes = {name: code for code, name in enumerate(names)}
        column._flat.extend(flat)
        column._starts.extend(np.cumsum(lengths, dtype=np.int64))
        return column

    @property
    def flat(self) -> Codes:
        """The codes of all combinations, one after the other."""
        return self._flat.values

    @property
    def lengths(self) -> NDArray[np.uint32]:
        """How many values each combination has."""
        return np.diff(self._starts.values).astype(np.uint32)

    @property
    def names(self) -> list[str]:
        """The value of each code."""
        return self._names

    def code(self, value: str) -> int | None:
        return self._codes.get(value)

    def entries(self, combinations: Combinations | Codes) -> tuple[Codes, NDArray[np.int64]]:
        """All values of these combinations: their codes, and for each the position of its
        combination in `combinations`.
        """
        starts = self._starts.values
        first = starts[combinations]
        lengths = starts[combinations + 1] - first
        positions = np.repeat(np.arange(len(combinations)), lengths)
        before = np.cumsum(lengths) - lengths
        flat_indexes = np.arange(len(positions)) + np.repeat(first - before, lengths)
        return self._flat.values[flat_indexes], positions

    def all_values(self) -> list[tuple[str, ...]]:
        """Of each combination."""
        values = [self._names[code] for code in self._flat.values.tolist()]
        return [tuple(values[start:end]) for start, end in pairwise(self._starts.values.tolist())]


class Group:
    """Fields that change together: for each row the number of its combination of values."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.columns = {field: Column() for field in fields}
        self._places = [_FIELDS.index(field) for field in fields]
        self._number_of: dict[tuple[tuple[str, ...], ...], int] = {}
        self._rows = GrowingArray(np.int32)

    @classmethod
    def of(cls, columns: dict[str, Column], rows: Codes) -> "Group":
        """As it was when it had these columns and rows."""
        group = cls(list(columns))
        group.columns = columns
        combinations = zip(*(column.all_values() for column in columns.values()), strict=True)
        group._number_of = {values: number for number, values in enumerate(combinations)}
        group._rows.extend(rows)
        return group

    def extend(self, rows: Sequence[Sequence[Sequence[str]]]) -> None:
        """Appends rows, each the values of all fields in their order."""
        numbers = self._number_of
        found = []
        for row in rows:
            values = tuple([tuple(row[place]) for place in self._places])
            number = numbers.get(values)
            if number is None:
                for column, each in zip(self.columns.values(), values, strict=True):
                    column.append(each)
                number = numbers[values] = len(numbers)
            found.append(number)
        self._rows.extend(found)

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return len(self._number_of)

    @property
    def rows(self) -> Codes:
        """The number of each row's combination."""
        return self._rows.values

    def having(self, field: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """For each combination whether it has any of these values of a field."""
        column = self.columns[field]
        wanted = np.zeros(len(column.names), dtype=bool)
        wanted[[code for value in values if (code := column.code(value)) is not None]] = True
        every = np.arange(self.count)
        codes, positions = column.entries(every)
        has_any = np.zeros(len(every), dtype=bool)
        has_any[positions[wanted[codes]]] = True
        return has_any


@dataclass(frozen=True, slots=True)
class ColumnsState:
    """All that columns hold, as lists of texts and arrays of numbers by name."""

    texts: dict[str, list[str]]
    arrays: dict[str, NDArray[Any]]


class Columns:
    """The rows of one generation. A replaced or deleted document leaves a dead row behind."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._versions = GrowingArray(np.int64)
        self.groups = {name: Group(fields) for name, fields in GROUPS.items()}
        self.numbers = {name: GrowingArray(np.int64) for name in NUMBER_FIELDS}
        self._serials = GrowingArray(np.int64)
        self._row_of_key: dict[str, int] = {}
        self.is_live = np.zeros(0, dtype=bool)

    def state(self) -> ColumnsState:
        """Everything, to be kept elsewhere."""
        texts = {"key": self.keys}
        arrays: dict[str, NDArray[Any]] = {
            "serial": self._serials.values,
            "version": self._versions.values,
        }
        for name, group in self.groups.items():
            arrays[f"{name} rows"] = group.rows
            for field, column in group.columns.items():
                texts[field] = column.names
                arrays |= {f"{field} flat": column.flat, f"{field} lengths": column.lengths}
        for name, numbers in self.numbers.items():
            arrays[f"{name} numbers"] = numbers.values
        return ColumnsState(texts, arrays)

    @classmethod
    def of(cls, state: ColumnsState) -> "Columns":
        """Columns in that state. Raises LookupError if it lacks something."""
        texts, arrays = state.texts, state.arrays
        columns = cls()
        columns.keys = texts["key"]
        columns._versions.extend(arrays["version"])
        for name, fields in GROUPS.items():
            held = {
                field: Column.of(texts[field], arrays[f"{field} flat"], arrays[f"{field} lengths"])
                for field in fields
            }
            columns.groups[name] = Group.of(held, arrays[f"{name} rows"])
        for name, numbers in columns.numbers.items():
            numbers.extend(arrays[f"{name} numbers"])
        columns._serials.extend(arrays["serial"])
        columns._row_of_key = {key: row for row, key in enumerate(columns.keys)}
        columns.is_live = np.zeros(len(columns.keys), dtype=bool)
        columns.is_live[list(columns._row_of_key.values())] = True
        return columns

    def group_of(self, field: str) -> Group:
        """The group that a field belongs to."""
        return self.groups[GROUP_OF[field]]

    def names(self, field: str) -> list[str]:
        """All values of a field."""
        return self.group_of(field).columns[field].names

    def rows_having(self, rows: Rows, field: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """For each of these rows whether it has any of these values of a field."""
        group = self.group_of(field)
        return group.having(field, values)[group.rows[rows]]

    @property
    def last_serial(self) -> int:
        return int(self._serials.values[-1]) if self.keys else -1

    @property
    def row_count(self) -> int:
        return len(self.keys)

    @property
    def live_count(self) -> int:
        return int(np.count_nonzero(self.is_live))

    @property
    def dead_count(self) -> int:
        return len(self.keys) - self.live_count

    def extend(self, serials: Sequence[int], stored_rows: Sequence[bytes]) -> None:
        """Appends rows in order of serial; a key seen before kills its earlier row."""
        rows = json.loads(b"[%s]" % b",".join(stored_rows))
        # A search in another thread may be reading the old array.
        is_live = np.concatenate([self.is_live, np.ones(len(rows), dtype=bool)])
        for row in rows:
            earlier = self._row_of_key.get(row[0])
            if earlier is not None:
                is_live[earlier] = False
            self._row_of_key[row[0]] = len(self.keys)
            self.keys.append(row[0])
        values = [[[row[2]], *row[3 : 3 + len(FILTER_FIELDS)]] for row in rows]
        for group in self.groups.values():
            group.extend(values)
        for index, numbers in enumerate(self.numbers.values(), start=3 + len(FILTER_FIELDS)):
            numbers.extend([row[index] for row in rows])
        self._versions.extend([row[1] for row in rows])
        self._serials.extend(serials)
        self.is_live = is_live

    def has_row(self, row: int, serial: int) -> bool:
        """Whether the document in this row has this serial."""
        return 0 <= row < self.row_count and int(self._serials.values[row]) == serial

    def version_of(self, row: int) -> int:
        """Of the document of a row."""
        return int(self._versions.values[row])

    def serials_of(self, rows: Rows) -> NDArray[np.int64]:
        """The serials of rows."""
        serials: NDArray[np.int64] = self._serials.values[rows]
        return serials

    def rows_of(self, serials: NDArray[np.int64]) -> Rows:
        """Rows of serials that are in the index, in order of serial."""
        return np.searchsorted(self._serials.values, np.sort(serials)).astype(np.int64)
