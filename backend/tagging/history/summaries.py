"""What a change is called in the history: short, in people's words."""

from collections.abc import Iterable

from backend.tagging.models import Quadrant

_QUOTE_LENGTH_MAXIMUM = 48
_SHOWN_NAMES = 3
QUADRANT_NAMES: dict[str, str] = {
    Quadrant.THINK_FEEL: "Think & Feel",
    Quadrant.SAY_DO: "Say & Do",
    Quadrant.HEAR: "Hear",
    Quadrant.SEE: "See",
    Quadrant.PAIN: "Pains",
    Quadrant.GAIN: "Gains",
}


def quote(text: str) -> str:
    """The beginning of the text in quotation marks, cut between words."""
    if len(text) <= _QUOTE_LENGTH_MAXIMUM:
        return f"“{text}”"
    cut = text[:_QUOTE_LENGTH_MAXIMUM]
    return f"“{cut.rpartition(' ')[0] or cut}…”"


def listed(names: Iterable[str]) -> str:
    """“a”, “b”, “c” and 2 more."""
    shown = list(names)
    more = len(shown) - _SHOWN_NAMES
    joined = ", ".join(f"“{name}”" for name in shown[:_SHOWN_NAMES])
    return f"{joined} and {more} more" if more > 0 else joined
