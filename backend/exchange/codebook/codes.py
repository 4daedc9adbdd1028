"""An entry of a codebook as files have it, and what may be wrong with one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

MAX_CODES = 5000
MAX_DEPTH = 20
MAX_NAME = 100
MAX_TEXT = 5000
# What a text of ours may not hold: XML knows no way to write it.
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Code:
    """`path`: the names from the top of the tree down to its own. `line`: where it was read, from
    1. Texts are empty, and `guid` too, where the file has none. `colour` is #rrggbb or empty.
    """

    path: tuple[str, ...]
    description: str = ""
    when_to_use: str = ""
    when_not_to_use: str = ""
    colour: str = ""
    guid: str = ""
    line: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(frozen=True)
class Skipped:
    """A line that was left out, or a part of it, and why."""

    line: int
    reason: str


@dataclass
class ReadCodebook:
    """`codes`: parents before what is under them. `skipped`: left out. `notes`: taken, but not
    all of it."""

    codes: list[Code] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)


def gather(codes: Iterable[Code], read: ReadCodebook) -> ReadCodebook:
    """Add the codes that can be tags, each path once, parents first; say what was left out."""
    known: set[tuple[str, ...]] = set()
    for code in sorted(codes, key=lambda code: len(code.path)):
        if len(known) >= MAX_CODES:
            read.skipped.append(Skipped(code.line, f"Only {MAX_CODES:,} codes are read."))
            break
        tidied = _fit(code, read)
        key = fold_path(tidied.path)
        if fault := _find_fault(tidied, key, known):
            read.skipped.append(Skipped(code.line, fault))
            continue
        known.add(key)
        read.codes.append(tidied)
    read.skipped.sort(key=lambda skipped: skipped.line)
    read.notes.sort(key=lambda note: note.line)
    return read


def fold_path(path: Iterable[str]) -> tuple[str, ...]:
    """Whatever the case: what makes two paths the same."""
    return tuple(name.casefold() for name in path)


def tidy_text(text: str) -> str:
    """Lines end in one way, and nothing is there that can't be written again."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy_name(name: str) -> str:
    """On one line, with single spaces."""
    return " ".join(UNWRITABLE.sub("", re.sub(r"\s", " ", name)).split())


def tidy_colour(colour: str) -> str | None:
    """#rrggbb in small letters; empty for none; None where it is no colour."""
    found = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", colour.strip().lower())
    if not colour.strip():
        return ""
    if not found:
        return None
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def tidy_guid(guid: str) -> str:
    """As a UUID is written; empty for what is none."""
    found = guid.strip().strip("{}").lower()
    return found if _GUID.fullmatch(found) else ""


def _find_fault(code: Code, key: tuple[str, ...], known: set[tuple[str, ...]]) -> str:
    if not code.name:
        return "There is no name."
    if not all(code.path):
        return f"“{code.name}” is under a code without a name."
    if len(code.path) > MAX_DEPTH:
        return f"“{code.name}” is more than {MAX_DEPTH} levels deep."
    if key in known:
        return f"“{' › '.join(code.path)}” is there twice; the first one counts."
    return ""


def _fit(code: Code, read: ReadCodebook) -> Code:
    """The code with everything in its measure."""
    path = tuple(tidy_name(name)[:MAX_NAME].strip() for name in code.path)
    colour = tidy_colour(code.colour)
    texts = {
        name: tidy_text(getattr(code, name))
        for name in ("description", "when_to_use", "when_not_to_use")
    }
    name = path[-1] if path else ""
    if len(tidy_name(code.name)) > MAX_NAME:
        note = f"“{name[:30]}…”: the name is cut after {MAX_NAME} letters."
        read.notes.append(Skipped(code.line, note))
    if colour is None:
        shown = tidy_name(code.colour)[:40]
        note = f"“{name}”: “{shown}” is no colour that is understood here, such as #0369a1."
        read.notes.append(Skipped(code.line, note))
    if any(len(text) > MAX_TEXT for text in texts.values()):
        note = f"“{name}”: a text is cut after {MAX_TEXT:,} letters."
        read.notes.append(Skipped(code.line, note))
    return replace(
        code,
        path=path,
        guid=tidy_guid(code.guid),
        colour=colour or "",
        description=texts["description"][:MAX_TEXT].strip(),
        when_to_use=texts["when_to_use"][:MAX_TEXT].strip(),
        when_not_to_use=texts["when_not_to_use"][:MAX_TEXT].strip(),
    )
