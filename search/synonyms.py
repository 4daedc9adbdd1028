"""Words that mean the same to a team, and what of a query they widen.

Whole words and phrases that were typed without quotes are widened, in any of their forms, the
longest first. Nothing is widened twice: what means the same as a synonym does not follow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from search.parsing import MAX_WORDS, ParsedText, Term, Widening
from search.stems import stem_keys
from search.words import is_sign, words_of

SynonymGroups = tuple[tuple[str, ...], ...]

# An engine without "or" asks once for each combination.
MAX_VARIANTS = 24

_NO_QUOTES = str.maketrans(dict.fromkeys('"“”„«»＂', " "))

_Key = tuple[str, ...]


@lru_cache(maxsize=4096)
def synonym_term(text: str) -> Term | None:
    """A word or phrase as it is searched for, or None if there is no word in it."""
    # As the team wrote it, but for quotes, which mean something else in a search.
    text = " ".join(text.translate(_NO_QUOTES).split())
    words = tuple(word.folded for word in words_of(text))
    if not words:
        return None
    return Term(words, (text,), is_quoted=len(words) > 1 and not all(map(is_sign, words)))


def widened(parsed: ParsedText, groups: SynonymGroups) -> ParsedText:
    """The same with what this team's words add to it."""
    if not groups or not any(not term.is_quoted for term in parsed.terms):
        return parsed
    thesaurus = _thesaurus(groups)
    found: list[Widening] = []
    first, variants = 0, 1
    free_words = MAX_WORDS - sum(len(term.words) for term in parsed.terms)
    while first < len(parsed.terms):
        room = _Room(MAX_VARIANTS // variants - 1, free_words)
        widening = _longest(parsed, thesaurus, first, room)
        if widening is not None:
            found.append(widening)
            variants *= 1 + len(widening.alternatives)
            free_words -= _growth(parsed, widening)
        first = widening.end if widening else first + 1
    return replace(parsed, widenings=tuple(found))


class Thesaurus:
    """The groups of one team, to be asked by the words that were typed."""

    def __init__(self, groups: SynonymGroups) -> None:
        self._groups = [
            [term for text in group if (term := synonym_term(text)) is not None] for group in groups
        ]
        self._places: dict[_Key, list[tuple[int, int]]] = {}
        for number, group in enumerate(self._groups):
            for place, term in enumerate(group):
                text = term.text
                spelled = [text[word.start : word.end] for word in words_of(text)]
                for key in _keys(spelled, term.words):
                    self._places.setdefault(key, []).append((number, place))
        self.longest = max((len(term.words) for group in self._groups for term in group), default=0)

    def others(self, typed: Sequence[str], words: Sequence[str]) -> list[Term]:
        """What means the same as these words; nothing, if no group has them."""
        places = [place for key in _keys(typed, words) for place in self._places.get(key, ())]
        taken = set(places)
        others = [
            term
            for number in dict.fromkeys(number for number, _ in places)
            for place, term in enumerate(self._groups[number])
            if (number, place) not in taken
        ]
        return [term for term in dict.fromkeys(others) if term.words != tuple(words)]


@lru_cache(maxsize=64)
def _thesaurus(groups: SynonymGroups) -> Thesaurus:
    return Thesaurus(groups)


def _keys(typed: Sequence[str], words: Sequence[str]) -> Iterator[_Key]:
    """The words as they are, and their stems in each language in which they have any."""
    yield tuple(words)
    stems = [dict(key.split(".", 1) for key in stem_keys(word)) for word in typed]
    for language in dict.fromkeys(language for each in stems for language in each):
        yield (
            f"{language}.",
            *(each.get(language, word) for each, word in zip(stems, words, strict=True)),
        )


class _Room(NamedTuple):
    """How many alternatives there may still be, and how many words more than were typed."""

    alternatives: int
    words: int


def _growth(parsed: ParsedText, widening: Widening) -> int:
    typed = sum(len(term.words) for term in parsed.terms[widening.first : widening.end])
    return max(0, *(len(term.words) - typed for term in widening.alternatives))


def _longest(parsed: ParsedText, thesaurus: Thesaurus, first: int, room: _Room) -> Widening | None:
    """The longest run of plain terms from here that means the same as something else."""
    best = None
    typed: list[str] = []
    words: list[str] = []
    for count, term in enumerate(parsed.terms[first:], start=1):
        if term.is_quoted or len(words) + len(term.words) > thesaurus.longest:
            break
        typed += term.typed
        words += term.words
        longest = room.words + len(words)
        others = [each for each in thesaurus.others(typed, words) if len(each.words) <= longest]
        if others and room.alternatives > 0:
            best = Widening(first, count, tuple(others[: room.alternatives]))
    return best
