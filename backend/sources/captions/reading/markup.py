"""Markup inside cues: voices, times of words, emphasis. Pure."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from backend.sources.captions.cues import printable, tidy, tidy_name
from backend.sources.captions.timing import characters_of, parse_time

# “<” that opens no tag stays a character: people write “age < 30”.
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|/|[0-9][0-9:.,]*)>")
# SRT has no escapes, so there only what is certainly markup is dropped.
_STYLE_TAG = re.compile(r"</?(?:i|b|u|s|em|strong|font|span|c)(?:[\s.][^<>]*)?>", re.IGNORECASE)
_VOICE = re.compile(r"v(?:\.[^\s]*)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(r"\{\\[^{}]*\}")
# &lrm; and &rlm; only turn the reading direction.
_MARK = re.compile("[\u200e\u200f]")


@dataclass
class Fragment:
    """A stretch of one line in one voice. `voice` is None where no tag names one.

    `marks` are (characters before, blanks not counted; milliseconds) of times inside the line.
    """

    text: str
    voice: str | None = None
    marks: list[tuple[int, int]] = field(default_factory=list)


def read_fragments(lines: Iterable[str]) -> list[list[Fragment]]:
    """The fragments of each line of a WebVTT cue; a voice goes on until its end or the cue's."""
    voice: str | None = None
    read = []
    for line in lines:
        fragments, voice = _read_line(line, voice)
        read.append(fragments)
    return read


def plain_fragment(line: str) -> list[Fragment]:
    """A line of SRT or SBV: emphasis and positions are dropped; nothing names a voice."""
    text = tidy(_MARK.sub("", _STYLE_TAG.sub("", _POSITION.sub("", line))))
    return [Fragment(text)] if text else []


def _read_line(line: str, voice: str | None) -> tuple[list[Fragment], str | None]:
    fragments = [Fragment("", voice)]
    parts: list[str] = []
    before = at = 0
    for tag in _TAG.finditer(line):
        parts.append(_plain(line[at : tag.start()]))
        before += characters_of(parts[-1])
        at = tag.end()
        time_ms = parse_time(tag.group(1))
        spoken = _VOICE.fullmatch(tag.group(1))
        if time_ms is not None:
            fragments[-1].marks.append((before, time_ms))
        elif spoken or tag.group(1).lower() in ("/v", "/"):
            voice = tidy_name(html.unescape(spoken.group(1) or "")) if spoken else None
            fragments[-1].text = tidy("".join(parts))
            fragments.append(Fragment("", voice))
            parts, before = [], 0
    parts.append(_plain(line[at:]))
    fragments[-1].text = tidy("".join(parts))
    return [fragment for fragment in fragments if fragment.text], voice


def _plain(raw: str) -> str:
    """Without markup; blanks stay, for words may be joined across tags."""
    return printable(_MARK.sub("", html.unescape(raw)))


def text_of_line(fragments: Sequence[Fragment]) -> str:
    return " ".join(fragment.text for fragment in fragments)
