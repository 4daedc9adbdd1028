"""Bytes to text, whatever program wrote them. Pure."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 4_096
_LINE_END = re.compile("\r\n|\r|\n")
# Bytes that no text holds, besides NUL: more than a few of them and it is no text.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_STRANGE_SHARE = 0.02


def decode(content: bytes) -> str:
    """The text, by its byte order mark, else UTF-8, UTF-16 or Windows' Western letters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    unmarked = _unmarked_utf_16(content)
    if unmarked:
        return content.decode(unmarked, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a character is still UTF-8.
        if error.start >= len(content) - 3 and error.start > 0:
            return content[: error.start].decode("utf-8")
    # Five bytes mean nothing in cp1252.
    return content.decode("cp1252", errors="replace")


def lines_of(text: str) -> list[str]:
    """The lines as editors count them."""
    return _LINE_END.split(text)


def is_readable(text: str) -> bool:
    """Whether this is text at all, rather than a program or a picture."""
    return len(_STRANGE.findall(text)) <= len(text) * _STRANGE_SHARE


def _unmarked_utf_16(content: bytes) -> str:
    """Letters of most languages written so have NUL as every second byte."""
    sample = content[:_SAMPLE_BYTES]
    pairs = len(sample) // 2
    if pairs < 2 or len(content) % 2:
        return ""
    if sample[1::2].count(0) > pairs * 0.7 and sample[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > pairs * 0.7 and sample[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return ""
