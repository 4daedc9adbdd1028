"""Writing plain text: a paragraph a turn, with its time and speaker in front. Pure."""

from collections.abc import Iterable

from backend.sources.captions.cues import Cue, tidy, tidy_name
from backend.sources.captions.timing import format_clock


def write_txt(cues: Iterable[Cue]) -> bytes:
    """UTF-8; times to the second: “[00:01:02] Anna: …”."""
    return "\n".join(f"{''.join(parts_of(cue))}\n" for cue in cues).encode()


def parts_of(cue: Cue) -> tuple[str, str, str]:
    """Time, name and text; the first two are empty where they are not known."""
    name = tidy_name(cue.speaker)
    return (
        f"[{format_clock(cue.start_ms)}] " if cue.start_ms is not None else "",
        f"{name}: " if name else "",
        tidy(cue.text),
    )
