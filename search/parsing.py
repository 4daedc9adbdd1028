"""What a person typed, read as words, "exact phrases" and -exclusions."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from search.words import Word, is_sign, words_of

MAX_TEXT_LETTERS = 512
MAX_WORDS = 10

_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
_CHUNK = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a word, or words that must follow each other.

    `typed` is the same words as they were typed, for an engine that cuts words by its own rules.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    is_quoted: bool = False

    @property
    def is_word(self) -> bool:
        return len(self.words) == 1 and not self.is_quoted

    @property
    def text(self) -> str:
        """As it was typed, without quotes."""
        return ("" if all(map(is_sign, self.words)) else " ").join(self.typed)


@dataclass(frozen=True, slots=True)
class Widening:
    """Terms, from `first` on, that may also be one of these: words that mean the same."""

    first: int
    count: int
    alternatives: tuple[Term, ...]

    @property
    def end(self) -> int:
        return self.first + self.count


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A query text in parts. `has_prefix`: the last term is a word that may be unfinished.

    `widenings` (see `search.synonyms`) never overlap, and cover terms without quotes only.
    """

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    has_prefix: bool = False
    widenings: tuple[Widening, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.excluded

    @property
    def prefix(self) -> str | None:
        return self.terms[-1].words[0] if self.has_prefix else None

    def in_small_letters(self) -> "ParsedText":
        """The same as if nothing had been typed in capitals."""
        terms = (
            replace(term, typed=tuple(word.lower() for word in term.typed)) for term in self.terms
        )
        return replace(self, terms=tuple(terms))

    def variants(self) -> "Iterator[ParsedText]":
        """The text itself, then with each choice of alternatives, for an engine without "or"."""
        choices = [(None, *each.alternatives) for each in self.widenings]
        for chosen in product(*choices):
            yield self._with(chosen)

    def _with(self, chosen: "tuple[Term | None, ...]") -> "ParsedText":
        terms = list(self.terms)
        for widening, term in reversed(list(zip(self.widenings, chosen, strict=True))):
            if term is not None:
                terms[widening.first : widening.end] = [term]
        is_typed = bool(terms) and bool(self.terms) and terms[-1] is self.terms[-1]
        return replace(
            self, terms=tuple(terms), has_prefix=self.has_prefix and is_typed, widenings=()
        )

    def to_query_string(self) -> str:
        """The same in Meilisearch's syntax; quotes and leading dashes can't come from words."""
        included = [_quoted(term) if term.is_quoted else "".join(term.typed) for term in self.terms]
        excluded = [
            f"-{_quoted(term)}" if len(term.words) > 1 else f"-{term.typed[0]}"
            for term in self.excluded
        ]
        return " ".join(included + excluded)


def parse_text(text: str) -> ParsedText:
    """Reads at most 512 code points and 10 words; never fails, whatever was typed."""
    terms: list[Term] = []
    excluded: list[Term] = []
    last_is_word = False
    for match in _CHUNK.finditer(_printable(text[:MAX_TEXT_LETTERS])):
        dash, phrase, chunk = match.groups()
        if chunk is not None and chunk.startswith("-"):
            found, target = _phrase(chunk), excluded
        elif chunk is not None:
            found, target = _words_and_runs(chunk), terms
        else:
            found, target = _phrase(phrase), excluded if dash else terms
        kept = _within_limit(target, found)
        target.extend(kept)
        if kept:
            last_is_word = target is terms and terms[-1].is_word
    return ParsedText(tuple(terms), tuple(excluded), has_prefix=last_is_word)


def _printable(text: str) -> str:
    letters = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return "".join(letters).translate(_QUOTES)


def _phrase(text: str) -> list[Term]:
    words = words_of(text)
    if not words:
        return []
    return [_term(words, text, is_quoted=True)]


def _words_and_runs(chunk: str) -> list[Term]:
    """Words of their own, but signs that touch each other as one term."""
    runs: list[list[Word]] = []
    for word in words_of(chunk):
        touches = runs and runs[-1][-1].end == word.start and is_sign(runs[-1][-1].folded)
        if touches and is_sign(word.folded):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_term(run, chunk) for run in runs]


def _term(words: list[Word], text: str, *, is_quoted: bool = False) -> Term:
    typed = tuple(text[word.start : word.end] for word in words)
    return Term(tuple(word.folded for word in words), typed, is_quoted)


def _quoted(term: Term) -> str:
    return f'"{term.text}"'


def _within_limit(present: list[Term], found: list[Term]) -> list[Term]:
    room = MAX_WORDS - sum(len(term.words) for term in present)
    kept: list[Term] = []
    for term in found:
        if room > 0:
            kept.append(replace(term, words=term.words[:room], typed=term.typed[:room]))
        room -= len(term.words)
    return kept
