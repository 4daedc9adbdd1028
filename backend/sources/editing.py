"""Writing a passage anew: which words stay, which ids and times the others get. Pure, no database.

What is written is compared with the words there are, `[id, text, start_ms, end_ms, probability]`,
token by token: a word may hold blanks (“New York”), a token may not. A word that is written as it
was stays as it was; ids go on rising in reading order.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from backend.sources.anchoring import WORD_ID_STEP, UnknownWordError, Word, tidy_word

# Inserted words stand this close, so that room is left for what is written next to them.
INSERTED_STEP = 8
# Comparing costs so many steps at most before words that are everywhere are passed over.
COMPARISON_STEPS = 5_000_000
# In larger stretches of other words, the first takes the place of the first, and so on.
SMALL_STRETCH = 2_500


class NoRoomError(Exception):
    """There is no id left for what was written, and no word beside it that it could join."""


@dataclass(frozen=True)
class Room:
    """What a passage may use: ids between `after` and `before` that are not `taken`, and the time
    from `start_ms` to `end_ms`. `before` null: it is the last, ids go on from `next_word_id`, and
    so many are left out between blocks.
    """

    after: int
    before: int | None
    next_word_id: int
    taken: Collection[int] = ()
    start_ms: int | None = None
    end_ms: int | None = None
    between_blocks: int = 0


@dataclass(frozen=True)
class Respelling:
    """One word that was written otherwise."""

    word_id: int
    before: str
    after: str


@dataclass(frozen=True)
class Rewriting:
    """The words of each block, what was respelled one by one, and the ids that are gone."""

    blocks: list[list[Word]]
    respellings: list[Respelling]
    removed_word_ids: list[int]

    @property
    def words(self) -> list[Word]:
        return [word for block in self.blocks for word in block]


@dataclass
class _Draft:
    """A word on its way: of which block, and what of it is known."""

    block: int
    text: str
    word: Word | None = None
    word_id: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    is_kept: bool = False


@dataclass
class _Cell:
    """Old words and the tokens that stand in their place; either may be none."""

    old: list[Word]
    tokens: range
    paired: int | None = None
    is_kept: bool = field(default=False)


def rewrite_passage(words: Sequence[Word], text: str, *, room: Room) -> Rewriting:
    """The words of one segment as they are once its text is this."""
    return rewrite_blocks(words, [text], room=room)


def rewrite_blocks(words: Sequence[Word], texts: Sequence[str], *, room: Room) -> Rewriting:
    """The words of neighbouring segments once they are these blocks of text.

    Raises NoRoomError where a whole block finds no id.
    """
    written = [tidy_word(text).split(" ") if tidy_word(text) else [] for text in texts]
    tokens = [token for block in written for token in block]
    block_of = [number for number, block in enumerate(written) for _ in block]
    cells = _pair(words, tokens, block_of)
    drafts = [draft for cell in cells for draft in _draft(cell, tokens, block_of)]
    _give_ids(drafts, room, taken={word[0] for word in words}.union(room.taken))
    _give_times(drafts, words, room)
    has_probability = any(word[4] is not None for word in words)
    blocks: list[list[Word]] = [[] for _ in written]
    for draft in _joined(drafts):
        blocks[draft.block].append(_finish(draft, has_probability=has_probability))
    held = {word[0] for block in blocks for word in block}
    return Rewriting(
        blocks=blocks,
        respellings=_respellings(cells, blocks),
        removed_word_ids=[word[0] for word in words if word[0] not in held],
    )


def cut_before(words: Sequence[Word], word_id: int) -> tuple[list[Word], list[Word]]:
    """The words before one, and the rest beginning with it. Raises UnknownWordError."""
    for index, word in enumerate(words):
        if word[0] == word_id:
            return list(words[:index]), list(words[index:])
    raise UnknownWordError(f"There is no word {word_id}.")


def _pair(words: Sequence[Word], tokens: Sequence[str], block_of: Sequence[int]) -> list[_Cell]:
    """Every word and every token, in cells in reading order."""
    cells: list[_Cell] = []
    old_index = token_index = 0
    for index, place in [*_kept(words, tokens, block_of), (len(words), len(tokens))]:
        cells += _pair_stretch(words[old_index:index], range(token_index, place), tokens)
        if index < len(words):
            length = len(words[index][1].split())
            kept = range(place, place + length)
            cells.append(_Cell([words[index]], kept, paired=place, is_kept=True))
            old_index, token_index = index + 1, place + length
    return cells


def _kept(
    words: Sequence[Word], tokens: Sequence[str], block_of: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Words that are written as they were, with the place of their first token."""
    old = [token for word in words for token in word[1].split()]
    places: dict[int, int] = {}
    for here, there, length in _same(old, tokens):
        places.update(zip(range(here, here + length), range(there, there + length), strict=True))
    start = 0
    for index, word in enumerate(words):
        length = len(word[1].split())
        found = [places.get(number) for number in range(start, start + length)]
        start += length
        first = found[0] if found else None
        if first is None or found != list(range(first, first + length)):
            continue
        if block_of[first] == block_of[first + length - 1]:
            yield index, first


def _same(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches of the same tokens. What is the same at both ends costs nothing."""
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[-1 - i] != new[-1 - i]), shortest - head)
    middle, others = old[head : len(old) - tail], new[head : len(new) - tail]
    counts: dict[str, int] = {}
    for token in others:
        counts[token] = counts.get(token, 0) + 1
    is_costly = sum(counts.get(token, 0) for token in middle) > COMPARISON_STEPS
    blocks = SequenceMatcher(None, middle, others, autojunk=is_costly).get_matching_blocks()
    return [
        (0, 0, head),
        *((head + here, head + there, length) for here, there, length in blocks if length),
        (len(old) - tail, len(new) - tail, tail),
    ]


def _pair_stretch(old: Sequence[Word], places: range, tokens: Sequence[str]) -> list[_Cell]:
    """Cells for words that all became others. The side with fewer finds a partner for each."""
    if not old or not places:
        return [_Cell(list(old), places)] if old or places else []
    if len(old) <= len(places):
        chosen = _choose([word[1] for word in old], [tokens[place] for place in places])
        starts = [0, *chosen[1:], len(places)]
        return [
            _Cell([word], places[starts[i] : starts[i + 1]], paired=places[chosen[i]])
            for i, word in enumerate(old)
        ]
    chosen = _choose([tokens[place] for place in places], [word[1] for word in old])
    starts = [0, *chosen[1:], len(old)]
    return [
        _Cell(
            _first(old[starts[i] : starts[i + 1]], old[chosen[i]]), range(place, place + 1), place
        )
        for i, place in enumerate(places)
    ]


def _first(words: Sequence[Word], partner: Word) -> list[Word]:
    """The words of a cell, the one that lends its id first."""
    return [partner, *(word for word in words if word is not partner)]


def _choose(few: Sequence[str], many: Sequence[str]) -> list[int]:
    """For each of the few its partner among the many, in order, as alike as can be."""
    spare = len(many) - len(few)
    if not spare or len(few) * len(many) > SMALL_STRETCH:
        return list(range(len(few)))
    # best[i][s]: how alike the first i are, with s of the many passed over before them.
    best = [[0.0] * (spare + 1)]
    for i, text in enumerate(few):
        row: list[float] = []
        for s in range(spare + 1):
            score = best[i][s] + likeness(text, many[i + s])
            row.append(max(score, row[-1]) if row else score)
        best.append(row)
    chosen, s = [], spare
    for i in range(len(few), 0, -1):
        while s and best[i][s] == best[i][s - 1]:
            s -= 1
        chosen.append(i - 1 + s)
    return chosen[::-1]


def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1, whatever their case."""
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _draft(cell: _Cell, tokens: Sequence[str], block_of: Sequence[int]) -> list[_Draft]:
    """The words of a cell; those of a replaced one share its time by their length."""
    if cell.is_kept:
        word = cell.old[0]
        return [_Draft(block_of[cell.tokens[0]], word[1], word, word[0], word[2], word[3], True)]
    drafts = [_Draft(block_of[place], tokens[place]) for place in cell.tokens]
    for place, draft in zip(cell.tokens, drafts, strict=True):
        if place == cell.paired:
            draft.word, draft.word_id = cell.old[0], cell.old[0][0]
    starts = [word[2] for word in cell.old if word[2] is not None]
    ends = [word[3] for word in cell.old if word[3] is not None]
    if drafts and starts and ends:
        _share_time(drafts, min(starts), max(ends))
    return drafts


def _share_time(drafts: Sequence[_Draft], start_ms: int, end_ms: int) -> None:
    total = sum(len(draft.text) for draft in drafts)
    passed = 0
    for draft in drafts:
        draft.start_ms = start_ms + (end_ms - start_ms) * passed // total
        passed += len(draft.text)
        draft.end_ms = start_ms + (end_ms - start_ms) * passed // total


def _give_ids(drafts: Sequence[_Draft], room: Room, *, taken: set[int]) -> None:
    """Ids for the words that have none, between those of their neighbours, while there are any."""
    after = room.after
    runs = [list(run) for _, run in groupby(drafts, key=lambda draft: draft.word_id is None)]
    for number, run in enumerate(runs):
        if run[0].word_id is not None:
            after = run[-1].word_id or after
            continue
        following = runs[number + 1][0].word_id if number + 1 < len(runs) else room.before
        if following is None:
            _number_onward(run, max(after + 1, room.next_word_id), room.between_blocks)
            continue
        free = [word_id for word_id in range(after + 1, following) if word_id not in taken]
        chosen = _first_served(run, len(free))
        step = min(INSERTED_STEP, max(1, (len(free) + 1) // (len(chosen) + 3)))
        for draft, word_id in zip(chosen, free[step - 1 :: step], strict=False):
            draft.word_id = word_id


def _number_onward(run: Iterable[_Draft], next_word_id: int, between_blocks: int) -> None:
    word_id, block = next_word_id - 1, None
    for draft in run:
        word_id += WORD_ID_STEP + (0 if draft.block == block else between_blocks)
        draft.word_id, block = word_id, draft.block


def _first_served(run: Sequence[_Draft], number: int) -> list[_Draft]:
    """As many of the drafts as there are ids; the first of a block comes before all others."""
    if number >= len(run):
        return list(run)
    begins = [i for i, draft in enumerate(run) if i == 0 or run[i - 1].block != draft.block]
    rest = [i for i in range(len(run)) if i not in set(begins)]
    return [run[i] for i in sorted([*begins, *rest][:number])]


def _give_times(drafts: Sequence[_Draft], words: Sequence[Word], room: Room) -> None:
    """Words written between others were said between them."""
    if all(word[2] is None or word[3] is None for word in words):
        return
    before_ms = room.start_ms
    runs = [list(run) for _, run in groupby(drafts, key=lambda draft: draft.start_ms is None)]
    for number, run in enumerate(runs):
        if run[0].start_ms is not None:
            before_ms = run[-1].end_ms
            continue
        behind_ms = runs[number + 1][0].start_ms if number + 1 < len(runs) else room.end_ms
        if before_ms is None or behind_ms is None:
            before_ms = behind_ms = behind_ms if before_ms is None else before_ms
        if before_ms is not None and behind_ms is not None:
            _share_time(run, min(before_ms, behind_ms), behind_ms)


def _joined(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Drafts without an id join the word before them in their block, or else the one behind.

    Raises NoRoomError.
    """
    result: list[_Draft] = []
    waiting: _Draft | None = None
    for draft in drafts:
        if waiting is not None and waiting.block != draft.block:
            break
        if waiting is not None:
            _join(draft, f"{waiting.text} {draft.text}", waiting)
            waiting = None
        if draft.word_id is not None:
            result.append(draft)
        elif result and result[-1].block == draft.block:
            _join(result[-1], f"{result[-1].text} {draft.text}", draft)
        else:
            waiting = draft
    if waiting is not None:
        raise NoRoomError(f"There is no room left for “{waiting.text}”.")
    return result


def _join(draft: _Draft, text: str, other: _Draft) -> None:
    starts = [ms for ms in (draft.start_ms, other.start_ms) if ms is not None]
    ends = [ms for ms in (draft.end_ms, other.end_ms) if ms is not None]
    draft.text, draft.is_kept = text, False
    draft.start_ms, draft.end_ms = min(starts, default=None), max(ends, default=None)


def _finish(draft: _Draft, *, has_probability: bool) -> Word:
    """The word; what a person wrote is certain where anything was said of that."""
    if draft.is_kept and draft.word is not None:
        return list(draft.word)
    certain = has_probability if draft.word is None else draft.word[4] is not None
    return [draft.word_id, draft.text, draft.start_ms, draft.end_ms, 1.0 if certain else None]


def _respellings(cells: Iterable[_Cell], blocks: Iterable[Iterable[Word]]) -> list[Respelling]:
    texts = {word[0]: word[1] for block in blocks for word in block}
    alone = (cell for cell in cells if len(cell.old) == 1 and len(cell.tokens) == 1)
    return [
        Respelling(cell.old[0][0], cell.old[0][1], texts[cell.old[0][0]])
        for cell in alone
        if not cell.is_kept
    ]
