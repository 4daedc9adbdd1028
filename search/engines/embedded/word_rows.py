"""Which rows have which word, of those that a generation was filled with.

Tantivy hands hits over one by one: a quarter of a second for the half of 1,000,000 excerpts, which
have a word that begins with two letters. So whoever fills a generation keeps a file beside it: the
rows of each word, words in order, so that those of one beginning stand next to each other. It is
mapped into memory, not read. What comes later is asked of the index.
"""

import contextlib
import struct
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.columns import GrowingArray

FILE_NAME = "words.checked"
# Checksum of all that follows; bytes of all words; number of words, of rows, and the last serial.
_HEADER = struct.Struct("<IIQQq")
_CHECKED_FROM = struct.calcsize("<I")
_LAST_LETTER = "\U0010ffff"

_SORTED_AT_ONCE = 4_000_000

Mask = NDArray[np.bool_]
Rows = NDArray[np.uint32]


class WordRows:
    """The words in order, and the rows of each."""

    def __init__(
        self,
        words: Sequence[str],
        ends: NDArray[np.int64],
        rows: Rows,
        *,
        row_count: int,
        last_serial: int,
    ) -> None:
        self._words = words
        self._ends = ends
        self._rows = rows
        self.row_count = row_count
        self.last_serial = last_serial

    def mask(self, words: Collection[str], beginning: str | None = None) -> Mask:
        """For each row whether it has any of these words, or one with that beginning."""
        mask = np.zeros(self.row_count, dtype=bool)
        for word in words:
            place = bisect_left(self._words, word)
            if place < len(self._words) and self._words[place] == word:
                mask[self._rows_of(place, place + 1)] = True
        if beginning is not None:
            first = bisect_left(self._words, beginning)
            mask[self._rows_of(first, bisect_left(self._words, beginning + _LAST_LETTER))] = True
        return mask

    def _rows_of(self, first: int, end: int) -> Rows:
        """Of the words from one place up to another."""
        start = self._ends[first - 1] if first else 0
        return self._rows[start : self._ends[end - 1] if end else 0]


NOTHING = WordRows([], np.zeros(0, np.int64), np.zeros(0, np.uint32), row_count=0, last_serial=-1)


class GatheredWords:
    """The words of a generation that is being filled, row by row."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._flat = GrowingArray(np.uint32)
        self._lengths = GrowingArray(np.uint32)

    def add(self, texts: Sequence[str]) -> None:
        """The next row: texts of words with spaces between."""
        codes = self._codes
        words = {word for text in texts for word in text.split()}
        self._flat.extend([codes.setdefault(word, len(codes)) for word in words])
        self._lengths.extend([len(words)])

    def write(self, folder: Path, *, last_serial: int) -> None:
        """Whole or not at all. A disk that is full makes searches slower, and nothing else."""
        words = sorted(self._codes)
        place_of_code = np.empty(len(words), dtype=np.uint32)
        place_of_code[[self._codes[word] for word in words]] = np.arange(len(words))
        places = place_of_code[self._flat.values]
        row_count = self._lengths.size
        rows = np.repeat(np.arange(row_count, dtype=np.uint32), self._lengths.values)
        ends = np.cumsum(np.bincount(places, minlength=len(words)), dtype=np.int64)
        text = "\n".join(words).encode()
        numbers = _HEADER.pack(0, len(text), len(words), row_count, last_serial)
        parts = chain(
            [numbers[_CHECKED_FROM:], ends.tobytes()],
            (part.tobytes() for part in _by_place(places, rows, ends)),
            [text],
        )
        _write_checked(folder / FILE_NAME, parts)


def _by_place(places: Rows, rows: Rows, ends: NDArray[np.int64]) -> Iterator[Rows]:
    """Rows in order of place, and of the same place in theirs; some at a time, to save memory."""
    first = 0
    while first < len(ends):
        done = ends[first - 1] if first else 0
        end = max(first + 1, int(np.searchsorted(ends, done + _SORTED_AT_ONCE)))
        chosen = np.flatnonzero((places >= first) & (places < end))
        yield rows[chosen[np.argsort(places[chosen], kind="stable")]]
        first = end


def _write_checked(path: Path, parts: Iterable[bytes]) -> None:
    """The checksum stands first and is known last."""
    checksum = 0
    try:
        with path.open("wb") as file:
            file.write(bytes(_CHECKED_FROM))
            for part in parts:
                checksum = zlib.crc32(part, checksum)
                file.write(part)
            file.seek(0)
            file.write(struct.pack("<I", checksum))
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def read_word_rows(folder: Path) -> WordRows:
    """What is kept; nothing, if nothing is or it is damaged."""
    try:
        content = np.memmap(folder / FILE_NAME, dtype=np.uint8, mode="r")
    except (OSError, ValueError):
        return NOTHING
    if len(content) < _HEADER.size:
        return NOTHING
    checksum, words_bytes, word_count, row_count, last_serial = _HEADER.unpack(
        content[: _HEADER.size].tobytes()
    )
    if zlib.crc32(content[_CHECKED_FROM:].data) != checksum:
        return NOTHING
    ends_end = _HEADER.size + 8 * word_count
    words_start = len(content) - words_bytes
    text = content[words_start:].tobytes().decode()
    return WordRows(
        text.split("\n") if text else [],
        content[_HEADER.size : ends_end].view(np.int64),
        content[ends_end:words_start].view(np.uint32),
        row_count=row_count,
        last_serial=last_serial,
    )
