"""Whether the files of a generation still hold what was written into them.

Tantivy ends each file with a checksum but doesn't look at it: a changed byte may pass for an
answer, end in a panic, or be carried into the next merge. A file is immutable once it is named in
meta.json, so each is read once (a second for each gigabyte) and remembered.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

META = "meta.json"
_PARTS = ("idx", "pos", "term", "store", "fast", "fieldnorm")
_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_STRETCH_BYTES = 4 * 1024 * 1024


class DamagedIndexError(Exception):
    """A file is missing, or does not hold what was written into it."""


class Checked:
    """The files that were right when they were last looked at; for one generation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._right: set[tuple[str, int, int]] = set()

    def check(self) -> None:
        """Reads whatever has not been read yet. Raises DamagedIndexError, and OSError if a file is
        there and can't be read.
        """
        while (meta := self._read_meta()) is not None:
            try:
                self._check_files(meta)
            except FileNotFoundError as error:
                # A merge may have taken the place of these files meanwhile.
                if self._read_meta() != meta:
                    continue
                raise DamagedIndexError(f"{error.filename} is missing") from error
            return
        raise DamagedIndexError(f"{self.path / META} is missing")

    def forget(self) -> None:
        """Read everything again the next time."""
        self._right.clear()

    def _read_meta(self) -> bytes | None:
        try:
            return (self.path / META).read_bytes()
        except FileNotFoundError:
            return None

    def _check_files(self, meta: bytes) -> None:
        right = set()
        for name in _file_names(meta):
            path = self.path / name
            stat = path.stat()
            seen = (name, stat.st_size, stat.st_mtime_ns)
            if seen not in self._right and not _is_right(path):
                raise DamagedIndexError(f"{path} does not hold what was written into it")
            right.add(seen)
        self._right = right


def _file_names(meta: bytes) -> Iterator[str]:
    try:
        segments: list[Any] = json.loads(meta)["segments"]
        for segment in segments:
            name = segment["segment_id"].replace("-", "")
            yield from (f"{name}.{part}" for part in _PARTS)
            if segment["deletes"]:
                yield f"{name}.{segment['deletes']['opstamp']}.del"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndexError(f"{META} can't be read: {error}") from error


def _is_right(path: Path) -> bool:
    """The layout of tantivy's footers: content, JSON with its "crc", the JSON's length, 1337.

    Read, not mapped: a mapped file that gets shorter meanwhile ends the process.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < _FOOTER.size:
            return False
        file.seek(size - _FOOTER.size)
        length, magic = _FOOTER.unpack(file.read(_FOOTER.size))
        end = size - _FOOTER.size - length
        if magic != _MAGIC or end < 0:
            return False
        file.seek(end)
        try:
            wanted = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        return bool(_checksum(file, end) == wanted)


def _checksum(file: BinaryIO, size: int) -> int:
    checksum = 0
    while size and (stretch := file.read(min(size, _STRETCH_BYTES))):
        checksum = zlib.crc32(stretch, checksum)
        size -= len(stretch)
    return checksum
