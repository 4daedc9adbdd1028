"""Who says which part of each cue: voice tags, “Name:” and “>>” in front of lines. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from backend.sources.captions.cues import Cue, tidy_name
from backend.sources.captions.reading.blocks import Block
from backend.sources.captions.reading.markup import Fragment, text_of_line
from backend.sources.captions.timing import characters_of, spread_words, time_at
from backend.sources.text_parsing import may_have_name, names_in, split_name

Lines = list[list[Fragment]]

# “>> ” says that somebody else speaks, with or without a name behind it.
_CHANGE = re.compile(r"^\s*>{2,3}\s*")
_BRACKETS = re.compile(r"^\s*\[([^\[\]:]{1,60})\]\s*:\s+(?=\S)")
# Where fewer cues begin with names, they are words with a colon: “Remember: …”.
_NAMED_SHARE = 0.1


@dataclass
class _Piece:
    """What one person says within a cue."""

    speaker: str
    fragments: list[Fragment] = field(default_factory=list)


def cues_of(
    blocks: Sequence[Block], texts: Sequence[Lines], *, known_names: Collection[str] = ()
) -> Iterator[Cue]:
    """A cue for each voice within each block; several share the block's time by length."""
    has_tags = any(part.voice for lines in texts for line in lines for part in line)
    split = _split_by_tags(texts) if has_tags else _split_by_names(texts, known_names)
    for block, pieces in zip(blocks, split, strict=True):
        yield from _timed(block, pieces)


def _split_by_tags(texts: Sequence[Lines]) -> Iterator[list[_Piece]]:
    for lines in texts:
        pieces: list[_Piece] = []
        for fragment in (part for line in lines for part in line):
            speaker = fragment.voice or ""
            if not pieces or pieces[-1].speaker != speaker:
                pieces.append(_Piece(speaker))
            pieces[-1].fragments.append(fragment)
        yield pieces


def _split_by_names(texts: Sequence[Lines], known_names: Collection[str]) -> Iterator[list[_Piece]]:
    """A name counts until the next one, over cues too; “>>” without a name ends it."""
    plain = [[_without_brackets(text_of_line(line)) for line in lines if line] for lines in texts]
    names = _names_of(plain, known_names)
    speaker = ""
    for lines in texts:
        pieces: list[_Piece] = []
        for line in lines:
            if not line:
                continue
            is_change, named, rest = _read_line(text_of_line(line), names)
            if is_change:
                speaker = named
            if is_change or not pieces:
                pieces.append(_Piece(speaker))
            pieces[-1].fragments.extend(_behind_name(line, rest) if is_change else line)
        yield pieces


def _names_of(plain: Sequence[list[str]], known_names: Collection[str]) -> dict[str, str]:
    lines = [line for cue in plain for line in cue]
    # Behind “>>” a name is certain.
    changes = [_CHANGE.sub("", line) for line in lines if _CHANGE.match(line)]
    certain = names_in(changes, is_dialogue=True)
    cues = [cue for cue in plain if cue]
    named = sum(may_have_name(_CHANGE.sub("", cue[0])) for cue in cues)
    if named < len(cues) * _NAMED_SHARE:
        return certain
    known = [*known_names, *certain]
    return certain | names_in(lines, known_labels=known, is_dialogue=named * 2 >= len(cues))


def _read_line(line: str, names: dict[str, str]) -> tuple[bool, str, str]:
    """Whether somebody else speaks from here on, who, and the text."""
    changed = _CHANGE.match(line)
    rest = _without_brackets(line[changed.end() :] if changed else line)
    named, text = split_name(rest, names)
    return bool(changed or named), tidy_name(named), text


def _without_brackets(line: str) -> str:
    return _BRACKETS.sub(r"\1: ", line)


def _behind_name(line: list[Fragment], rest: str) -> list[Fragment]:
    """The line less the name before it; times inside the line keep their places."""
    whole = text_of_line(line)
    removed = characters_of(whole) - characters_of(rest)
    marks, before = [], 0
    for fragment in line:
        marks += [(before + place - removed, time_ms) for place, time_ms in fragment.marks]
        before += characters_of(fragment.text)
    return [Fragment(rest, marks=[mark for mark in marks if mark[0] >= 0])]


def _timed(block: Block, pieces: list[_Piece]) -> Iterator[Cue]:
    texts = [" ".join(part.text for part in piece.fragments if part.text) for piece in pieces]
    if block.start_ms is None or block.end_ms is None:
        for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
            yield Cue(block.start_ms if index == 0 else None, None, piece.speaker, text)
        return
    total = sum(map(characters_of, texts))
    marks = _marks_of(pieces, block)
    knots = [(0, block.start_ms), *marks, (total, block.end_ms)]
    before = 0
    for piece, text in zip(pieces, texts, strict=True):
        after = before + characters_of(text)
        start_ms = time_at(before, knots)
        own = [(0, start_ms), *((at - before, ms) for at, ms in knots if at > before)]
        yield Cue(
            start_ms,
            time_at(after, knots),
            piece.speaker,
            text,
            spread_words(text, knots=own) if marks else None,
        )
        before = after


def _marks_of(pieces: list[_Piece], block: Block) -> list[tuple[int, int]]:
    """Times inside the cue; none if they leave it or don't rise."""
    marks, before = [], 0
    for fragment in (part for piece in pieces for part in piece.fragments):
        marks += [(before + place, time_ms) for place, time_ms in fragment.marks]
        before += characters_of(fragment.text)
    times = [time_ms for _, time_ms in marks]
    is_within = all((block.start_ms or 0) <= ms <= (block.end_ms or 0) for ms in times)
    return marks if is_within and times == sorted(times) else []
