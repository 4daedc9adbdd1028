"""Names of uploaded files: shown to people as they came, never used as a path. Pure."""

import base64
import binascii
import re
import unicodedata

DEFAULT_NAME = "recording"
NAME_LENGTH_MAXIMUM = 300

# Letters of any script may stand in a name; marks that turn the reading direction of what follows
# may not, since they can make “exe.mp3” out of “3pm.exe”.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

CONTENT_TYPES = {
    ".aac": "audio/aac",
    ".aif": "audio/aiff",
    ".aiff": "audio/aiff",
    ".avi": "video/x-msvideo",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mka": "audio/x-matroska",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".wma": "audio/x-ms-wma",
}

# Transcripts made elsewhere, to be read instead of, or beside, a recording.
TRANSCRIPT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".sbv": "text/plain",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
}

# What file systems refuse in names, or take for a path.
_NOT_IN_FILES = re.compile(r'[/\\:*?"<>|]')


def display_name(name: str) -> str:
    """The last part of a name, without control characters, at most 300 characters, never empty."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(character for character in last if _may_show(character))
    return " ".join(shown.split())[:NAME_LENGTH_MAXIMUM].strip(" .") or DEFAULT_NAME


def known_extension(name: str) -> str:
    """The name's ending in lower case if it is one of a recording, otherwise nothing."""
    ending = _ending(name)
    return ending if ending in CONTENT_TYPES else ""


def transcript_extension(name: str) -> str:
    """The name's ending in lower case if it is one of a transcript, otherwise nothing."""
    ending = _ending(name)
    return ending if ending in TRANSCRIPT_TYPES else ""


def content_type_of(path: str) -> str:
    """The content type of a file by its ending; unknown ones are plain bytes."""
    return (CONTENT_TYPES | TRANSCRIPT_TYPES).get(_ending(path), "application/octet-stream")


def download_name(title: str, *, of: str, extension: str) -> str:
    """What a file made of something with a title is called: “Title – transcript.vtt”."""
    safe = display_name(_NOT_IN_FILES.sub(" ", title))[:120].strip()
    return f"{safe} – {of}{extension}"


def _ending(name: str) -> str:
    found = re.search(r"\.[a-z0-9]{1,5}$", name.lower())
    return found.group() if found else ""


def read_metadata(header: str) -> dict[str, str]:
    """Decode a tus `Upload-Metadata` header: `key base64,key base64`, values in UTF-8.

    What can't be decoded is left out: a strange name must not cost anyone their recording.
    """
    metadata = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        text = _decode(value.strip())
        if key and text is not None:
            metadata[key] = text
    return metadata


def _decode(value: str) -> str | None:
    try:
        # Some clients leave the padding out.
        decoded = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded.decode("utf-8", errors="replace")


def _may_show(character: str) -> bool:
    if character in _DIRECTION_MARKS:
        return False
    # Unassigned ones may be emoji newer than Python's tables.
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cs")
