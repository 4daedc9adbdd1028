"""Where in a text the words of a query are: exact, other forms, beginnings and typos alike."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from search.matching import typos_between
from search.parsing import ParsedText, Term
from search.stems import WordKeys, initials_of, may_share, stem_keys
from search.words import Word, words_of

HighlightRange = tuple[int, int]
# Somebody may have put a book into the database: what is shown of it has an end.
MOST_LETTERS = 100_000
MOST_RANGES = 1_000
KEPT_LETTERS = 1_000
NO_COMPOUNDS: Mapping[str, frozenset[str]] = MappingProxyType({})


def highlight_ranges(
    text: str, parsed: ParsedText, compounds: Mapping[str, frozenset[str]] = NO_COMPOUNDS
) -> tuple[HighlightRange, ...]:
    """Ranges of whole words to mark, in order, without overlap; half-open code point offsets.

    At most MOST_RANGES of them, in the first MOST_LETTERS of the text.
    `compounds` are the keys (see `search.stems`) of compound words that answer a word.
    """
    if not parsed.terms:
        return ()
    words, keys = _read(text[:MOST_LETTERS]) if len(text) > KEPT_LETTERS else _read_kept(text)
    if not words:
        return ()
    ranges: list[HighlightRange] = []
    for term in parsed.terms:
        if term.is_word:
            is_prefix = parsed.has_prefix and term is parsed.terms[-1]
            also = compounds.get(term.words[0], frozenset())
            ranges += _word_ranges(words, keys, term, also, is_prefix=is_prefix)
        else:
            ranges += _phrase_ranges(words, term)
    for term in (each for widening in parsed.widenings for each in widening.alternatives):
        if term.is_word:
            ranges += _form_ranges(words, keys, term)
        else:
            ranges += _phrase_ranges(words, term)
    return merged_ranges(ranges)[:MOST_RANGES]


def _read(text: str) -> tuple[Sequence[Word], WordKeys]:
    words = words_of(text)
    return words, WordKeys(text, words)


# With every letter that is typed the same texts are found again.
_read_kept = lru_cache(maxsize=1024)(_read)


def _word_ranges(
    words: Sequence[Word],
    keys: WordKeys,
    term: Term,
    compounds: frozenset[str],
    *,
    is_prefix: bool,
) -> list[HighlightRange]:
    query_word = term.words[0]
    answers = {
        word
        for word in {word.folded for word in words if word.folded[0] == query_word[0]}
        if _answers(word, query_word, is_prefix=is_prefix)
    }
    found = [(word.start, word.end) for word in words if word.folded in answers]
    return found + _form_ranges(words, keys, term, compounds)


def _form_ranges(
    words: Sequence[Word],
    keys: WordKeys,
    term: Term,
    compounds: frozenset[str] = frozenset(),
) -> list[HighlightRange]:
    wanted = compounds.union(stem_keys(term.typed[0]))
    initials = initials_of(wanted)
    return [
        (word.start, word.end)
        for word in words
        if word.folded == term.words[0]
        or (may_share(word.folded, initials) and keys.share_any(word, wanted))
    ]


def _answers(word: str, query_word: str, *, is_prefix: bool) -> bool:
    if word == query_word or (is_prefix and word.startswith(query_word)):
        return True
    return typos_between(query_word, word, is_prefix=is_prefix) is not None


def _phrase_ranges(words: Sequence[Word], term: Term) -> list[HighlightRange]:
    size = len(term.words)
    return [
        (words[first].start, words[first + size - 1].end)
        for first in range(len(words) - size + 1)
        if tuple(word.folded for word in words[first : first + size]) == term.words
    ]


def whole_words(text: str, ranges: Iterable[HighlightRange]) -> list[HighlightRange]:
    """The same ranges, each widened to the words it touches."""
    words = words_of(text)
    return [
        (
            min([start, *(w.start for w in words if w.start < end and start < w.end)]),
            max([end, *(w.end for w in words if w.start < end and start < w.end)]),
        )
        for start, end in ranges
    ]


def merged_ranges(ranges: Iterable[HighlightRange]) -> tuple[HighlightRange, ...]:
    """In order, without overlap."""
    merged: list[HighlightRange] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
