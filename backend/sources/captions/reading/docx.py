"""Reading Word documents: the text of paragraphs, and nothing else that may be in them. Pure."""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from xml.parsers import expat

from backend.sources.captions.cues import Captions
from backend.sources.captions.reading.txt import read_txt

_MAIN_PART = "word/document.xml"
_WORD_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_CHUNK_BYTES = 1 << 16
# A day of speech makes about 20 MB of XML; what is packed to more than this is a bomb.
XML_BYTES_MAXIMUM = 64 << 20
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    ValueError,  # of which UnicodeDecodeError is one
    OverflowError,
    RuntimeError,  # a password is needed, or an unknown kind of packing
)


class _RefusedError(Exception):
    """This document is not read any further; the message says why."""


def read_docx(content: bytes, *, known_names: Collection[str] = ()) -> Captions:
    """Turns, as in plain text; what was skipped is told by the number of the paragraph."""
    text = _ParagraphReader()
    reason = ""
    try:
        for chunk in _chunks(content):
            text.feed(chunk)
    except _RefusedError as refused:
        reason = str(refused)
    except expat.ExpatError:
        reason = "The document is damaged here; what came before was kept."
    except _ZIP_ERRORS:
        reason = "This is no Word document, or it is damaged. Save it anew as .docx."
    captions = read_txt(text.lines, format="docx", known_names=known_names)
    if reason:
        captions.skip(len(text.lines) + 1, reason)
    return captions


def _chunks(content: bytes) -> Iterator[bytes]:
    read_bytes = 0
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        archive.open(_MAIN_PART) as part,
    ):
        while chunk := part.read(_CHUNK_BYTES):
            read_bytes += len(chunk)
            if read_bytes > XML_BYTES_MAXIMUM:
                raise _RefusedError("The document is far larger unpacked than a transcript can be.")
            yield chunk


class _ParagraphReader:
    """Gathers text line by line. There is no entity but XML's own five: a DOCTYPE is refused."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._is_text = False
        self._fallback_depth = 0
        self._cell_depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def _refuse(self, *declaration: object) -> None:
        raise _RefusedError("This document declares entities of its own, as none of Word's does.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _FALLBACK:
            # The same text once more, for older programs.
            self._fallback_depth += 1
        match _word_name(name):
            case "t":
                self._is_text = True
            case "tab":
                self._add("\t")
            case "br" | "cr":
                self._end_line()
            case "tc":
                self._cell_depth += 1

    def _end(self, name: str) -> None:
        if name == _FALLBACK:
            self._fallback_depth -= 1
        match _word_name(name):
            case "t":
                self._is_text = False
            case "p":
                # The cells of a row make one line: time, name and text stand in columns.
                self._add("\t") if self._cell_depth else self._end_line()
            case "tc":
                self._cell_depth -= 1
            case "tr":
                self._end_line()

    def _read(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if not self._fallback_depth:
            self._parts.append(text)

    def _end_line(self) -> None:
        if not self._fallback_depth:
            self.lines.append("".join(self._parts).replace("\n", " ").strip())
            self._parts = []


def _word_name(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in _WORD_SPACES else ""
