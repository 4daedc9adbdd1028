"""Field notes: Markdown to blocks and back. Pure.

Understood are headings, lists, quotes and paragraphs; emphasis within them stays as written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backend.sources.anchoring import tidy_word

# Values of SegmentStyle.
PLAIN, HEADING, SUBHEADING, BULLET, NUMBERED, QUOTE = (
    "",
    "heading",
    "subheading",
    "bullet",
    "numbered",
    "quote",
)

_MARKS = [
    (HEADING, re.compile(r"#\s+")),
    (SUBHEADING, re.compile(r"#{2,6}\s+")),
    (BULLET, re.compile(r"\s*[-*+]\s+")),
    (NUMBERED, re.compile(r"\s*\d{1,9}[.)]\s+")),
    (QUOTE, re.compile(r"\s*>\s?")),
]
_ESCAPED = re.compile(r"\s*\\+(?=(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>))")
_NEEDS_ESCAPE = re.compile(r"\\*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>)")
_ITEMS = {BULLET, NUMBERED}
# A line without a mark right below goes on with these.
_GO_ON = {PLAIN, BULLET, NUMBERED, QUOTE}


@dataclass(frozen=True)
class Block:
    """A paragraph and what it is; its text is never empty."""

    style: str
    text: str


def parse_notes(markdown: str) -> list[Block]:
    """The blocks that have words."""
    blocks: list[Block] = []
    is_after_blank = True
    for line in markdown.splitlines():
        style, text = _read_line(line)
        if not text:
            is_after_blank = True
            continue
        last = blocks[-1].style if blocks else None
        is_same = style == last == QUOTE or (style == PLAIN and last in _GO_ON)
        if is_same and not is_after_blank:
            blocks[-1] = Block(blocks[-1].style, f"{blocks[-1].text} {text}")
        else:
            blocks.append(Block(style, text))
        is_after_blank = False
    return blocks


def render_notes(blocks: Iterable[Block]) -> str:
    """Markdown that reads as these blocks."""
    lines: list[str] = []
    last: str | None = None
    number = 0
    for block in blocks:
        if last is not None and not (block.style == last and last in _ITEMS):
            lines.append("")
        number = number + 1 if block.style == last == NUMBERED else 1
        lines.append(_mark(block.style, number) + _escape(block))
        last = block.style
    return "\n".join(lines)


def _read_line(line: str) -> tuple[str, str]:
    if _ESCAPED.match(line):
        return PLAIN, tidy_word(line.replace("\\", "", 1))
    for style, mark in _MARKS:
        if found := mark.match(line):
            return style, tidy_word(line[found.end() :])
    return PLAIN, tidy_word(line)


def _mark(style: str, number: int) -> str:
    marks = {HEADING: "# ", SUBHEADING: "## ", BULLET: "- ", NUMBERED: f"{number}. ", QUOTE: "> "}
    return marks.get(style, "")


def _escape(block: Block) -> str:
    """A paragraph that begins like something else says that it is not."""
    needs_escape = block.style == PLAIN and _NEEDS_ESCAPE.match(block.text)
    return f"\\{block.text}" if needs_escape else block.text
