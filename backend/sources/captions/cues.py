"""What a transcript in a file comes down to: cues, and what could not be understood. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

SPEAKER_LENGTH_MAXIMUM = 100
WORD_LENGTH_MAXIMUM = 300
# A day of quick speech has fewer.
WORDS_MAXIMUM = 300_000
SKIPPED_MAXIMUM = 200

# Control characters that are not blanks, halves of surrogate pairs, and the byte order mark:
# what XML and PostgreSQL refuse.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class CueWord:
    """A word; times are null where the file has none, probability where it says nothing of it."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    probability: float | None = None


@dataclass(frozen=True)
class Cue:
    """What one person says in one go; `speaker` is "" where nobody is named.

    Times are null where the file has none. `words` only where the file knows their times: then
    they joined by one space are the text.
    """

    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    words: tuple[CueWord, ...] | None = None


@dataclass(frozen=True)
class Skipped:
    """Something that was left out or guessed. Lines count from 1, in DOCX paragraphs do."""

    line: int
    reason: str


@dataclass
class Captions:
    """A file as it was understood. `format` is what it is, whatever its name says."""

    format: str
    cues: list[Cue] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    language: str = ""

    def skip(self, line: int, reason: str) -> None:
        """Note what was left out; of very many only the first ones are told."""
        if len(self.skipped) < SKIPPED_MAXIMUM:
            self.skipped.append(Skipped(line, reason))

    def add(self, cue: Cue) -> None:
        """Append what was said, unless no word is left of it."""
        if cue.text:
            self.cues.append(cue)


def printable(text: str) -> str:
    """Less what can't be shown or stored."""
    return _UNPRINTABLE.sub("", text)


def tidy(text: str) -> str:
    """Single blanks, and nothing that can't be shown or stored."""
    return " ".join(printable(text).split())


def tidy_name(text: str) -> str:
    """A speaker's name as a row keeps it."""
    return tidy(text)[:SPEAKER_LENGTH_MAXIMUM].strip(" :")


def tidy_language(code: object) -> str:
    """The language in two or three letters: of “en-US” the first part, of other things nothing."""
    found = (
        re.match(r"[a-z]{2,3}(?=$|[-_])", code.strip().lower()) if isinstance(code, str) else None
    )
    return found.group() if found else ""


def within_bounds(cues: Iterable[Cue], *, skip: Callable[[int, str], None]) -> Iterator[Cue]:
    """The cues up to WORDS_MAXIMUM words, and no word longer than a row can hold."""
    count = 0
    for cue in cues:
        cue = _with_shorter_words(cue)
        count += cue.text.count(" ") + 1
        if count > WORDS_MAXIMUM:
            skip(1, f"There are more than {WORDS_MAXIMUM:,} words; the rest was left out.")
            return
        yield cue


def _with_shorter_words(cue: Cue) -> Cue:
    if all(len(word) <= WORD_LENGTH_MAXIMUM for word in cue.text.split()):
        return cue
    pieces = re.findall(rf"\S{{1,{WORD_LENGTH_MAXIMUM}}}", cue.text)
    return Cue(cue.start_ms, cue.end_ms, cue.speaker, " ".join(pieces))
