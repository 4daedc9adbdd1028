"""Times for formats in which every cue must have them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from backend.sources.captions.cues import Cue
from backend.sources.captions.timing import fill_times


def timed(cues: Iterable[Cue]) -> Iterator[tuple[int, int, Cue]]:
    """(start, end, cue); missing times are guessed, and a cue lasts a millisecond at least."""
    cues = list(cues)
    if cues and cues[0].start_ms is None:
        cues[0] = replace(cues[0], start_ms=0, end_ms=None)
    for cue in fill_times(cues):
        start_ms = cue.start_ms or 0
        yield start_ms, max(start_ms + 1, cue.end_ms or 0), cue
