"""Where in a text the words of a query are: exact, other forms, beginnings and typos alike."""

from collections.abc import Iterable

from search.matching import typos_between
from search.parsing import ParsedText, Term
from search.stems import english_stems
from search.words import Word, words_of

HighlightRange = tuple[int, int]


def highlight_ranges(text: str, parsed: ParsedText) -> tuple[HighlightRange, ...]:
    """Ranges of whole words to mark, in order, without overlap; half-open code point offsets."""
    if not parsed.terms:
        return ()
    words = words_of(text)
    if not words:
        return ()
    stems = english_stems([word.folded for word in words])
    ranges: list[HighlightRange] = []
    for term in parsed.terms:
        if term.is_word:
            is_prefix = parsed.has_prefix and term is parsed.terms[-1]
            ranges += _word_ranges(words, stems, term.words[0], is_prefix=is_prefix)
        else:
            ranges += _phrase_ranges(words, term)
    return merged_ranges(ranges)


def _word_ranges(
    words: list[Word], stems: list[str], query_word: str, *, is_prefix: bool
) -> list[HighlightRange]:
    query_stem = english_stems([query_word])[0]
    answers = {
        word
        for word in {word.folded for word in words}
        if _answers(word, query_word, is_prefix=is_prefix)
    }
    return [
        (word.start, word.end)
        for word, stem in zip(words, stems, strict=True)
        if stem == query_stem or word.folded in answers
    ]


def _answers(word: str, query_word: str, *, is_prefix: bool) -> bool:
    if word == query_word or (is_prefix and word.startswith(query_word)):
        return True
    return typos_between(query_word, word, is_prefix=is_prefix) is not None


def _phrase_ranges(words: list[Word], term: Term) -> list[HighlightRange]:
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
