"""Writing WebVTT with a voice tag in each cue. Pure."""

from collections.abc import Iterable

from backend.sources.captions.cues import Cue, tidy, tidy_name
from backend.sources.captions.timing import format_time
from backend.sources.captions.writing.spans import timed


def write_vtt(cues: Iterable[Cue], *, language: str = "") -> bytes:
    """UTF-8; read back, it gives the same text, times and speakers."""
    header = f"WEBVTT\nLanguage: {language}\n" if language else "WEBVTT\n"
    blocks = [
        f"{format_time(start_ms)} --> {format_time(end_ms)}\n{_payload(cue)}\n"
        for start_ms, end_ms, cue in timed(cues)
    ]
    return "\n".join([header, *blocks]).encode()


def _payload(cue: Cue) -> str:
    text, name = _escape(tidy(cue.text)), _escape(tidy_name(cue.speaker))
    return f"<v {name}>{text}</v>" if name else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
