"""Where quotes stand in a transcript: segment, first and last word."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.sample.speaking import Segment


class QuoteNotFoundError(ValueError):
    """A quote is not a run of words of its session, or is one more than once."""

    def __init__(self, quote: str, count: int) -> None:
        super().__init__(f"Found {count} times, must be once; change the quote: {quote!r}")


@dataclass(frozen=True)
class Position:
    """A run of words inside one segment; both ends are included."""

    segment: int
    first_word: int
    last_word: int


def position_of(quote: str, segments: Sequence[Segment]) -> Position:
    """The one place where the words of `quote` stand in `segments`."""
    wanted = quote.split()
    found = [
        Position(index, first, first + len(wanted) - 1)
        for index, segment in enumerate(segments)
        for first in range(len(segment.words) - len(wanted) + 1)
        if [word.text for word in segment.words[first : first + len(wanted)]] == wanted
    ]
    if len(found) != 1:
        raise QuoteNotFoundError(quote, len(found))
    return found[0]
