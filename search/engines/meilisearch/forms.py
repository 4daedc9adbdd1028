"""Forms of words for an engine that knows none: texts and questions once more, in stems.

Each document holds its words by their stems in an attribute of its own, so "cancel" finds
"cancelled" by asking for what was typed. That "cancelled" finds "cancel" takes the question in
stems, too: in those of each language that may be meant, where they are not what was typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from search.parsing import ParsedText, Term
from search.stems import keys_in_order, stem_keys, stem_of
from search.words import is_sign, words_of

FORMS = "forms"
# Where quotes or exclusions ask for the words themselves.
AS_WRITTEN = ("title", "text")
# A question that eleven languages cut in more ways is rare, and each way is one more search.
MOST_READINGS = 4


def in_stems(text: str) -> str:
    """The words of a text in order, each by its stems in the languages that the text may be in."""
    words = words_of(text)
    stems = (
        dict.fromkeys(map(stem_of, keys)) or [word.folded]
        for word, keys in zip(words, keys_in_order(text, words), strict=True)
        if not is_sign(word.folded)
    )
    return " ".join(chain.from_iterable(stems))


def asks_for_forms(parsed: ParsedText) -> bool:
    """Whether a question leaves it open in which form its words are said."""
    return not parsed.excluded and not any(term.is_quoted for term in parsed.terms)


def readings(parsed: ParsedText) -> list[ParsedText]:
    """The question in stems, once for each way to cut its words that differs from the typed."""
    if not asks_for_forms(parsed):
        return []
    found = (terms for terms in dict.fromkeys(_in_each_language(parsed.terms)) if terms)
    return [
        replace(parsed, terms=terms, has_prefix=False, widenings=())
        for terms in islice(found, MOST_READINGS)
    ]


def _in_each_language(terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Empty where a language cuts nothing."""
    stems = [_stems(term) for term in terms]
    typed = tuple(term.words for term in terms)
    for language in dict.fromkeys(chain.from_iterable(stems)):
        cut = tuple(
            Term((own[language],), (own[language],)) if language in own else term
            for term, own in zip(terms, stems, strict=True)
        )
        yield cut if tuple(term.words for term in cut) != typed else ()


def _stems(term: Term) -> dict[str, str]:
    """The stem of a word in each language that has one for it."""
    if not term.is_word:
        return {}
    found: dict[str, str] = {}
    for key in stem_keys(term.typed[0]):
        found.setdefault(key.partition(".")[0], stem_of(key))
    return found
