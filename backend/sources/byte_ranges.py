"""Reading the Range header of RFC 9110. Pure."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE)


class RangeUnsatisfiableError(Exception):
    """The range lies outside the file."""


@dataclass(frozen=True)
class ByteRange:
    """First and last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def parse_range(header: str, *, size_bytes: int) -> ByteRange | None:
    """The one range that is asked for, cut to the file; None means the whole file.

    Headers that are malformed, of another unit, or of several ranges are ignored, as the RFC
    lets a server do. Raises RangeUnsatisfiableError.
    """
    match = _RANGE.match(header)
    if match is None:
        return None
    first_text, last_text = match.groups()
    if not first_text:
        return _suffix(last_text, size_bytes)
    first = int(first_text)
    last = min(int(last_text), size_bytes - 1) if last_text else size_bytes - 1
    if last_text and int(last_text) < first:
        return None
    if first >= size_bytes:
        raise RangeUnsatisfiableError
    return ByteRange(first, last)


def _suffix(length_text: str, size_bytes: int) -> ByteRange | None:
    if not length_text:
        return None
    length = min(int(length_text), size_bytes)
    if length == 0:
        raise RangeUnsatisfiableError
    return ByteRange(size_bytes - length, size_bytes - 1)
