"""Writing plain text: a paragraph a turn, with its time and speaker in front. Pure."""

from collections.abc import Iterable, Sequence

from backend.sources.captions.cues import Cue, tidy, tidy_name
from backend.sources.captions.timing import format_clock


def write_txt(cues: Iterable[Cue]) -> bytes:
    """UTF-8; times to the second: “[00:01:02] Ana: …”."""
    cues = list(cues)
    is_dialogue = has_mostly_names(cues)
    paragraphs = (f"{''.join(parts_of(cue, is_dialogue=is_dialogue))}\n" for cue in cues)
    return "\n".join(paragraphs).encode()


def has_mostly_names(cues: Sequence[Cue]) -> bool:
    """Whether somebody is named for half of the cues: then any name before a colon is one."""
    return sum(1 for cue in cues if cue.speaker) * 2 >= len(cues)


def parts_of(cue: Cue, *, is_dialogue: bool) -> tuple[str, str, str, str]:
    """Time, name, time, text; a time stands in one place, and is empty where it is not known.

    Elsewhere than in a dialogue it comes behind the name, so that readers take that for one.
    """
    name, text = tidy_name(cue.speaker), tidy(cue.text)
    clock = f"[{format_clock(cue.start_ms)}]" if cue.start_ms is not None else ""
    if name and clock and not is_dialogue:
        return "", f"{name} ", f"{clock}: ", text
    return f"{clock} ".lstrip(), f"{name}: " if name else "", "", text
