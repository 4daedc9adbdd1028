"""Sentences of one speaker joined into turns, for documents that people read. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from backend.sources.captions.cues import Cue

# A paragraph that is longer than this is hard to read, and its time says little.
TURN_WORDS_MAXIMUM = 150
PAUSE_MS = 3_000


def join_turns(cues: Iterable[Cue]) -> list[Cue]:
    """Neighbouring cues of one speaker become one, up to a long pause or a long paragraph."""
    turns: list[Cue] = []
    for cue in cues:
        if turns and _goes_on(turns[-1], cue):
            turns[-1] = replace(
                turns[-1], text=f"{turns[-1].text} {cue.text}", end_ms=cue.end_ms, words=None
            )
        else:
            turns.append(replace(cue, words=None))
    return turns


def _goes_on(turn: Cue, cue: Cue) -> bool:
    if turn.speaker != cue.speaker or turn.end_ms is None or cue.start_ms is None:
        return False
    words = turn.text.count(" ") + cue.text.count(" ") + 2
    return words <= TURN_WORDS_MAXIMUM and cue.start_ms - turn.end_ms <= PAUSE_MS
