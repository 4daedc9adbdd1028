"""Reading transcripts in files: what kind a file is goes by its content first. Pure."""

import re
from collections.abc import Callable, Collection, Sequence

from backend.sources.captions.cues import Captions, within_bounds
from backend.sources.captions.reading.blocks import is_arrow
from backend.sources.captions.reading.docx import read_docx
from backend.sources.captions.reading.encoding import decode, is_readable, lines_of
from backend.sources.captions.reading.sbv import is_span, read_sbv
from backend.sources.captions.reading.srt import read_srt
from backend.sources.captions.reading.txt import read_txt
from backend.sources.captions.reading.vtt import read_vtt
from backend.sources.captions.reading.whisper_json import read_json

FORMATS = ("vtt", "srt", "sbv", "txt", "docx", "json")

# A day of quick speech in short captions has half of them.
LINES_MAXIMUM = 400_000

LineReader = Callable[..., Captions]

_JSON_START = re.compile(r"\s*(?:\{|\[\s*\{)")
_ZIP_START = b"PK\x03\x04"
_OLD_WORD_START = b"\xd0\xcf\x11\xe0"


def read_captions(content: bytes, *, name: str, known_names: Collection[str] = ()) -> Captions:
    """Read a file of any of the FORMATS; its name decides only where its content doesn't.

    `known_names` are speakers' for certain where they stand before a colon.

    Never raises, whatever the bytes: what can't be understood is in `skipped`, by line. No cues
    means that there was nothing to read.
    """
    ending = name.lower().rpartition(".")[2]
    try:
        captions = _read(content, ending, known_names)
    except MemoryError:
        raise
    except Exception:  # the promise of this function; its parts are tested without it
        captions = Captions(ending if ending in FORMATS else "txt")
        captions.skip(1, "This file is damaged in a way that Earshot does not know.")
    captions.cues = list(within_bounds(captions.cues, skip=captions.skip))
    return captions


def _read(content: bytes, ending: str, known_names: Collection[str] = ()) -> Captions:
    if content.startswith(_ZIP_START):
        return read_docx(content, known_names=known_names)
    if content.startswith(_OLD_WORD_START) or ending == "docx":
        return _unreadable("docx", "This is not the .docx format. Open it in Word, save as .docx.")
    text = decode(content)
    if not is_readable(text):
        return _unreadable(ending, "This file is not text.")
    return _read_text(text, ending, known_names)


def _read_text(text: str, ending: str, known_names: Collection[str]) -> Captions:
    if ending == "json":
        return read_json(text)
    if _JSON_START.match(text):
        captions = read_json(text)
        if captions.cues:
            return captions
    lines = lines_of(text)
    read = _reader_for(lines[:LINES_MAXIMUM], ending)
    captions = read(lines[:LINES_MAXIMUM], known_names=known_names)
    if rest := len(lines[LINES_MAXIMUM:]):
        captions.skip(LINES_MAXIMUM + 1, f"There are {rest:,} more lines; they were left out.")
    return captions


def _reader_for(lines: Sequence[str], ending: str) -> LineReader:
    first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith("WEBVTT"):
        return read_vtt
    if any(map(is_span, lines)) and not any(map(is_arrow, lines)):
        return read_sbv
    if ending == "vtt":
        return read_vtt
    if ending != "txt" and any(is_arrow(line, may_be_broken=ending == "srt") for line in lines):
        return read_srt
    return read_txt


def _unreadable(format: str, reason: str) -> Captions:
    captions = Captions(format if format in FORMATS else "txt")
    captions.skip(1, reason)
    return captions
