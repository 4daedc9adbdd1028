"""Words, ids and runs: how an excerpt hangs on a transcript. Pure, no database.

A word is a list `[word_id, text, start_ms, end_ms, probability]`. Ids rise in reading order, are
unique in a transcript and are never used again. There is room between them for words that people
insert.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from backend.sources.listen_first import doubtful_word_ids

Word = list[Any]

# A sentence that recognition missed fits between two words.
WORD_ID_STEP = 64


class SegmentOfWords(Protocol):
    """What a run is cut from: the Segment model has this shape."""

    position: int
    speaker_id: UUID | None
    doubt: str
    words: list[Word]


class UnknownWordError(Exception):
    """The transcript holds no word with this id."""


class ReversedRunError(Exception):
    """The run's last word comes before its first."""


@dataclass(frozen=True)
class Run:
    """An unbroken stretch of words, in reading order. Never empty.

    `position` is the place of its first word among all words of the transcript, from 0;
    `words_by_speaker` counts words, speakers in order of appearance (None: nobody was named).
    Times are null where there is no audio. It is doubtful if any of its words is.
    """

    word_ids: list[int]
    text: str
    start_ms: int | None
    end_ms: int | None
    position: int
    segment_positions: list[int]
    words_by_speaker: dict[UUID | None, int]
    is_doubtful: bool


def text_of(words: Iterable[Word]) -> str:
    """The words joined by one space."""
    return " ".join(word[1] for word in words)


def time_range_of(words: Sequence[Word]) -> tuple[int | None, int | None]:
    """Earliest start and latest end among the words that have times."""
    starts = [word[2] for word in words if word[2] is not None]
    ends = [word[3] for word in words if word[3] is not None]
    return (min(starts) if starts else None, max(ends) if ends else None)


def number_words(
    words: Iterable[tuple[str, int | None, int | None, float | None]],
    *,
    next_word_id: int,
    step: int = WORD_ID_STEP,
) -> list[Word]:
    """Give `(text, start_ms, end_ms, probability)` their ids, from next_word_id upwards, with room
    before each.

    Words that are empty once tidied are left out.
    """
    tidied = ((tidy_word(text), *rest) for text, *rest in words)
    kept = [word for word in tidied if word[0]]
    return [[next_word_id - 1 + number * step, *word] for number, word in enumerate(kept, start=1)]


def tidy_word(text: str) -> str:
    """The text without blanks around it, and with single ones inside ("New York" may be a word).

    PostgreSQL can't store the character NUL.
    """
    return " ".join(text.replace("\0", "").split())


class WordLine:
    """All words of some segments, in reading order: for cutting many runs from them."""

    def __init__(self, segments: Iterable[SegmentOfWords]) -> None:
        self._placed = [(segment, word) for segment in segments for word in segment.words]
        self._places = {word[0]: place for place, (_, word) in enumerate(self._placed)}
        self.words = [word for _, word in self._placed]

    def place_of(self, word_id: int) -> int:
        """Its index among all words. Raises UnknownWordError."""
        if word_id not in self._places:
            raise UnknownWordError(f"There is no word {word_id}.")
        return self._places[word_id]

    def said(self, word_id: int) -> tuple[UUID | None, Word]:
        """Who said this word, and the word. Raises UnknownWordError."""
        segment, word = self._placed[self.place_of(word_id)]
        return segment.speaker_id, word

    def cut(self, *, first_word_id: int, last_word_id: int) -> Run:
        """The run from one word to another, both included.

        Raises UnknownWordError if either is not there, ReversedRunError if last comes before first.
        """
        first, last = self.place_of(first_word_id), self.place_of(last_word_id)
        if last < first:
            raise ReversedRunError(f"Word {last_word_id} comes before word {first_word_id}.")
        return _describe(self._placed[first : last + 1], position=first)

    def cut_held(self, word_ids: Sequence[int]) -> Run:
        """The run between the first and the last of these ids that are still there.

        Raises UnknownWordError when none is left.
        """
        held = [word_id for word_id in word_ids if word_id in self._places]
        if not held:
            raise UnknownWordError("None of these words is there any more.")
        held.sort(key=self._places.__getitem__)
        return self.cut(first_word_id=held[0], last_word_id=held[-1])


def take_run(segments: Iterable[SegmentOfWords], *, first_word_id: int, last_word_id: int) -> Run:
    """Cut one run; segments come in reading order. Raises as WordLine.cut does."""
    return WordLine(segments).cut(first_word_id=first_word_id, last_word_id=last_word_id)


def take_words(segments: Iterable[SegmentOfWords], *, word_ids: Sequence[int]) -> Run:
    """Take an excerpt's run again. Raises as WordLine.cut_held does."""
    return WordLine(segments).cut_held(word_ids)


def correct_word(words: Sequence[Word], *, word_id: int, text: str) -> list[Word]:
    """The words with one of them spelled anew; its id and times stay, it counts as certain.

    Raises UnknownWordError.
    """
    if all(word[0] != word_id for word in words):
        raise UnknownWordError(f"There is no word {word_id}.")
    spelled = tidy_word(text)
    return [
        [word[0], spelled, word[2], word[3], 1.0 if word[4] is not None else None]
        if word[0] == word_id
        else list(word)
        for word in words
    ]


def _describe(placed: Sequence[tuple[SegmentOfWords, Word]], *, position: int) -> Run:
    words = [word for _, word in placed]
    by_speaker: dict[UUID | None, int] = {}
    for segment, _ in placed:
        by_speaker[segment.speaker_id] = by_speaker.get(segment.speaker_id, 0) + 1
    start_ms, end_ms = time_range_of(words)
    return Run(
        word_ids=[word[0] for word in words],
        text=text_of(words),
        start_ms=start_ms,
        end_ms=end_ms,
        position=position,
        segment_positions=list(dict.fromkeys(segment.position for segment, _ in placed)),
        words_by_speaker=by_speaker,
        is_doubtful=any(doubtful_word_ids([word], doubt=segment.doubt) for segment, word in placed),
    )
