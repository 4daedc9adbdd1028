"""What is kept beside a generation, gathered while it is filled."""

from pathlib import Path

import tantivy

from search.engines.embedded.columns import Columns
from search.engines.embedded.kept_columns import write_columns
from search.engines.embedded.word_rows import GatheredWords

_TAKEN_OVER_AT_ONCE = 10_000


class Gathered:
    """The rows and words of its documents, in the order of their serials."""

    def __init__(self) -> None:
        self._columns = Columns()
        self._words = GatheredWords()
        self._serials: list[int] = []
        self._rows: list[bytes] = []

    def add(self, serial: int, row: bytes, document: tantivy.Document) -> None:
        self._serials.append(serial)
        self._rows.append(row)
        self._words.add(document["words"])
        if len(self._rows) == _TAKEN_OVER_AT_ONCE:
            self._take_over()

    def write(self, folder: Path) -> None:
        """Beside the index that was filled."""
        self._take_over()
        write_columns(self._columns, folder)
        last_serial = self._columns.last_serial
        # Words take more room the moment they are written.
        self._columns = Columns()
        self._words.write(folder, last_serial=last_serial)

    def _take_over(self) -> None:
        self._columns.extend(self._serials, self._rows)
        self._serials, self._rows = [], []
