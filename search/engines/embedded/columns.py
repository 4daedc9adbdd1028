"""The filterable values of every document as arrays in memory, for exact counts of people.

Tantivy's own cardinality is an estimate, and its buckets cost about two microseconds each: 38 ms
for people per quadrant at 100,000 excerpts, where these arrays take one. They are read from the
stored rows once per generation and then follow each commit.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.query import FILTER_FIELDS, NUMBER_FIELDS

Rows = NDArray[np.int64]
Codes = NDArray[np.int32]
Persons = NDArray[np.int32]

# Of fewer rows than one in so many the values are looked up row by row.
_FEW = 16


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
    """One field of all rows: distinct values as codes, each row a stretch of a flat array."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._names: list[str] = []
        self._flat = GrowingArray(np.int32)
        self._row_of = GrowingArray(np.int32)
        self._starts = GrowingArray(np.int64)
        self._starts.extend([0])
        self.has_one_value_each = True

    def extend(self, rows: Sequence[Sequence[str]]) -> None:
        codes = self._codes
        flat = [codes.setdefault(value, len(codes)) for row in rows for value in row]
        lengths = [len(row) for row in rows]
        first_row = self._starts.size - 1
        ends = np.cumsum(lengths, dtype=np.int64) + self._flat.size
        self._names += list(islice(codes, len(self._names), None))
        self.has_one_value_each &= all(length == 1 for length in lengths)
        self._flat.extend(flat)
        self._row_of.extend(np.repeat(np.arange(first_row, first_row + len(rows)), lengths))
        # Last, for a search in another thread goes by it.
        self._starts.extend(ends)

    @classmethod
    def of(cls, names: list[str], flat: Codes, lengths: NDArray[np.uint32]) -> "Column":
        """As it was when it had these names, `flat` and `lengths`."""
        column = cls()
        column._names = names
        column._codes = {name: code for code, name in enumerate(names)}
        column._flat.extend(flat)
        column._row_of.extend(np.repeat(np.arange(len(lengths)), lengths))
        column._starts.extend(np.cumsum(lengths, dtype=np.int64))
        column.has_one_value_each = bool((lengths == 1).all())
        return column

    @property
    def flat(self) -> Codes:
        """The codes of all rows, one row after the other."""
        return self._flat.values

    @property
    def lengths(self) -> NDArray[np.uint32]:
        """How many values each row has."""
        return np.diff(self._starts.values).astype(np.uint32)

    @property
    def names(self) -> list[str]:
        """The value of each code."""
        return self._names

    def code(self, value: str) -> int | None:
        return self._codes.get(value)

    def entries(self, rows: Rows) -> tuple[Codes, Rows]:
        """All values of these rows, in order and each once: their codes, and the row of each."""
        if self.has_one_value_each:
            return self._flat.values[rows], rows
        starts = self._starts.values
        row_count, count = len(starts) - 1, starts[-1]
        if len(rows) * _FEW < row_count:
            codes, positions = self.entries_by_position(rows)
            return codes, rows[positions]
        mask = np.zeros(row_count, dtype=bool)
        mask[rows] = True
        row_of = self._row_of.values[:count]
        chosen = mask[row_of]
        return self._flat.values[:count][chosen], row_of[chosen]

    def first_of_last(self, row_count: int) -> tuple[Codes, NDArray[np.int64]]:
        """Of the last rows: the code of the first value and 1, or 0; and how many values."""
        starts = self._starts.values[-row_count - 1 :]
        counts = np.diff(starts)
        first = np.zeros(row_count, dtype=np.int32)
        first[counts > 0] = self._flat.values[starts[:-1][counts > 0]] + 1
        return first, counts

    def entries_by_position(self, rows: Rows) -> tuple[Codes, Rows]:
        """All values of these rows: their codes, and for each the position in `rows`."""
        starts = self._starts.values
        first = starts[rows]
        lengths = starts[rows + 1] - first
        positions = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        flat_indexes = np.arange(len(positions)) + np.repeat(first - before, lengths)
        return self._flat.values[flat_indexes], positions


@dataclass(frozen=True, slots=True)
class ColumnsState:
    """All that columns hold, as lists of texts and arrays of numbers by name."""

    texts: dict[str, list[str]]
    arrays: dict[str, NDArray[Any]]


class Columns:
    """The rows of one generation. A replaced or deleted document leaves a dead row behind."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.versions: list[int] = []
        self.fields = {name: Column() for name in FILTER_FIELDS.values()}
        self.numbers = {name: GrowingArray(np.int64) for name in NUMBER_FIELDS}
        self.workspaces = Column()
        self._first_persons = GrowingArray(np.int32)
        self._has_more_persons = GrowingArray(np.bool_)
        self._serials = GrowingArray(np.int64)
        self._row_of_key: dict[str, int] = {}
        self.is_live = np.zeros(0, dtype=bool)

    def state(self) -> ColumnsState:
        """Everything, to be kept elsewhere."""
        parts = {**self.fields, "workspace": self.workspaces}
        texts = {name: column.names for name, column in parts.items()} | {"key": self.keys}
        arrays: dict[str, NDArray[Any]] = {
            "serial": self._serials.values,
            "version": np.array(self.versions, dtype=np.int64),
        }
        for name, column in parts.items():
            arrays |= {f"{name} flat": column.flat, f"{name} lengths": column.lengths}
        for name, numbers in self.numbers.items():
            arrays[f"{name} numbers"] = numbers.values
        return ColumnsState(texts, arrays)

    @classmethod
    def of(cls, state: ColumnsState) -> "Columns":
        """Columns in that state. Raises LookupError if it lacks something."""

        def column(name: str) -> Column:
            return Column.of(
                state.texts[name], state.arrays[f"{name} flat"], state.arrays[f"{name} lengths"]
            )

        columns = cls()
        columns.keys = state.texts["key"]
        columns.versions = state.arrays["version"].tolist()
        columns.fields = {name: column(name) for name in columns.fields}
        columns.workspaces = column("workspace")
        for name, numbers in columns.numbers.items():
            numbers.extend(state.arrays[f"{name} numbers"])
        columns._serials.extend(state.arrays["serial"])
        columns._row_of_key = {key: row for row, key in enumerate(columns.keys)}
        columns.is_live = np.zeros(len(columns.keys), dtype=bool)
        columns.is_live[list(columns._row_of_key.values())] = True
        columns._note_persons(len(columns.keys))
        return columns

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
            self.versions.append(row[1])
        self.workspaces.extend([[row[2]] for row in rows])
        for index, column in enumerate(self.fields.values(), start=3):
            column.extend([row[index] for row in rows])
        for index, numbers in enumerate(self.numbers.values(), start=3 + len(self.fields)):
            numbers.extend([row[index] for row in rows])
        self._note_persons(len(rows))
        self._serials.extend(serials)
        self.is_live = is_live

    def _note_persons(self, row_count: int) -> None:
        """Of the last rows."""
        persons, counts = self.fields["participant_ids"].first_of_last(row_count)
        self._first_persons.extend(persons)
        self._has_more_persons.extend(counts > 1)

    @property
    def first_persons(self) -> Persons:
        """The number of each row's first participant: its code and 1; 0 is nobody."""
        return self._first_persons.values

    @property
    def has_more_persons(self) -> NDArray[np.bool_]:
        """Whether a row has others besides."""
        return self._has_more_persons.values

    def keep_only(self, live_serials: NDArray[np.int64]) -> None:
        """Kills every row but these."""
        self.is_live = np.isin(self._serials.values, live_serials)

    def serials_of(self, rows: Rows) -> NDArray[np.int64]:
        """The serials of rows."""
        serials: NDArray[np.int64] = self._serials.values[rows]
        return serials

    def rows_of(self, serials: NDArray[np.int64]) -> Rows:
        """Rows of serials that are in the index, in order of serial."""
        return np.searchsorted(self._serials.values, np.sort(serials)).astype(np.int64)
