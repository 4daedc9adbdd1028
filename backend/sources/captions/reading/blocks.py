"""Cue blocks of WebVTT and SRT: lines under “start --> end”, however loosely written. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backend.sources.captions.timing import TIME, parse_time

_ARROW = re.compile(rf"^\s*({TIME})\s*-+>\s*({TIME})(?=\s|$)")
# A line that was meant to be one, with times that can't be read.
_BROKEN_ARROW = re.compile(r"^\s*(?:[0-9]\S{0,19}\s*-->|-->\s*[0-9])")
_NUMBER = re.compile(r"^\s*[0-9]{1,9}\s*$")
_STRAY = (
    "There is no blank line between this and the next times; it was kept with what is said before."
)

_WITHOUT_TIMES = "There are no times below this; it was kept with what is said before."


@dataclass
class Block:
    """One cue as written; times are null where the line under them could not be read."""

    line: int
    start_ms: int | None
    end_ms: int | None
    lines: list[str] = field(default_factory=list)


def is_arrow(line: str, *, may_be_broken: bool = False) -> bool:
    """Whether this line says from when to when, or was meant to."""
    return bool(_ARROW.match(line) or (may_be_broken and _BROKEN_ARROW.match(line)))


def read_blocks(
    lines: Sequence[str],
    *,
    skip: Callable[[int, str], None],
    is_comment: Callable[[str], bool] = lambda line: False,
    may_have_names: bool = False,
) -> tuple[list[str], list[Block]]:
    """The lines before the first cue, and the cues, each with the lines of its text.

    Text goes on over blank lines up to the next cue; the number before a cue belongs to that, and
    with `may_have_names` any line that stands between a blank one and the cue. Blocks that begin
    with a comment are left out.
    """
    arrows = [index for index, line in enumerate(lines) if is_arrow(line, may_be_broken=True)]
    bounds = [*arrows, len(lines)]
    front = list(lines[: bounds[0]])
    if arrows:
        front = front[: _end_of_text(front, 0, len(front), may_have_names)]
    has_gaps = any(not line.strip() for index in arrows[1:] for line in lines[index - 2 : index])
    blocks = []
    for index, following in zip(arrows, bounds[1:], strict=True):
        is_last = following == len(lines)
        end = following if is_last else _end_of_text(lines, index + 1, following, may_have_names)
        block = _block_of(lines[index], index + 1, skip)
        block.lines = _without_comments(lines[index + 1 : end], is_comment)
        _tell_of_lost_times(lines, index + 1, end, skip)
        blocks.append(block)
        if may_have_names and has_gaps and end == following != len(lines):
            _tell_of_stray(lines, index + 1, end, skip)
    return front, blocks


def _tell_of_stray(
    lines: Sequence[str], start: int, end: int, skip: Callable[[int, str], None]
) -> None:
    """A line right above times, under another line, may be the name of the cue that follows."""
    if end - start > 1 and all(line.strip() for line in lines[end - 2 : end]):
        skip(end, _STRAY)


def _tell_of_lost_times(
    lines: Sequence[str], start: int, end: int, skip: Callable[[int, str], None]
) -> None:
    """A number that stands alone above text, below a blank line, is that of a cue."""
    for index in range(start + 1, end - 1):
        is_alone = not lines[index - 1].strip() and _NUMBER.match(lines[index])
        if is_alone and lines[index + 1].strip():
            skip(index + 1, _WITHOUT_TIMES)


def _block_of(line: str, number: int, skip: Callable[[int, str], None]) -> Block:
    match = _ARROW.match(line)
    start_ms = parse_time(match.group(1)) if match else None
    end_ms = parse_time(match.group(2)) if match else None
    if start_ms is None:
        skip(number, "The times could not be read; the text below was kept without them.")
        return Block(number, None, None)
    if end_ms is None or end_ms < start_ms:
        skip(number, "This ends before it begins; only its beginning was kept.")
        end_ms = None
    return Block(number, start_ms, end_ms)


def _end_of_text(lines: Sequence[str], start: int, end: int, may_have_names: bool) -> int:
    """Where the text before a cue ends: without that cue's own number or name."""
    last = end - 1
    if last < start:
        return end
    is_alone = last == start or not lines[last - 1].strip()
    if _NUMBER.match(lines[last]) and (is_alone or last > start):
        return last
    if may_have_names and is_alone and last > start and lines[last].strip():
        return last
    return end


def _without_comments(lines: Sequence[str], is_comment: Callable[[str], bool]) -> list[str]:
    kept: list[str] = []
    is_block_start, is_in_comment = False, False
    for line in lines:
        if not line:
            is_block_start, is_in_comment = True, False
            continue
        is_in_comment = is_in_comment or (is_block_start and is_comment(line))
        if not is_in_comment:
            kept.append(line)
        is_block_start = False
    return kept
