"""Times in caption files, and times of words where only those of their cue are known. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from backend.sources.captions.cues import Cue, CueWord

# Hours may be missing and decimals may follow a comma, point or colon; [0-9] because \d takes
# digits of all scripts.
TIME = r"(?:[0-9]{1,4}:)?[0-9]{1,3}:[0-9]{1,2}(?:[.,:][0-9]{1,9})?"
_TIME = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9})|:([0-9]{3}))?")
LATEST_MS = 1000 * 3_600_000

# Of speech of which only the start is known: a slow word's time, so that the last word of a turn
# isn't stretched over the pause behind it.
_WORD_MS = 600


def parse_time(text: str) -> int | None:
    """Milliseconds of “01:02:03.450”, “2:03,45”, “0:12”; None for anything else."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, point, colon = match.groups()
    decimals = (point or colon or "").ljust(3, "0")[:3]
    total_s = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    time_ms = total_s * 1000 + int(decimals)
    return time_ms if time_ms <= LATEST_MS else None


def format_time(time_ms: int, *, point: str = ".") -> str:
    """Hours, minutes, seconds and milliseconds: 01:02:03.450."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{format_clock(seconds * 1000)}{point}{milliseconds:03}"


def format_clock(time_ms: int) -> str:
    """Hours, minutes and whole seconds: 01:02:03."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def spread_words(text: str, *, knots: Sequence[tuple[int, int]]) -> tuple[CueWord, ...]:
    """The words of a text between moments that are known, spread by their lengths.

    A knot is (how many characters, blanks not counted, come before; milliseconds). The first is
    (0, start), the last (all characters, end); they rise.
    """
    words, before = [], 0
    for word in text.split():
        after = before + len(word)
        words.append(CueWord(word, time_at(before, knots), time_at(after, knots)))
        before = after
    return tuple(words)


def time_at(place: int, knots: Sequence[tuple[int, int]]) -> int:
    """The moment of a place among knots, in proportion between two of them."""
    index = bisect_right(knots, place, key=lambda knot: knot[0])
    if index == 0:
        return knots[0][1]
    (first, first_ms) = knots[index - 1]
    if index == len(knots) or place == first:
        return first_ms
    (last, last_ms) = knots[index]
    return first_ms + (last_ms - first_ms) * (place - first) // (last - first)


def characters_of(text: str) -> int:
    """How many characters it has, not counting blanks."""
    return sum(map(len, text.split()))


def words_of(cue: Cue) -> tuple[CueWord, ...]:
    """The words with times: as the file gives them, else spread over the cue by length."""
    if cue.words is not None:
        return cue.words
    if cue.start_ms is None or cue.end_ms is None:
        return tuple(CueWord(word) for word in cue.text.split())
    knots = [(0, cue.start_ms), (characters_of(cue.text), max(cue.start_ms, cue.end_ms))]
    return spread_words(cue.text, knots=knots)


def fill_times(cues: Sequence[Cue]) -> list[Cue]:
    """Times for the cues that lack them, between those that are known.

    Where nothing is known before a cue, it stays without. Ends are guessed from the number of
    words and never lie behind the next start; cues between two known starts share the time by
    length.
    """
    filled: list[Cue] = []
    index = 0
    while index < len(cues):
        last = index + 1
        while last < len(cues) and cues[last].start_ms is None:
            last += 1
        next_ms = cues[last].start_ms if last < len(cues) else None
        filled.extend(_fill_group(cues[index:last], next_ms))
        index = last
    return filled


def _fill_group(group: Sequence[Cue], next_ms: int | None) -> list[Cue]:
    """A cue whose start may be known, and those after it whose starts are not."""
    start_ms = group[0].start_ms
    if start_ms is None or (len(group) == 1 and group[0].end_ms is not None):
        return list(group)
    known_end_ms = group[0].end_ms
    if known_end_ms is not None:
        return [group[0], *_share(group[1:], known_end_ms, next_ms)]
    return _share(group, start_ms, next_ms)


def _share(group: Sequence[Cue], start_ms: int, next_ms: int | None) -> list[Cue]:
    guessed_ms = sum(len(cue.text.split()) for cue in group) * _WORD_MS
    end_ms = start_ms + guessed_ms
    if next_ms is not None and next_ms > start_ms:
        end_ms = min(end_ms, next_ms)
    lengths = [max(1, characters_of(cue.text)) for cue in group]
    shared, before, total = [], 0, sum(lengths)
    for cue, length in zip(group, lengths, strict=True):
        first = start_ms + (end_ms - start_ms) * before // total
        before += length
        last = start_ms + (end_ms - start_ms) * before // total
        shared.append(replace(cue, start_ms=first, end_ms=last))
    return shared
