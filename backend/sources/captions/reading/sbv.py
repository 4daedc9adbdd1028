"""Reading SubViewer (SBV), as YouTube's studio writes it. Pure."""

import re
from collections.abc import Collection, Sequence

from backend.sources.captions.cues import Captions
from backend.sources.captions.reading.srt import read_srt
from backend.sources.captions.timing import TIME

_SPAN = re.compile(rf"^\s*({TIME})\s*,\s*({TIME})\s*$")


def is_span(line: str) -> bool:
    """Whether this line says from when to when: “0:00:01.000,0:00:02.500”."""
    return _SPAN.match(line) is not None


def read_sbv(lines: Sequence[str], *, known_names: Collection[str] = ()) -> Captions:
    """The same blocks as in SRT under another arrow; lines keep their numbers."""
    captions = read_srt([_SPAN.sub(r"\1 --> \2", line) for line in lines], known_names=known_names)
    captions.format = "sbv"
    return captions
