"""Reading the files of a sample study."""

import json
from pathlib import Path
from typing import Any

CONTENT_DIR = Path(__file__).parent / "content"

OPUS_SAMPLES_PER_SECOND = 48_000
# A page is at most 65,307 bytes, so that the last one begins within these.
LAST_PAGE_BYTES = 70_000


def read_study(folder: Path) -> dict[str, Any]:
    """The study with everything in it that is not a transcript."""
    return json.loads((folder / "study.json").read_text(encoding="utf-8"))


def read_segments(folder: Path, transcript: str) -> list[dict[str, Any]]:
    """Segments `{"speaker": label, "words": [[text, start_ms, end_ms], …]}` in reading order."""
    return json.loads((folder / transcript).read_text(encoding="utf-8"))["segments"]


def read_opus_duration_ms(path: Path) -> int:
    """How long an Ogg file with one Opus stream plays: the web process can't decode it.

    The last page says how many samples came up to its end (RFC 7845, section 4), of which the
    header says how many at the start are not played.
    """
    content = path.read_bytes()
    header = content.index(b"OpusHead")
    skipped = int.from_bytes(content[header + 10 : header + 12], "little")
    last_page = content.rindex(b"OggS", max(0, len(content) - LAST_PAGE_BYTES))
    samples = int.from_bytes(content[last_page + 6 : last_page + 14], "little")
    return (samples - skipped) * 1000 // OPUS_SAMPLES_PER_SECOND
