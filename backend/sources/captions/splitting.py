"""Cutting what is too long for one turn of a transcript. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from backend.sources.captions.cues import Cue, CueWord
from backend.sources.captions.timing import words_of

# Two minutes of speech: whole interviews come as one paragraph.
CUE_WORDS_MAXIMUM = 300
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")


def split_long(cues: Iterable[Cue]) -> Iterator[Cue]:
    """The same words and times, at most CUE_WORDS_MAXIMUM to a cue, cut behind sentences."""
    for cue in cues:
        words = words_of(cue)
        if len(words) <= CUE_WORDS_MAXIMUM:
            yield cue
            continue
        while words:
            end = _end_of_piece(words)
            yield _piece(cue, words[:end])
            words = words[end:]


def _end_of_piece(words: Sequence[CueWord]) -> int:
    if len(words) <= CUE_WORDS_MAXIMUM:
        return len(words)
    for end in range(CUE_WORDS_MAXIMUM, CUE_WORDS_MAXIMUM // 2, -1):
        if words[end - 1].text.endswith(_SENTENCE_ENDS):
            return end
    return CUE_WORDS_MAXIMUM


def _piece(cue: Cue, words: tuple[CueWord, ...]) -> Cue:
    starts = [word.start_ms for word in words if word.start_ms is not None]
    ends = [word.end_ms for word in words if word.end_ms is not None]
    return Cue(
        min(starts, default=None),
        max(ends, default=None),
        cue.speaker,
        " ".join(word.text for word in words),
        words if starts else None,
    )
