"""Finding out which format a codebook is in, and reading it."""

from backend.exchange.codebook.codes import ReadCodebook, Skipped
from backend.exchange.codebook.csv import read_csv
from backend.exchange.codebook.qdc import read_qdc

MAX_BYTES = 2 * 1024 * 1024
_ARCHIVE = b"PK\x03\x04"
# "<" and "?" in the two byte orders of UTF-16.
_XML_BEGINNINGS = (b"<", b"\xff\xfe<", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


def read_codebook(content: bytes) -> ReadCodebook:
    """Read a QDC file or a table, by what it begins with. Never raises."""
    if len(content) > MAX_BYTES:
        return _nothing(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    if content.startswith(_ARCHIVE):
        return _nothing(
            "This is a workbook or a whole project, not a codebook. Save it as CSV, or export the "
            "codebook alone as QDC."
        )
    beginning = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:4]
    if beginning.startswith(_XML_BEGINNINGS):
        return read_qdc(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    read = read_csv(content)
    return read if read.codes or read.skipped else _nothing("There is no code in it.")


def _nothing(reason: str) -> ReadCodebook:
    return ReadCodebook(skipped=[Skipped(1, reason)])
