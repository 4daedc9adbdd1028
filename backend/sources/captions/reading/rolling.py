"""Captions whose lines roll: each is shown once more above the next, as YouTube has them. Pure."""

from collections.abc import Callable, Sequence

from backend.sources.captions.reading.blocks import Block
from backend.sources.captions.reading.markup import Fragment, text_of_line

_REASON = "From here on each line is shown twice; it was taken once."
_UNLIKELY_TWICE_WORDS = 3


def without_rolling(
    texts: Sequence[list[list[Fragment]]],
    blocks: Sequence[Block],
    *,
    skip: Callable[[int, str], None],
) -> Sequence[list[list[Fragment]]]:
    """The texts as they are; of rolling ones what each block shows anew."""
    if not _is_rolling(texts):
        return texts
    fresh = _without_repeated_lines(texts)
    repeats = (
        block.line
        for block, old, new in zip(blocks, texts, fresh, strict=True)
        if len([line for line in old if line]) > len(new)
    )
    skip(next(repeats, 1), _REASON)
    return fresh


def _is_rolling(cues: Sequence[list[list[Fragment]]]) -> bool:
    """Whether each cue shows the line before it once more, as YouTube's captions do.

    Two people who say the same short thing in turn, or one who says it twice, must not count.
    """
    several, repeating, is_sure = 0, 0, False
    before: list[str] = []
    for cue in cues:
        lines = [text_of_line(line) for line in cue if line]
        is_sure = is_sure or any(part.marks for line in cue for part in line)
        if len(lines) > 1:
            several += 1
            if before and lines[0] == before[-1]:
                repeating += 1
                is_sure = is_sure or lines[0].count(" ") + 1 >= _UNLIKELY_TWICE_WORDS
        before = lines
    return repeating * 2 >= several and repeating >= (1 if is_sure else 2)


def _without_repeated_lines(
    cues: Sequence[list[list[Fragment]]],
) -> list[list[list[Fragment]]]:
    """What each rolling cue shows anew: less the lines that were on the screen before."""
    fresh: list[list[list[Fragment]]] = []
    shown: list[str] = []
    for cue in cues:
        cue = [line for line in cue if line]
        lines = [text_of_line(line) for line in cue]
        most = min(len(lines), len(shown))
        repeated = next((k for k in range(most, 0, -1) if shown[-k:] == lines[:k]), 0)
        fresh.append(cue[repeated:])
        if lines:
            shown = lines
    return fresh
