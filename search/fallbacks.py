"""What to search for when nothing has all the words: which of them to leave out.

First the words that nothing has, then also those that only hold a sentence together ("why do …
the"), then as few others as can be; among as many, those that most documents have, for they say
least about what is meant. So "why do people stop trusting reminders" comes down to its last three
words. Phrases in quotes and exclusions stay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log

from search.languages import is_small_word
from search.parsing import ParsedText, Term, Widening

# For each text, how many documents have it, within the filters of the question.
CountEach = Callable[[Sequence[ParsedText]], Sequence[int]]

# Of more words not every choice can be tried: the rarest are looked at.
MOST_CHOICES = 4
# Besides the small words that tell languages apart.
_ASKING = frozenset({
    "a", "an", "any", "can", "could", "do", "does", "done", "had", "he", "her", "him", "his", "how",
    "i", "if", "in", "into", "its", "me", "more", "most", "no", "or", "our", "she", "so", "some",
    "than", "them", "then", "too", "us", "very", "where", "which", "while", "who", "whom", "whose",
    "why", "will", "your",
})  # fmt: skip


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


def fallbacks(
    parsed: ParsedText, count_each: CountEach
) -> Iterator[tuple[ParsedText, tuple[str, ...]]]:
    """The text itself and, for when that finds nothing, the best part of it that finds something.

    Each with the words left out, as typed. Documents are counted only if the second is asked for.
    """
    yield parsed, ()
    units = _units_of(parsed)
    if len(units) < 2:
        return
    counts = _count_telling(parsed, units, count_each)
    for choices in _choices(units, counts):
        parts = [_part(parsed, [units[number] for number in kept]) for kept in choices]
        for part, kept, count in zip(parts, choices, count_each(parts), strict=True):
            if count:
                left_out = [unit for number, unit in enumerate(units) if number not in kept]
                yield part, tuple(term.text for unit in left_out for term in unit.terms)
                return


def _count_telling(
    parsed: ParsedText, units: Sequence[_Unit], count_each: CountEach
) -> dict[int, int]:
    """Documents that have each unit which may tell what is meant, by its number.

    Small words take the longest to count and say the least: only where there are no others.
    """
    plain = [number for number, unit in enumerate(units) if unit.is_plain]
    telling = [number for number in plain if not units[number].is_small] or plain
    counts = count_each([_part(parsed, [units[number]]) for number in telling])
    return dict(zip(telling, counts, strict=True))


def _choices(units: Sequence[_Unit], counts: Mapping[int, int]) -> Iterator[list[tuple[int, ...]]]:
    """Which units to keep, by number: choices of as many units together, the best first."""
    known = tuple(number for number in range(len(units)) if counts.get(number) != 0)
    if known and len(known) < len(units):
        yield [known]
    quoted = [number for number, unit in enumerate(units) if not unit.is_plain]
    found = [number for number, count in counts.items() if count]
    rarest = sorted(sorted(found, key=counts.__getitem__)[:MOST_CHOICES])
    for size in range(len(rarest), 0, -1):
        yield sorted(
            (tuple(sorted((*quoted, *kept))) for kept in combinations(rarest, size)),
            key=lambda kept: sum(log(counts[number]) for number in kept if number in counts),
        )
    if quoted and len(quoted) < len(units):
        yield [tuple(quoted)]


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
