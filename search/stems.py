"""Word forms: what lets "cancelling" find "cancelled", "Häuser" find "Haus".

A form is a key, language and stem ("de.haus"), so that a word of one language is never taken for
the form of a word of another. Which languages a text's words are tried in, `search.languages` says;
a query's are tried in all of them, for nobody can tell the language of one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from search.languages import GUESSED, guess_languages
from search.words import MAX_WORD_LETTERS, Word, folded_words

MIN_LETTERS = 4
# As many words as a team of ten years says.
MOST_KNOWN = 1 << 16

_STEMMERS = {
    "en": "english", "de": "german", "nl": "dutch", "fr": "french", "es": "spanish",
    "pt": "portuguese", "it": "italian", "sv": "swedish", "da": "danish", "no": "norwegian",
    "fi": "finnish", "ru": "russian", "el": "greek", "ar": "arabic",
}  # fmt: skip
# Scripts that tell the language of a word by themselves: first letter, last letter, language.
_SCRIPTS = [("\u0370", "\u03ff", "el"), ("\u0400", "\u04ff", "ru"), ("\u0620", "\u06ff", "ar"),
            ("가", "힣", "ko")]  # fmt: skip
_LAST_LATIN = "\u024f"
# What Korean puts at the end of a noun.
_PARTICLES = (
    "에서는", "에게서", "으로는", "까지는", "부터는", "이라고", "에서", "에게", "한테", "으로",
    "까지", "부터", "처럼", "보다", "마다", "이나", "이랑", "하고", "들이", "들은", "들을",
    "은", "는", "이", "가", "을", "를", "에", "의", "로", "와", "과", "도", "만", "들",
)  # fmt: skip
_LETTERS = re.compile(r"[^\W_]+")
# Letters that folding may change, of scripts that put spaces between words.
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff\u0370-\u04ff]")
_APOSTROPHES = re.compile("['‘’ʼ＇`]")
# How people write umlauts without them.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def stem_keys(spelled: str, languages: tuple[str, ...] = GUESSED) -> tuple[str, ...]:
    """The keys of a word as it is spelled; short words and numbers have none."""
    return _keys_in(languages)[spelled.lower()]


def stem_of(key: str) -> str:
    """The stem in a key, without its language."""
    return key.partition(".")[2]


def text_keys(text: str, folded: Sequence[str]) -> set[str]:
    """The keys of all words of a text, in the languages it seems to be in.

    `folded` are its words as `folded_words` gives them.
    """
    languages = guess_languages(folded)
    spelled = set(folded)
    if not text.isascii():
        written = _LETTERS.findall(unicodedata.normalize("NFC", text.lower()))
        spelled.update(
            word for word in written if len(word) <= MAX_WORD_LETTERS and _ACCENTED.search(word)
        )
    return set().union(*map(_keys_in(languages).__getitem__, spelled))


def keys_in_order(text: str, words: Sequence[Word]) -> list[tuple[str, ...]]:
    """The keys of each of a text's words, as `words_of` gives them."""
    keys = _keys_in(guess_languages(word.folded for word in words))
    return [keys[_spelling(text, word)] for word in words]


class WordKeys:
    """The keys of single words of one text."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._keys = _keys_in(guess_languages(word.folded for word in words))

    def share_any(self, word: Word, keys: frozenset[str]) -> bool:
        return not keys.isdisjoint(self._keys[_spelling(self._text, word)])


def _spelling(text: str, word: Word) -> str:
    return text[word.start : min(word.end, word.start + MAX_WORD_LETTERS)].lower()


def may_share(folded: str, initials: frozenset[str]) -> bool:
    """Whether a word may have one of the keys whose stems begin with these letters.

    Latin stems begin as their words do.
    """
    return folded[0] in initials or folded[0] > "z"


def initials_of(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[3] for key in keys)


class _KnownKeys(dict[str, tuple[str, ...]]):
    """The keys of words as they are spelled, in some languages: made once for each word.

    An index is filled with thirty words a document; nothing is as quick to ask as a dictionary.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, spelled: str) -> tuple[str, ...]:
        keys = _make_keys(spelled, self._languages)
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[spelled] = keys
        return keys


@lru_cache(maxsize=8)
def _keys_in(languages: tuple[str, ...]) -> _KnownKeys:
    return _KnownKeys(languages)


def _make_keys(spelled: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    folded = "".join(folded_words(spelled))
    if not folded.isalpha():
        return ()
    language = _language_of_script(folded[0])
    if language == "ko":
        return (f"ko.{_without_particle(folded)}",)
    if language is None:
        return ()
    keys = [
        f"{each}.{_folded_stem(each, variant)}"
        for each in ((language,) if language else languages)
        for variant in _variants(folded, spelled)
        if len(variant) >= MIN_LETTERS
    ]
    return tuple(dict.fromkeys(keys))


def _variants(folded: str, spelled: str) -> Iterable[str]:
    """A word as it may be stemmed: without accents, with them, and with umlauts written out."""
    if spelled.isascii():
        return (folded,)
    spelled = _APOSTROPHES.sub("", unicodedata.normalize("NFC", spelled))
    return dict.fromkeys((folded, spelled, spelled.translate(_UMLAUTS)))


def _language_of_script(letter: str) -> str | None:
    """Empty for Latin letters, which many languages use; None for scripts without forms."""
    if letter <= _LAST_LATIN:
        return ""
    return next((name for first, last, name in _SCRIPTS if first <= letter <= last), None)


def _folded_stem(language: str, word: str) -> str:
    [stem] = _stemmer(language).analyze(word) or [word]
    return stem if stem.isascii() else "".join(folded_words(stem))


@lru_cache
def _stemmer(language: str) -> TextAnalyzer:
    stemmer = Filter.stemmer(_STEMMERS[language])
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(stemmer).build()


def _without_particle(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) > len(particle):
            return word.removesuffix(particle)
    return word
