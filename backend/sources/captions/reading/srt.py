"""Reading SubRip (SRT), however loosely it was written. Pure."""

from collections.abc import Collection, Sequence

from backend.sources.captions.cues import Captions, tidy
from backend.sources.captions.reading.blocks import read_blocks
from backend.sources.captions.reading.markup import plain_fragment
from backend.sources.captions.reading.rolling import without_rolling
from backend.sources.captions.reading.voices import cues_of


def read_srt(lines: Sequence[str], *, known_names: Collection[str] = ()) -> Captions:
    """Cues by their times alone: numbers may be missing, repeated or out of order."""
    captions = Captions("srt")
    front, blocks = read_blocks(lines, skip=captions.skip)
    for number, line in enumerate(front, start=1):
        if tidy(line):
            captions.skip(number, "This line stands before the first times, so it was left out.")
    written = [[plain_fragment(line) for line in block.lines] for block in blocks]
    texts = without_rolling(written, blocks, skip=captions.skip)
    for cue in cues_of(blocks, texts, known_names=known_names):
        captions.add(cue)
    return captions
