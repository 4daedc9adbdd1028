"""Reading WebVTT, also as Zoom, Teams and YouTube write it. Pure."""

import re
from collections.abc import Collection, Sequence

from backend.sources.captions.cues import Captions, tidy, tidy_language
from backend.sources.captions.reading.blocks import read_blocks
from backend.sources.captions.reading.markup import read_fragments
from backend.sources.captions.reading.rolling import without_rolling
from backend.sources.captions.reading.voices import cues_of

_COMMENT = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_HEADER = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*[:=]\s*(.*)$")


def read_vtt(lines: Sequence[str], *, known_names: Collection[str] = ()) -> Captions:
    """Cues with their voices; times inside cues become times of words."""
    captions = Captions("vtt")
    front, blocks = read_blocks(
        lines, skip=captions.skip, is_comment=_is_comment, may_have_names=True
    )
    _read_front(front, captions)
    written = [read_fragments(block.lines) for block in blocks]
    texts = without_rolling(written, blocks, skip=captions.skip)
    for cue in cues_of(blocks, texts, known_names=known_names):
        captions.add(cue)
    return captions


def _is_comment(line: str) -> bool:
    return _COMMENT.match(line) is not None


def _read_front(front: Sequence[str], captions: Captions) -> None:
    is_block_start, is_in_comment = True, False
    for number, line in enumerate(front, start=1):
        if not line.strip():
            is_block_start, is_in_comment = True, False
            continue
        is_in_comment = is_in_comment or (is_block_start and _is_comment(line))
        is_block_start = False
        header = _HEADER.match(line)
        if header and header.group(1).lower() == "language":
            captions.language = tidy_language(header.group(2))
        elif not (is_in_comment or header or line.startswith("WEBVTT") or not tidy(line)):
            captions.skip(number, "This line stands before the first times, so it was left out.")
