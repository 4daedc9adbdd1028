"""What to show when little or nothing has all the words: what has as many of them as can be.

First without the words that nothing has, then also without those that only hold a sentence
together ("why do … the"), then whatever lacks one of the others, then two, and so on, until ten
documents are found. Of as many words, those that fewest documents have come first, for they say
most about what is meant. Phrases in quotes and exclusions stay.

That happens where nothing has all the words. A sentence is rarely said word for word: of four words
or more it happens where fewer than ten documents have them all, and those stand first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import log

from search.languages import is_small_word
from search.parsing import ParsedText, Term, Widening

# For each text, how many documents have it, within the filters of the question.
CountEach = Callable[[Sequence[ParsedText]], Sequence[int]]

# Of more words not every choice can be tried: the rarest are looked at.
MOST_WORDS = 5
SENTENCE_WORDS = 4
# Where so many are found, nobody needs what has fewer words.
ENOUGH = 10
# Besides the small words that tell languages apart.
_ASKING = frozenset({
    "a", "an", "any", "can", "could", "do", "does", "done", "had", "he", "her", "him", "his", "how",
    "i", "if", "in", "into", "its", "me", "more", "most", "no", "or", "our", "she", "so", "some",
    "than", "them", "then", "too", "us", "very", "where", "which", "while", "who", "whom", "whose",
    "why", "will", "your",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Words that a document has all of, and those it lacks, as typed."""

    parsed: ParsedText
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown for a question: what any of the parts matches, those of the first part first.

    `whole` has the words of all parts, `dropped` are the others. `complete_count`: how many
    documents lack none of the words but small ones; None: all that are shown. `enough`: with fewer
    documents the next choice is better.
    """

    whole: ParsedText
    parts: tuple[Part, ...]
    dropped: tuple[str, ...] = ()
    complete_count: int | None = None
    enough: int = 0

    @classmethod
    def of(cls, parsed: ParsedText, *, enough: int = 0) -> "Choice":
        """What has everything that was typed, and nothing else."""
        return cls(parsed, (Part(parsed),), enough=enough)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Words that are kept or left out together: one, or those that share synonyms."""

    terms: tuple[Term, ...]
    widening: Widening | None

    @property
    def is_plain(self) -> bool:
        return not any(term.is_quoted for term in self.terms)

    @property
    def is_small(self) -> bool:
        words = [word for term in self.terms for word in term.words]
        return all(word in _ASKING or is_small_word(word) for word in words)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(term.text for term in self.terms)


def choices(parsed: ParsedText, count_each: CountEach) -> Iterator[Choice]:
    """The text itself and, for when that finds too little, the best that can be shown instead.

    Documents are counted only if the second is asked for. What the first finds comes first in the
    second.
    """
    units = _units_of(parsed)
    is_sentence = sum(unit.is_plain for unit in units) >= SENTENCE_WORDS
    yield Choice.of(parsed, enough=ENOUGH if is_sentence else 1)
    if len(units) > 1:
        fallback = _Fallback(parsed, units, count_each, is_known_empty=not is_sentence).choice()
        if fallback is not None:
            yield fallback


# Numbers of units, in order.
_Kept = tuple[int, ...]


class _Fallback:
    """What to show of one text instead. Documents are counted for each set of words that is tried,
    the sets of as many words at once.
    """

    def __init__(
        self,
        parsed: ParsedText,
        units: Sequence[_Unit],
        count_each: CountEach,
        *,
        is_known_empty: bool,
    ) -> None:
        self._parsed = parsed
        self._is_known_empty = is_known_empty
        self._units = units
        self._count_each = count_each
        self._every = tuple(range(len(units)))
        plain = [number for number in self._every if units[number].is_plain]
        # Small words take the longest to count and say the least: only where there are no others.
        self._telling = [number for number in plain if not units[number].is_small] or plain
        self._quoted = tuple(number for number in self._every if not units[number].is_plain)

    def choice(self) -> Choice | None:
        """The best sets of words until enough is found; None if that is the text itself."""
        found: dict[_Kept, int] = {}
        for kept, count in self._counted():
            # What has more words was found before.
            count -= sum(more for earlier, more in found.items() if {*kept} <= {*earlier})
            if count > 0:
                found[kept] = count
            if sum(found.values()) >= ENOUGH:
                break
        return self._as_choice(found) if found.keys() - {self._every} else None

    def _counted(self) -> Iterator[tuple[_Kept, int]]:
        """Sets of units to keep, the best first, each with how many documents have them all."""
        whole = [] if self._is_known_empty else [self._parsed]
        singles = [self._text([number]) for number in self._telling]
        counts = self._count_each([*whole, *singles])
        yield from zip([self._every][: len(whole)], counts, strict=False)
        for level in self._levels(dict(zip(self._telling, counts[len(whole) :], strict=True))):
            yield from zip(level, self._count_each([*map(self._text, level)]), strict=True)

    def _levels(self, counts: Mapping[int, int]) -> Iterator[list[_Kept]]:
        """Sets of as many units together."""
        known = tuple(number for number in self._every if counts.get(number) != 0)
        if known and known != self._every:
            yield [known]
        found = [number for number, count in counts.items() if count]
        rarest = sorted(sorted(found, key=counts.__getitem__)[:MOST_WORDS])
        for size in range(len(rarest), 0, -1):
            best_first = sorted(
                combinations(rarest, size),
                key=lambda kept: sum(log(counts[number]) for number in kept),
            )
            level = [tuple(sorted((*self._quoted, *kept))) for kept in best_first]
            yield [kept for kept in level if kept not in (self._every, known)]
        if self._quoted and len(self._quoted) < len(self._every):
            yield [self._quoted]

    def _as_choice(self, found: Mapping[_Kept, int]) -> Choice:
        used = sorted({*chain.from_iterable(found)})
        parts = [Part(self._text(kept), self._missing(used, kept)) for kept in found]
        complete = zip(parts, found.values(), strict=True)
        dropped = [number for number in self._every if number not in used]
        return Choice(
            self._text(used),
            tuple(parts),
            self._texts(dropped),
            complete_count=sum(count for part, count in complete if not part.missing),
        )

    def _missing(self, used: Sequence[int], kept: _Kept) -> tuple[str, ...]:
        return self._texts(each for each in used if each in self._telling and each not in kept)

    def _text(self, numbers: Sequence[int]) -> ParsedText:
        return _part(self._parsed, [self._units[number] for number in numbers])

    def _texts(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(text for number in numbers for text in self._units[number].texts)


def _units_of(parsed: ParsedText) -> list[_Unit]:
    units = []
    first = 0
    while first < len(parsed.terms):
        widening = next((each for each in parsed.widenings if each.first == first), None)
        end = widening.end if widening else first + 1
        units.append(_Unit(parsed.terms[first:end], widening))
        first = end
    return units


def _part(parsed: ParsedText, units: Sequence[_Unit]) -> ParsedText:
    """The text with these units alone. Only what was its last word may be unfinished."""
    terms: list[Term] = []
    widenings = []
    for unit in units:
        if unit.widening:
            widenings.append(replace(unit.widening, first=len(terms)))
        terms += unit.terms
    has_prefix = parsed.has_prefix and terms[-1] is parsed.terms[-1]
    return replace(parsed, terms=tuple(terms), has_prefix=has_prefix, widenings=tuple(widenings))
