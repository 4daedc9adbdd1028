"""Where a run of words of one version is found in another, and how certain that is. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from backend.sources.alignment import Alignment

# The same words put further apart than this may be words said twice.
SAME_WORDS_MS = 3000
# Where the words between differ, both ends must be nearer.
EDGE_MS = 1500
# So many other words in a row may stand for as many at an end, each at the same time as its own.
LONGEST_SWAP = 3
SWAP_MS = 500
LEAST_SIMILARITY = 0.6
# Without times, so many words on both sides must fit along with those looked for.
CONTEXT_WORDS = 30
# Nothing much longer than what is looked for is proposed.
LONGEST_PROPOSAL = 2
PROPOSAL_MARGIN_WORDS = 5


class Certainty(Enum):
    """How sure it is that a run of words was found."""

    SAME = "same"
    REWORDED = "reworded"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Place:
    """Indexes of the first and last word among the new words; None: nothing like it is there."""

    certainty: Certainty
    first: int | None = None
    last: int | None = None


class Finder:
    """Finds many runs by one alignment. Made in one pass over the words; each search is short."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self._old_places = _places_of(alignment.old_keys)
        self._new_places = _places_of(alignment.new_keys)

    def find(self, first: int, last: int) -> Place:
        """The place of the old words from `first` to `last`, both included.

        SAME: the same words without anything between them, at the same time, and no other place
        fits as well. REWORDED: both ends are certain and most words are the same. UNCERTAIN: the
        best guess, if there is any.
        """
        if self._is_unbroken(first, last) and self._is_same_place(first, last):
            return Place(Certainty.SAME, self._partner(first), self._partner(last))
        begin, end = self._certain_edge(first), self._certain_edge(last)
        if begin is None or end is None:
            return self._guess(first, last)
        partners = self.alignment.partners[first : last + 1]
        shared = sum(partner is not None for partner in partners)
        if 2 * shared / (len(partners) + end - begin + 1) < LEAST_SIMILARITY:
            return self._guess(first, last)
        return Place(Certainty.REWORDED, begin, end)

    def _is_unbroken(self, first: int, last: int) -> bool:
        partners = self.alignment.partners
        begin = partners[first]
        return begin is not None and all(
            partners[index] == begin + index - first for index in range(first, last + 1)
        )

    def _is_same_place(self, first: int, last: int) -> bool:
        begin = self._partner(first)
        shifts = [self._shift_ms(first, begin), self._shift_ms(last, begin + last - first)]
        if None in shifts:
            return self._is_pinned(first, last)
        if any(abs(shift) > SAME_WORDS_MS for shift in shifts if shift is not None):
            return False
        return self._is_nearest(first, last)

    def _is_nearest(self, first: int, last: int) -> bool:
        """Whether the same words are found nowhere nearer: seen from the old ones, and back."""
        alignment, begin = self.alignment, self._partner(first)
        keys = alignment.old_keys[first : last + 1]
        old_ms, new_ms = alignment.old[first][2], alignment.new[begin][2]
        distance = abs(new_ms - old_ms)
        there = _occurrences(keys, alignment.new_keys, self._new_places)
        here = _occurrences(keys, alignment.old_keys, self._old_places)
        return all(
            abs((alignment.new[index][2] or 0) - old_ms) >= distance for index in there
        ) and all(abs((alignment.old[index][2] or 0) - new_ms) >= distance for index in here)

    def _certain_edge(self, index: int) -> int | None:
        """The new word that is the same as this end, or stands for it without doubt."""
        partner = self.alignment.partners[index]
        if partner is None:
            return self._stand_in(index)
        return partner if self._is_there(index, partner, EDGE_MS) else None

    def _is_there(self, old_index: int, new_index: int, within_ms: int) -> bool:
        shift_ms = self._shift_ms(old_index, new_index)
        if shift_ms is None:
            return self._is_pinned(old_index, old_index)
        return abs(shift_ms) <= within_ms

    def _stand_in(self, index: int) -> int | None:
        """The new word in the place of one that has no partner: of few words in a row, between
        words that are certain, one became one other. Told by times only.
        """
        partners = self.alignment.partners
        before = after = index
        while before >= 0 and partners[before] is None and index - before <= LONGEST_SWAP:
            before -= 1
        while after < len(partners) and partners[after] is None and after - index <= LONGEST_SWAP:
            after += 1
        begin = -1 if before < 0 else partners[before]
        end = len(self.alignment.new) if after == len(partners) else partners[after]
        if begin is None or end is None or end - begin != after - before:
            return None
        new_index = begin + index - before
        shift_ms = self._shift_ms(index, new_index)
        is_then = shift_ms is not None and abs(shift_ms) <= SWAP_MS
        return new_index if is_then and after - before <= LONGEST_SWAP + 1 else None

    def _is_pinned(self, first: int, last: int) -> bool:
        """Whether the words with those around them that fit as well are found just once."""
        alignment = self.alignment
        begin, end = self._partner(first), self._partner(last)
        before = after = 0
        while before < CONTEXT_WORDS and self._are_partners(first - before - 1, begin - before - 1):
            before += 1
        while after < CONTEXT_WORDS and self._are_partners(last + after + 1, end + after + 1):
            after += 1
        if first - before == begin - before == 0 and self._ends_both(last + after, end + after):
            return True
        keys = alignment.old_keys[first - before : last + after + 1]
        there = _occurrences(keys, alignment.new_keys, self._new_places)
        here = _occurrences(keys, alignment.old_keys, self._old_places)
        return len(list(there)) == 1 and len(list(here)) == 1

    def _ends_both(self, old_index: int, new_index: int) -> bool:
        alignment = self.alignment
        return (old_index, new_index) == (len(alignment.old) - 1, len(alignment.new) - 1)

    def _are_partners(self, old_index: int, new_index: int) -> bool:
        partners = self.alignment.partners
        return 0 <= old_index < len(partners) and partners[old_index] == new_index >= 0

    def _partner(self, index: int) -> int:
        partner = self.alignment.partners[index]
        assert partner is not None
        return partner

    def _shift_ms(self, old_index: int, new_index: int) -> int | None:
        """How much later the new word begins; None where either has no time."""
        old_ms = self.alignment.old[old_index][2]
        new_ms = self.alignment.new[new_index][2]
        return None if old_ms is None or new_ms is None else new_ms - old_ms

    def _guess(self, first: int, last: int) -> Place:
        begin, end = self.bounds(first, last)
        begin, end = self._within_time(first, last, begin, end)
        length = end - begin + 1
        longest = LONGEST_PROPOSAL * (last - first + 1) + PROPOSAL_MARGIN_WORDS
        if not 0 < length <= longest:
            return Place(Certainty.UNCERTAIN)
        return Place(Certainty.UNCERTAIN, begin, end)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The new words between the partners of the words around, or between the ends' own
        partners if they have any; the second index is the lower one if nothing lies there.
        """
        partners = self.alignment.partners
        before, after = first, last
        while before >= 0 and partners[before] is None:
            before -= 1
        while after < len(partners) and partners[after] is None:
            after += 1
        begin = 0 if before < 0 else self._partner(before) + (before < first)
        is_behind = after == len(partners)
        end = len(self.alignment.new) - 1 if is_behind else self._partner(after) - (after > last)
        return begin, end

    def _within_time(self, first: int, last: int, begin: int, end: int) -> tuple[int, int]:
        """The words from begin to end that are spoken in the time of the old ones."""
        start_ms, end_ms = self.alignment.old[first][2], self.alignment.old[last][3]
        if start_ms is None or end_ms is None:
            return begin, end
        start_ms, end_ms = start_ms + self.alignment.drift_ms, end_ms + self.alignment.drift_ms
        within = [
            index
            for index in range(begin, end + 1)
            if _is_within(self.alignment.new[index], start_ms, end_ms)
        ]
        return (within[0], within[-1]) if within else (begin, begin - 1)


def _is_within(word: Sequence, start_ms: float, end_ms: float) -> bool:
    if word[2] is None or word[3] is None:
        return True
    return start_ms <= (word[2] + word[3]) // 2 <= end_ms


def _places_of(keys: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    return places


def _occurrences(
    wanted: Sequence[str], keys: Sequence[str], places: dict[str, list[int]]
) -> Iterator[int]:
    """Where the wanted keys begin among all keys; looks only around the rarest of them."""
    offset = min(range(len(wanted)), key=lambda index: len(places.get(wanted[index], ())))
    for place in places.get(wanted[offset], ()):
        begin = place - offset
        if begin >= 0 and list(keys[begin : begin + len(wanted)]) == list(wanted):
            yield begin
