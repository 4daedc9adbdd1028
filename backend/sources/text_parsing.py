"""Reading pasted text: which lines are turns of whom. Pure."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from backend.sources.models import SpeakerRole

# “Anna:”, “P01 (nurse):”, “Dr. O'Neill:”; what follows is on the same line.
_TURN = re.compile(r"^\s*([^\W_][\w .,'’()&-]{0,39}?)\s*:\s+(\S.*)$")

_ROLES = {
    "moderator": SpeakerRole.MODERATOR,
    "interviewer": SpeakerRole.MODERATOR,
    "facilitator": SpeakerRole.MODERATOR,
    "researcher": SpeakerRole.MODERATOR,
    "host": SpeakerRole.MODERATOR,
    "observer": SpeakerRole.OBSERVER,
    "note taker": SpeakerRole.OBSERVER,
    "notetaker": SpeakerRole.OBSERVER,
}


@dataclass(frozen=True)
class Turn:
    """One paragraph; `label` names who speaks, "" where nobody is named."""

    label: str
    words: list[str]


def parse_turns(text: str, *, known_labels: Collection[str] = ()) -> list[Turn]:
    """Each line that is not blank is a turn; “Name:” in front says whose.

    A line “Note: …” must not make a speaker of Note: a name counts when it is one of
    `known_labels` (whatever the case), a role's, or stands before two lines at least; where half
    of the lines have such names, every name counts. A line without a name goes on with the
    speaker of the line before, until a blank line ends that.
    """
    lines = [line.replace("\0", "") for line in text.splitlines()]
    labels = _labels_of(lines, {label.casefold() for label in known_labels})
    turns: list[Turn] = []
    label = ""
    for line in lines:
        if not line.strip():
            label = ""
            continue
        match = _TURN.match(line)
        named = labels.get(_key(match.group(1))) if match else None
        if match and named:
            label, line = named, match.group(2)
        turns.append(Turn(label, line.split()))
    return turns


def role_of(label: str) -> SpeakerRole:
    """What a speaker's name says about their part; most are participants."""
    return _ROLES.get(_key(label), SpeakerRole.PARTICIPANT)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


def _labels_of(lines: list[str], known: set[str]) -> dict[str, str]:
    """The speakers' names as first written, by their folded form."""
    written = [" ".join(match.group(1).split()) for match in map(_TURN.match, lines) if match]
    counts = Counter(_key(label) for label in written)
    certain = {key for key in counts if key in known or key in _ROLES or counts[key] > 1}
    line_count = sum(1 for line in lines if line.strip())
    is_dialogue = sum(counts[key] for key in certain) * 2 >= line_count
    labels: dict[str, str] = {}
    for label in written:
        if is_dialogue or _key(label) in certain:
            labels.setdefault(_key(label), label)
    return labels
