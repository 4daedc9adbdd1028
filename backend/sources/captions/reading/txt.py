"""Reading plain text with turns, as people copy it from Otter, Meet, Teams and Zoom. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from backend.sources.captions.cues import Captions, Cue, tidy, tidy_name
from backend.sources.captions.reading.blocks import Block, is_arrow, read_blocks
from backend.sources.captions.reading.srt import read_srt
from backend.sources.captions.timing import TIME, parse_time
from backend.sources.text_parsing import (
    PARTICIPANT,
    may_have_name,
    names_in,
    role_of,
    split_name,
)

_ALONE = re.compile(rf"^[\[(]?\s*({TIME})\s*[\])]?$")
# “[00:01:02] Anna: …”
_BRACKETS_IN_FRONT = re.compile(rf"^[\[(]\s*({TIME})\s*[\])]\s*[-–—]?\s*(\S.*)$")
# “0:12 Anna: …”, “0:12 - …”
_IN_FRONT = re.compile(rf"^({TIME})(?=[\s–—-])\s*[-–—]?\s*(\S.*)$")
# “Anna Smith  0:12”, “[Anna] 00:00:12”, “Anna (0:12)”, and nothing behind it.
_HEADER = re.compile(rf"^(\[?)([^\W_][^\[\]()\t]{{0,59}}?)\]?(\s+|\s*[\[(]\s*)({TIME})[\])]?:?$")
# “Anna [00:01:02]: …”, “Anna (0:12) …”
_TIME_BEHIND_NAME = re.compile(
    rf"^([^\W_][^\[\]:\t]{{0,59}}?)\s*[\[(]\s*({TIME})\s*[\])](:?)\s*(\S.*)$"
)
# “Anna:”, and what she says below.
_NAME_ALONE = re.compile(r"^([^\W_][^\[\]:\t]{0,59}?)\s*:$")
# Zoom parts time, name and text by tabs.
_NAME_AND_TAB = re.compile(r"^([^\t:]{1,60}):?\t+(\S.*)$")
_SENTENCE_END = re.compile(r"[.!?…。,;]$")
# Lines that programs write around what was said.
_FRAME = re.compile(
    r"^(?:Attendees|Transcript|Meeting ended after .{1,30}|Transcribed by https?://\S+|"
    r"This editable transcript was computer generated\b.*|"
    r".{1,60} (?:started|stopped) transcription)$"
)
_FRONT_REASON = "This line stands before the first turn, so it was left out."
_FRAME_REASON = "This line was written by the program, not said, so it was left out."
# Fewer times than this before lines are words: “10:30 was too early”.
_TIMED_SHARE = 0.2


@dataclass(frozen=True)
class _Row:
    """A line taken apart. `name` is None where the line alone can't tell.

    `is_loose` marks what may be words after all: then `line` is what was said.
    """

    number: int
    line: str
    text: str
    start_ms: int | None = None
    name: str | None = None
    is_loose: bool = False
    is_header: bool = False


def read_txt(
    lines: Sequence[str], *, format: str = "txt", known_names: Collection[str] = ()
) -> Captions:
    """A cue for each line, or for each paragraph below a line “Name  0:12”."""
    lines = [line.replace("\0", "").strip() for line in lines]
    if any(map(is_arrow, lines)):
        return _read_spans(lines, format)
    captions = Captions(format)
    rows = [_take_apart(number, line) for number, line in enumerate(lines, start=1)]
    rows = _without_frame(_settle(rows, known_names), captions)
    rows = _without_front(rows, captions)
    texts = [row.text for row in rows if row.name is None and row.text]
    timed = [row.text for row in rows if row.name is None and row.start_ms is not None]
    is_dialogue = bool(timed) and sum(map(may_have_name, timed)) * 2 >= len(timed)
    names = names_in(texts, known_labels=known_names, is_dialogue=is_dialogue)
    for cue in _Turns(names).read(rows):
        captions.add(cue)
    return captions


def _take_apart(number: int, line: str) -> _Row:
    row = _Row(number, line, line)
    if match := _ALONE.match(line):
        return _timed(row, match[1], text="")
    if (match := _HEADER.match(line)) and not _SENTENCE_END.search(match[2]):
        # Two blanks or brackets are no accident; one may be: “We meet at 10:30”.
        is_loose = not match[1] and len(match[3]) == 1 and match[3] == " "
        row = replace(row, name=tidy_name(match[2]), is_header=True, is_loose=is_loose)
        return _timed(row, match[4], text="")
    if match := _BRACKETS_IN_FRONT.match(line):
        return _timed(_with_name(row, match[2]), match[1])
    if match := _IN_FRONT.match(line):
        row = _with_name(row, match[2])
        return _timed(replace(row, is_loose=row.name is None), match[1])
    if match := _TIME_BEHIND_NAME.match(line):
        # Without a colon it may be “We came (10:30) by bus”.
        row = replace(row, name=tidy_name(match[1]), is_loose=not match[3])
        return _timed(row, match[2], text=match[4])
    if match := _NAME_ALONE.match(line):
        return replace(row, name=tidy_name(match[1]), text="", is_header=True, is_loose=True)
    return row


def _with_name(row: _Row, text: str) -> _Row:
    """What stands behind a time: a name and words, a name alone, or words."""
    if match := _NAME_ALONE.match(text):
        return replace(row, name=tidy_name(match[1]), text="", is_header=True)
    if match := _NAME_AND_TAB.match(text):
        return replace(row, name=tidy_name(match[1]), text=match[2])
    return replace(row, text=text)


def _timed(row: _Row, clock: str, text: str | None = None) -> _Row:
    start_ms = parse_time(clock)
    if start_ms is None:
        return _Row(row.number, row.line, row.line)
    return replace(row, start_ms=start_ms, text=row.text if text is None else text)


def _settle(rows: Sequence[_Row], known_names: Collection[str]) -> list[_Row]:
    """Decide for each loose row whether it says a time or a name, or words."""
    known = {name.casefold() for name in known_names}
    filled = sum(1 for row in rows if row.line)
    timed = sum(1 for row in rows if row.start_ms is not None)
    names = Counter(row.name for row in rows if row.name)
    has_many = timed >= 2 and timed >= filled * _TIMED_SHARE

    def is_meant(row: _Row) -> bool:
        if not row.name:
            return has_many
        is_known = row.name.casefold() in known or role_of(row.name) != PARTICIPANT
        return is_known or names[row.name] > 1

    return [
        _Row(row.number, row.line, row.line) if row.is_loose and not is_meant(row) else row
        for row in rows
    ]


def _without_frame(rows: Sequence[_Row], captions: Captions) -> list[_Row]:
    kept, is_list_next = [], False
    for row in rows:
        is_frame = row.name is None and _FRAME.match(row.line) is not None
        if is_frame or (is_list_next and row.line):
            captions.skip(row.number, _FRAME_REASON)
            is_list_next = row.line == "Attendees"
        else:
            kept.append(row)
    return kept


def _without_front(rows: list[_Row], captions: Captions) -> list[_Row]:
    """Less titles and dates above the first line “Name  0:12”, unless somebody speaks in them."""
    headers = (
        index for index, row in enumerate(rows) if row.is_header and row.start_ms is not None
    )
    first = next(headers, 0)
    front = rows[:first]
    if any(row.start_ms is not None or may_have_name(row.line) for row in front):
        return rows
    for row in front:
        if row.line:
            captions.skip(row.number, _FRONT_REASON)
    return rows[first:]


class _Turns:
    """Goes through the rows and remembers whose words come next, and from when."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._speaker = ""
        self._start_ms: int | None = None
        # Below a line “Name  0:12”: paragraphs are joined, and the speaker stays.
        self._is_below_header = False
        self._paragraph: list[str] = []

    def read(self, rows: Sequence[_Row]) -> list[Cue]:
        cues: list[Cue] = []
        for row in rows:
            if self._goes_on(row):
                self._paragraph.append(row.text)
            else:
                cues += self._end_paragraph()
                cues += self._read_row(row)
        return [*cues, *self._end_paragraph()]

    def _goes_on(self, row: _Row) -> bool:
        is_words = bool(row.text) and row.start_ms is None and row.name is None
        return self._is_below_header and is_words and not split_name(row.text, self._names)[0]

    def _read_row(self, row: _Row) -> list[Cue]:
        if not row.line:
            self._speaker = self._speaker if self._is_below_header else ""
            return []
        if row.start_ms is not None:
            self._start_ms = row.start_ms
        if row.is_header:
            self._speaker, self._is_below_header = row.name or "", True
            return []
        if not row.text:
            return []
        named, text = (row.name, row.text) if row.name else split_name(row.text, self._names)
        if named:
            self._speaker, self._is_below_header = tidy_name(named), False
        return self._say(text)

    def _end_paragraph(self) -> list[Cue]:
        said = self._say(" ".join(self._paragraph))
        self._paragraph = []
        return said

    def _say(self, text: str) -> list[Cue]:
        text = tidy(text)
        if not text:
            return []
        start_ms, self._start_ms = self._start_ms, None
        return [Cue(start_ms, None, self._speaker, text)]


def _read_spans(lines: Sequence[str], format: str) -> Captions:
    """Teams' older documents: from when to when, the name, the words, each on lines of its own."""
    captions = Captions(format)
    _, blocks = read_blocks(lines, skip=captions.skip)
    filled = [[line for line in block.lines if line] for block in blocks]
    if not all(len(said) > 1 and _is_name_alone(said[0]) for said in filled):
        captions = read_srt(lines)
        captions.format = format
        return captions
    for block, (name, *said) in zip(blocks, filled, strict=True):
        captions.add(_spoken(block, name, said))
    return captions


def _is_name_alone(line: str) -> bool:
    return len(line) <= 60 and not _SENTENCE_END.search(line)


def _spoken(block: Block, name: str, said: Sequence[str]) -> Cue:
    return Cue(block.start_ms, block.end_ms, tidy_name(name), tidy(" ".join(said)))
