"""Reading pasted text: which lines are turns of whom. Pure: it knows no models."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# “Anna:”, “P01 (nurse):”, “Dr. O'Neill:”; what follows is on the same line.
_TURN = re.compile(r"^\s*([^\W_][\w .,'’()&/@|+#-]{0,59}?)\s*:\s+(\S.*)$")

# Values of SpeakerRole.
PARTICIPANT, MODERATOR, OBSERVER = "participant", "moderator", "observer"

_ROLES = {
    "moderator": MODERATOR,
    "interviewer": MODERATOR,
    "facilitator": MODERATOR,
    "researcher": MODERATOR,
    "host": MODERATOR,
    "observer": OBSERVER,
    "note taker": OBSERVER,
    "notetaker": OBSERVER,
}


@dataclass(frozen=True)
class Turn:
    """One paragraph; `label` names who speaks, "" where nobody is named."""

    label: str
    words: list[str]


def parse_turns(text: str, *, known_labels: Collection[str] = ()) -> list[Turn]:
    """Each line that is not blank is a turn; “Name:” in front says whose.

    Which names count is told at `names_in`. A line without a name goes on with the speaker of the
    line before, until a blank line ends that.
    """
    lines = [line.replace("\0", "") for line in text.splitlines()]
    names = names_in(lines, known_labels=known_labels)
    turns: list[Turn] = []
    label = ""
    for line in lines:
        if not line.strip():
            label = ""
            continue
        named, line = split_name(line, names)
        label = named or label
        turns.append(Turn(label, line.split()))
    return turns


def role_of(label: str) -> str:
    """What a speaker's name says about their part; most are participants."""
    return _ROLES.get(_key(label), PARTICIPANT)


def names_in(
    lines: Iterable[str], *, known_labels: Collection[str] = (), is_dialogue: bool = False
) -> dict[str, str]:
    """The names that stand before lines, as first written, by their folded form.

    A line “Note: …” must not make a speaker of Note: a name counts when it is one of
    `known_labels` (whatever the case), a role's, or stands before two lines at least. In a dialogue
    every name counts: where it is said to be one, or half of the lines have such names.
    """
    lines = [line for line in lines if line.strip()]
    known = {_key(label) for label in known_labels}
    written = [" ".join(match.group(1).split()) for match in map(_TURN.match, lines) if match]
    counts = Counter(_key(label) for label in written)
    certain = {key for key in counts if key in known or key in _ROLES or counts[key] > 1}
    is_dialogue = is_dialogue or sum(counts[key] for key in certain) * 2 >= len(lines)
    labels: dict[str, str] = {}
    for label in written:
        if is_dialogue or _key(label) in certain:
            labels.setdefault(_key(label), label)
    return labels


def may_have_name(line: str) -> bool:
    """Whether something like a name stands before the line."""
    return _TURN.match(line) is not None


def split_name(line: str, names: dict[str, str]) -> tuple[str, str]:
    """The name before a line and what follows it; "" and the whole line if there is none."""
    match = _TURN.match(line)
    label = names.get(_key(match.group(1))) if match else None
    return (label, match.group(2)) if match and label else ("", line)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()
