"""Codebooks in the exchange format of qualitative analysis, REFI-QDA QDC: a tree in XML.

The parser is expat with handlers: it gives line numbers, and a file that declares a document type
or entities is refused before any is expanded.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from backend.exchange.codebook.codes import (
    MAX_NAME,
    Code,
    ReadCodebook,
    Skipped,
    gather,
    tidy_name,
    tidy_text,
)

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MAX_ELEMENT_DEPTH = 100
MAX_ELEMENTS = 50_000
# The format has one text for a code: the others follow in it, under these words.
WHEN_TO_USE, WHEN_NOT_TO_USE = "When to use: ", "When not to use: "
# For codes without an id of their own: the same path always gets the same one.
_NAMELESS = UUID("6d0a3a3e-5f63-4a8e-9c41-4d1f0a9b7c52")


class _RefusedError(Exception):
    """The file is no codebook, or could do harm."""


def write_qdc(codes: Iterable[Code], *, origin: str = "Earshot") -> bytes:
    """A valid file of at least one code, in UTF-8. Parents that are not among them are added."""
    tree: dict[tuple[str, ...], Code] = {}
    for code in codes:
        for depth in range(1, len(code.path)):
            tree.setdefault(code.path[:depth], Code(path=code.path[:depth]))
        tree[code.path] = code
    children: dict[tuple[str, ...], list[Code]] = {}
    for code in tree.values():
        children.setdefault(code.path[:-1], []).append(code)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<CodeBook xmlns="{NAMESPACE}" origin={quoteattr(origin)}>')
    lines.append("<Codes>")
    for code in children.get((), []):
        _write_code(code, children, lines)
    lines += ["</Codes>", "</CodeBook>", ""]
    return "\n".join(lines).encode()


def read_qdc(content: bytes) -> ReadCodebook:
    """Read what can be read; a file that breaks off gives what came before."""
    read, reader = ReadCodebook(), _Reader()
    try:
        reader.parser.Parse(content, True)
    except _RefusedError as error:
        return ReadCodebook(skipped=[Skipped(reader.line, str(error))])
    except (expat.ExpatError, LookupError, ValueError):
        reason = "The file is broken here: what follows is left out."
        read.skipped.append(Skipped(reader.line, reason))
    read.skipped += reader.skipped
    codes = [Code(**_split_texts(code)) for code in reader.codes]
    if not codes and not read.skipped:
        read.skipped.append(Skipped(1, "There is no code in it."))
    return gather(codes, read)


def _write_code(code: Code, children: dict[tuple[str, ...], list[Code]], lines: list[str]) -> None:
    guid = code.guid or uuid5(_NAMELESS, "\n".join(code.path))
    colour = f" color={quoteattr(code.colour)}" if code.colour else ""
    name = quoteattr(tidy_name(code.name))
    lines.append(f'<Code guid="{guid}" name={name} isCodable="true"{colour}>')
    if text := _join_texts(code):
        lines.append(f"<Description>{escape(text)}</Description>")
    for child in children.get(code.path, []):
        _write_code(child, children, lines)
    lines.append("</Code>")


def _join_texts(code: Code) -> str:
    parts = [
        tidy_text(code.description),
        code.when_to_use and WHEN_TO_USE + tidy_text(code.when_to_use),
        code.when_not_to_use and WHEN_NOT_TO_USE + tidy_text(code.when_not_to_use),
    ]
    return "\n\n".join(part for part in parts if part)


def _split_texts(values: dict[str, Any]) -> dict[str, Any]:
    text = "\n\n" + tidy_text("".join(values.pop("texts")))
    text, _, when_not_to_use = text.partition("\n\n" + WHEN_NOT_TO_USE)
    description, _, when_to_use = text.partition("\n\n" + WHEN_TO_USE)
    return {
        **values,
        "description": description,
        "when_to_use": when_to_use,
        "when_not_to_use": when_not_to_use,
    }


class _Reader:
    """The codes met so far, and the one whose description is being read."""

    def __init__(self) -> None:
        self.codes: list[dict[str, Any]] = []
        self.skipped: list[Skipped] = []
        self._open: list[dict[str, Any]] = []
        self._elements: list[str] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.ExternalEntityRefHandler = self._refuse_doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._count += 1
        self._elements.append(name)
        if self._count == 1 and name not in ("CodeBook", "Codes"):
            raise _RefusedError(f"This is no codebook: it begins with “{name[:40]}”.")
        if self._count > MAX_ELEMENTS or len(self._elements) > MAX_ELEMENT_DEPTH:
            raise _RefusedError("The file is larger or deeper than any codebook.")
        if name == "Code" and "Sets" not in self._elements:
            self._start_code(attributes)
        elif name == "Set":
            reason = f"“{attributes.get('name', '')[:60]}” is a set of codes: those are not kept."
            self.skipped.append(Skipped(self.line, reason))

    def _start_code(self, attributes: dict[str, str]) -> None:
        parent = self._open[-1]["path"] if self._open else ()
        # Cut at once: every code under it repeats it.
        name = tidy_name(attributes.get("name", "")[: 2 * MAX_NAME])
        code: dict[str, Any] = {
            "path": (*parent, name),
            "texts": [],
            "colour": attributes.get("color", ""),
            "guid": attributes.get("guid", ""),
            "line": self.line,
        }
        self._open.append(code)
        self.codes.append(code)

    def _end(self, tag: str) -> None:
        if self._elements.pop() == "Code" and "Sets" not in self._elements:
            self._open.pop()

    def _add_text(self, text: str) -> None:
        if self._open and self._elements[-1] == "Description" and "Sets" not in self._elements:
            self._open[-1]["texts"].append(text)

    def _refuse_doctype(self, *_: object) -> int:
        raise _RefusedError(
            "The file declares a document type or entities: codebooks need none, and such files "
            "can do harm."
        )
