"""Which words of one version of a transcript are which words of another. Pure, no database."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from backend.sources.anchoring import Word
from backend.sources.word_folding import fold_word

# Two versions of one recording never put the same word further apart than this.
FURTHEST_MS = 5000
# Nobody says a word twice so soon: such pairs need no look at what is around them.
AT_ONCE_MS = 100
# Blocks of at most this many pairs of words are compared pair by pair.
SMALL_BLOCK = 10_000
GRAM_LENGTHS = (6, 4, 3, 2, 1)
# From fewer phrases than this no shift between two versions is told.
FEWEST_PHRASES = 5

_fold = lru_cache(maxsize=100_000)(fold_word)

# An old index, the one behind the last, and the same of the new words.
Block = tuple[int, int, int, int]


@dataclass(frozen=True)
class Alignment:
    """The words of two versions and who is whose partner.

    `partners[i]` is the index among the new words of the word that old word i is, or None.
    Partners rise, and are equal but for case and punctuation. `old_keys` and `new_keys` are the
    folded words; `drift_ms` is how much later the new version puts the same words.
    """

    old: Sequence[Word]
    new: Sequence[Word]
    old_keys: Sequence[str]
    new_keys: Sequence[str]
    partners: Sequence[int | None]
    drift_ms: float = 0.0


def align_words(old: Sequence[Word], new: Sequence[Word]) -> Alignment:
    """Pair the words of two versions, by their text and, where both have them, by their times.

    Costs about a second for 30,000 words against 30,000. Blocks that share no rare words and have
    no times are left unpaired when they are large.
    """
    return _Aligner(old, new).align()


class _Aligner:
    def __init__(self, old: Sequence[Word], new: Sequence[Word]) -> None:
        self.old, self.new = old, new
        self.old_keys = [_fold(word[1]) for word in old]
        self.new_keys = [_fold(word[1]) for word in new]
        self.partners: list[int | None] = [None] * len(old)
        self.drift_ms = 0.0
        self.drift_ms = self._measure_drift()

    def align(self) -> Alignment:
        waiting: list[Block] = [(0, len(self.old), 0, len(self.new))]
        while waiting:
            waiting.extend(self._align_block(self._trim(waiting.pop())))
        return Alignment(
            self.old, self.new, self.old_keys, self.new_keys, self.partners, self.drift_ms
        )

    def _measure_drift(self) -> float:
        """The shift of phrases found once on either side: imports may count from elsewhere."""
        block = (0, len(self.old), 0, len(self.new))
        gaps = [
            self.new[there][2] - self.old[here][2]
            for here, there in _shared_grams(self.old_keys, self.new_keys, block, GRAM_LENGTHS[0])
            if self.old[here][2] is not None and self.new[there][2] is not None
        ]
        return median(gaps) if len(gaps) >= FEWEST_PHRASES else 0.0

    def _is_same(self, here: int, there: int, *, within_ms: int = FURTHEST_MS) -> bool:
        return (
            self.old_keys[here] == self.new_keys[there]
            and self._distance_ms(here, there) <= within_ms
        )

    def _is_clear(self, here: int, there: int) -> bool:
        return self._is_same(here, there, within_ms=AT_ONCE_MS)

    def _distance_ms(self, here: int, there: int) -> float:
        start_ms, new_start_ms = self.old[here][2], self.new[there][2]
        if start_ms is None or new_start_ms is None:
            return 0.0
        return abs(new_start_ms - start_ms - self.drift_ms)

    def _trim(self, block: Block) -> Block:
        """Pair what is the same at both ends; the block that is left."""
        here, old_end, there, new_end = block
        while here < old_end and there < new_end and self._is_clear(here, there):
            self.partners[here] = there
            here, there = here + 1, there + 1
        while old_end > here and new_end > there and self._is_clear(old_end - 1, new_end - 1):
            old_end, new_end = old_end - 1, new_end - 1
            self.partners[old_end] = new_end
        return here, old_end, there, new_end

    def _align_block(self, block: Block) -> list[Block]:
        """Pair some words of a block; the smaller blocks that are left to do."""
        here, old_end, there, new_end = block
        if here == old_end or there == new_end:
            return []
        if (old_end - here) * (new_end - there) <= SMALL_BLOCK:
            self._pair_small(block)
            return []
        anchors = self._find_anchors(block)
        if not anchors:
            return self._split_by_time(block)
        blocks = []
        for old_index, new_index in [*anchors, (old_end, new_end)]:
            blocks.append((here, old_index, there, new_index))
            if old_index < old_end:
                self.partners[old_index] = new_index
            here, there = old_index + 1, new_index + 1
        return blocks

    def _find_anchors(self, block: Block) -> list[tuple[int, int]]:
        """Pairs that rise on both sides: words that begin a phrase found once on either side."""
        for length in GRAM_LENGTHS:
            shared = _shared_grams(self.old_keys, self.new_keys, block, length)
            near = [pair for pair in shared if self._distance_ms(*pair) <= FURTHEST_MS]
            if near:
                return _longest_rising(near)
        return []

    def _split_by_time(self, block: Block) -> list[Block]:
        here, old_end, there, new_end = block
        middle = (here + old_end) // 2
        middle_ms = self.old[middle][2]
        if middle == here or middle_ms is None:
            return []
        starts = [word[2] for word in self.new[there:new_end]]
        if None in starts:
            return []
        cut = there + bisect_left(starts, middle_ms + self.drift_ms)
        return [(here, middle, there, cut), (middle, old_end, cut, new_end)]

    def _pair_small(self, block: Block) -> None:
        """The pairs that are most in number and nearest in time, by dynamic programming over the
        words that both sides have.
        """
        here, old_end, there, new_end = block
        shared = set(self.old_keys[here:old_end]).intersection(self.new_keys[there:new_end])
        old = [index for index in range(here, old_end) if self.old_keys[index] in shared]
        new = [index for index in range(there, new_end) if self.new_keys[index] in shared]
        rows = [[0.0] * (len(new) + 1)]
        for old_index in old:
            above, row = rows[-1], [0.0]
            for column, new_index in enumerate(new):
                best = max(above[column + 1], row[column])
                if self._is_same(old_index, new_index):
                    best = max(best, above[column] + self._worth(old_index, new_index))
                row.append(best)
            rows.append(row)
        self._trace(rows, old, new)

    def _trace(self, rows: list[list[float]], old: list[int], new: list[int]) -> None:
        row, column = len(old), len(new)
        while row and column:
            if rows[row][column] == rows[row - 1][column]:
                row -= 1
            elif rows[row][column] == rows[row][column - 1]:
                column -= 1
            else:
                row, column = row - 1, column - 1
                self.partners[old[row]] = new[column]

    def _worth(self, here: int, there: int) -> float:
        return 1.5 - 0.5 * self._distance_ms(here, there) / FURTHEST_MS


def _shared_grams(
    old_keys: Sequence[str], new_keys: Sequence[str], block: Block, length: int
) -> list[tuple[int, int]]:
    """Where the phrases of this length begin that both sides of the block hold exactly once."""
    here, old_end, there, new_end = block
    new_places = dict(_single_grams(new_keys, there, new_end, length))
    return [
        (old_index, new_places[gram])
        for gram, old_index in _single_grams(old_keys, here, old_end, length)
        if gram in new_places
    ]


def _single_grams(
    keys: Sequence[str], first: int, end: int, length: int
) -> Iterator[tuple[tuple[str, ...], int]]:
    places: dict[tuple[str, ...], int] = {}
    behind = max(first, end - length + 1)
    shifted = [keys[first + shift : behind + shift] for shift in range(length)]
    for index, gram in enumerate(zip(*shifted, strict=True), start=first):
        places[gram] = -1 if gram in places else index
    return ((gram, index) for gram, index in places.items() if index >= 0)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs whose first numbers rise, the most whose second numbers rise too."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        place = bisect_left(lasts, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(lasts):
            lasts.append(value)
            ends.append(index)
        else:
            lasts[place], ends[place] = value, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
