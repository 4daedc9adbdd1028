"""Which rows a text matches, remembered from one commit to the next.

Tantivy hands hits over one by one: a tenth of a second for the half of 400,000 excerpts. Rows are
only ever added and die, so after a commit only those that are new have to be asked for.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import Rows

T = TypeVar("T")

_REMEMBERED_BYTES = 64_000_000


class Recent(Generic[T]):
    """The last answers: a next page, another filter, the same first letters ask for them again.

    Up to a number of bytes in all, by the size that `size_of` says of each; the one that was not
    asked for longest goes first.
    """

    def __init__(self, size_of: Callable[[T], int], budget_bytes: int) -> None:
        self._answers: dict[Hashable, T] = {}
        self._size_of = size_of
        self._budget_bytes = budget_bytes
        self._size_bytes = 0
        self._changing = threading.Lock()

    def get(self, question: Hashable) -> T | None:
        with self._changing:
            answer = self._answers.get(question)
            if answer is not None:
                self._put_last(question, answer)
        return answer

    def put(self, question: Hashable, answer: T) -> None:
        with self._changing:
            self._put_last(question, answer)

    def get_or_make(self, question: Hashable, make: Callable[[], T]) -> T:
        answer = self.get(question)
        if answer is None:
            answer = make()
            self.put(question, answer)
        return answer

    def _put_last(self, question: Hashable, answer: T) -> None:
        earlier = self._answers.pop(question, None)
        if earlier is not None:
            self._size_bytes -= self._size_of(earlier)
        self._answers[question] = answer
        self._size_bytes += self._size_of(answer)
        while self._size_bytes > self._budget_bytes and len(self._answers) > 1:
            self._size_bytes -= self._size_of(self._answers.pop(next(iter(self._answers))))


@dataclass(frozen=True, slots=True)
class _Known:
    """Matches among the first `row_count` rows, some of which may have died since.

    As a bit for each row, or as numbers of four bytes, whichever is smaller.
    """

    packed: NDArray[Any]
    row_count: int

    @classmethod
    def of(cls, rows: Rows, row_count: int) -> "_Known":
        if len(rows) * 32 < row_count:
            return cls(rows.astype(np.uint32), row_count)
        mask = np.zeros(row_count, dtype=bool)
        mask[rows] = True
        return cls(np.packbits(mask), row_count)

    @property
    def rows(self) -> Rows:
        if self.packed.dtype == np.uint32:
            return self.packed.astype(np.int64)
        mask = np.unpackbits(self.packed, count=self.row_count).view(bool)
        return np.flatnonzero(mask).astype(np.int64, copy=False)


class Matches:
    """Of one generation; used by the snapshots of all its commits."""

    def __init__(self) -> None:
        self._known = Recent[_Known](lambda known: known.packed.nbytes, _REMEMBERED_BYTES)

    def rows(self, question: Hashable, row_count: int, find: Callable[[int], Rows]) -> Rows:
        """Matches among the first `row_count` rows, in order; the caller leaves out the dead.

        `find` finds those from a row on, and is asked for what is not known yet.
        """
        known = self._known.get(question)
        rows = np.zeros(0, dtype=np.int64) if known is None else known.rows
        known_count = 0 if known is None else known.row_count
        if known_count > row_count:
            return rows[: np.searchsorted(rows, row_count)]
        if known_count < row_count:
            rows = np.concatenate([rows, find(known_count)])
            self._known.put(question, _Known.of(rows, row_count))
        return rows
