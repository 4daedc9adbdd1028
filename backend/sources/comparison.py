"""Two versions of a transcript side by side, sentence by sentence. Pure, no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from backend.sources.alignment import Alignment, align_words
from backend.sources.anchoring import Word, text_of, time_range_of

# A sentence shorter than this shares its row with the next.
FEWEST_WORDS = 8
SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟")

# An index among the old words and one among the new; None on the side that lacks the word.
Step = tuple[int | None, int | None]


@dataclass
class Comparison:
    """Numbers of words and the rows, as the API gives them."""

    same_words: int = 0
    changed_words: int = 0
    removed_words: int = 0
    added_words: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)


def compare_words(old: Sequence[Sequence[Word]], new: Sequence[Sequence[Word]]) -> Comparison:
    """Compare two versions, given as the words of each of their segments.

    Words that differ in case or punctuation only are the same. Of words in the place of others, as
    many count as changed as there are on both sides; the rest is removed or added.
    """
    alignment = align_words(_flatten(old), _flatten(new))
    comparison = Comparison(same_words=sum(partner is not None for partner in alignment.partners))
    steps: list[Step] = []
    new_ends = _ends_of(new)
    for removed, added, pair in _gaps(alignment):
        _count(comparison, len(removed), len(added))
        steps.extend(_order_gap(alignment, removed, added, new_ends))
        if pair is not None:
            steps.append(pair)
    rows = _cut(alignment, steps, old_ends=_ends_of(old), new_ends=new_ends)
    comparison.rows = [_describe(alignment, row) for row in rows]
    return comparison


def _flatten(segments: Iterable[Sequence[Word]]) -> list[Word]:
    return [word for words in segments for word in words]


def _ends_of(segments: Iterable[Sequence[Word]]) -> set[int]:
    """The index of the last word of each segment."""
    ends, count = set(), 0
    for words in segments:
        count += len(words)
        ends.add(count - 1)
    return ends


def _gaps(alignment: Alignment) -> Iterator[tuple[range, range, tuple[int, int] | None]]:
    """What lies before each pair, on both sides, with the pair; last what lies behind them all."""
    here = there = 0
    for index, partner in enumerate(alignment.partners):
        if partner is not None:
            yield range(here, index), range(there, partner), (index, partner)
            here, there = index + 1, partner + 1
    yield range(here, len(alignment.old)), range(there, len(alignment.new)), None


def _count(comparison: Comparison, removed: int, added: int) -> None:
    changed = min(removed, added)
    comparison.changed_words += changed
    comparison.removed_words += removed - changed
    comparison.added_words += added - changed


def _order_gap(
    alignment: Alignment, removed: range, added: range, new_ends: set[int]
) -> Iterator[Step]:
    """Old words before the new ones, but in a long gap segment by segment, by time."""
    waiting = list(removed)
    chunk: list[int] = []
    for index in added:
        chunk.append(index)
        if index in new_ends or index == added[-1]:
            is_last = index == added[-1]
            count = len(waiting) if is_last else _begun(alignment, waiting, index)
            yield from ((old_index, None) for old_index in waiting[:count])
            yield from ((None, new_index) for new_index in chunk)
            waiting, chunk = waiting[count:], []
    yield from ((old_index, None) for old_index in waiting)


def _begun(alignment: Alignment, waiting: Sequence[int], new_index: int) -> int:
    """How many of the waiting old words begin before the new word ends."""
    end_ms = alignment.new[new_index][3]
    if end_ms is None:
        return 0
    for count, index in enumerate(waiting):
        start_ms = alignment.old[index][2]
        if start_ms is None or start_ms >= end_ms:
            return count
    return len(waiting)


def _cut(
    alignment: Alignment, steps: Sequence[Step], *, old_ends: set[int], new_ends: set[int]
) -> Iterator[list[Step]]:
    row: list[Step] = []
    has_new = False
    for (old_index, new_index), following in pairwise([*steps, (None, None)]):
        row.append((old_index, new_index))
        has_new = has_new or new_index is not None
        if new_index is not None:
            ends_sentence = alignment.new[new_index][1].endswith(SENTENCE_ENDS)
            is_end = new_index in new_ends or (ends_sentence and len(row) >= FEWEST_WORDS)
        else:
            is_replaced = following[0] is None and following[1] is not None
            is_end = not has_new and old_index in old_ends and not is_replaced
        if is_end:
            yield row
            row, has_new = [], False
    if row:
        yield row


def _describe(alignment: Alignment, row: Sequence[Step]) -> dict[str, Any]:
    old = [(alignment.old[here], there is None) for here, there in row if here is not None]
    new = [(alignment.new[there], here is None) for here, there in row if there is not None]
    old_words, new_words = [word for word, _ in old], [word for word, _ in new]
    start_ms, end_ms = time_range_of(new_words or old_words)
    if start_ms is None:
        start_ms, end_ms = time_range_of(old_words)
    return {
        "kind": _kind(old, new),
        "start_ms": start_ms,
        "end_ms": end_ms,
        "old_text": text_of(old_words),
        "new_text": text_of(new_words),
        "old": _spans(old),
        "new": _spans(new),
    }


def _kind(old: Sequence[tuple[Word, bool]], new: Sequence[tuple[Word, bool]]) -> str:
    if not old:
        return "added"
    if not new:
        return "removed"
    return "changed" if any(is_changed for _, is_changed in [*old, *new]) else "same"


def _spans(words: Sequence[tuple[Word, bool]]) -> list[dict[str, Any]]:
    """Words that follow each other and are alike changed or not, together."""
    spans: list[dict[str, Any]] = []
    begun: list[Word] = []
    for place, (word, is_changed) in enumerate(words):
        begun.append(word)
        if place == len(words) - 1 or words[place + 1][1] != is_changed:
            spans.append({"text": text_of(begun), "is_changed": is_changed})
            begun = []
    return spans
