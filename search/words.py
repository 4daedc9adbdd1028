"""How text is cut into words, and how words are made comparable.

Both engines' highlights, the embedded index and every query use these words, so that what is found
and what is marked can't disagree. Offsets are Unicode code points, half-open.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MAX_WORD_LETTERS = 64

# Letters that Unicode does not decompose, though readers take them for the plain ones.
_PLAIN_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "‘": "'", "’": "'", "ʼ": "'", "＇": "'", "`": "'",
}  # fmt: skip
_SILENT = {"\u00ad", "\u0640", "\u200d"}
# Combining classes of marks that are part of the letter in Indic scripts, not an accent on it.
_LETTER_MARKS = {0, 7, 9}

# Scripts written without spaces (Japanese, Chinese, Thai, Lao, Burmese, Khmer): each sign with its
# marks is a word, runs of them are searched as a phrase.
_SIGNS = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"
)
_SIGN_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
)
_VOWEL_SIGNS = (
    "\u0900-\u0963\u0966-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3"
)
_LETTER = rf"(?:[^\W_{_SIGNS}]|[{_VOWEL_SIGNS}])"
# One or two letters after an apostrophe belong to the word (don't, doctor's, we're); more begin a
# new one (l'heure).
_WORD = re.compile(rf"[{_SIGNS}][{_SIGN_MARKS}]*|{_LETTER}+(?:'{_LETTER}{{1,2}}(?!{_LETTER}))?")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]{1,2}(?![a-z0-9]))?")
# What French and Italian shorten is a word of its own, however short the next one: j'ai, qu'il.
_SHORTENED = frozenset("cdjlmnst")
_SHORTENED_QUE = re.compile(r"(?<!\w)(?:lors|jus|puis|quel)?qu\Z")
_SIGN = re.compile(rf"[{_SIGNS}][{_SIGN_MARKS}]*")


class Word(NamedTuple):
    """A word as compared (`folded`) and where it stands in the text."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order, without case, accents or apostrophes."""
    if text.isascii():
        return [
            Word(_comparable(match[0]), match.start(), match.end())
            for match in _ASCII_WORD.finditer(_parted(text.lower().replace("`", "'")))
        ]
    folded, sources = _fold_with_sources(text)
    return [
        Word(
            _comparable(match[0]),
            sources[match.start()],
            _end_with_marks(text, sources[match.end() - 1] + 1),
        )
        for match in _WORD.finditer(_parted(folded))
    ]


def folded_words(text: str) -> list[str]:
    """Like `words_of`, for those who don't need the places."""
    if text.isascii():
        folded, pattern = text.lower().replace("`", "'"), _ASCII_WORD
    else:
        folded, pattern = "".join(map(_fold_letter, text)), _WORD
    if "'" in folded:
        return [_comparable(word) for word in pattern.findall(_parted(folded))]
    words: list[str] = pattern.findall(folded)
    if len(folded) > MAX_WORD_LETTERS and max(map(len, words), default=0) > MAX_WORD_LETTERS:
        return [word[:MAX_WORD_LETTERS] for word in words]
    return words


def _parted(folded: str) -> str:
    """Of the same length, with a space where two words are joined by an apostrophe alone."""
    first, *rest = folded.split("'")
    parts, hangs = [first], False
    for following in rest:
        before = parts[-1]
        is_parted = _is_shortened(before, hangs=hangs)
        parts += (" " if is_parted else "'", following)
        # One or two letters hang on a word, as in rock'n'roll, and nothing hangs on them.
        takes_more = before[-1:].isalnum() and not (hangs and len(before) < 3 and before.isalnum())
        hangs = takes_more and not is_parted
    return "".join(parts)


def _is_shortened(before: str, *, hangs: bool) -> bool:
    """Whether a text ends in a word that stands before an apostrophe without its last vowel."""
    last = before[-1:]
    if last in _SHORTENED:
        return not before[-2:-1].isalnum() and (len(before) > 1 or not hangs)
    return last == "u" and _SHORTENED_QUE.search(before) is not None


def is_sign(word: str) -> bool:
    """Whether this word is one sign of a script that is written without spaces."""
    return _SIGN.fullmatch(word) is not None


def _comparable(word: str) -> str:
    return word.replace("'", "")[:MAX_WORD_LETTERS]


def _fold_with_sources(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    sources: list[int] = []
    for index, letter in enumerate(text):
        folded = _fold_letter(letter)
        letters.append(folded)
        sources.extend([index] * len(folded))
    return "".join(letters), sources


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    if letter in _SILENT:
        return ""
    folded = "".join(part for part in _decomposed(letter).casefold() if not _is_accent(part))
    return "".join(_PLAIN_LETTERS.get(part, part) for part in folded)


def _decomposed(letter: str) -> str:
    # Hangul syllables would fall apart into single sounds, three times as long to mistype.
    if "가" <= letter <= "힣":
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    # ¼ and ヿ would fall apart into two words that share one place.
    is_one_word = all(part.isalnum() or unicodedata.category(part)[0] == "M" for part in parts)
    is_one_sign = len(parts) == 1 or not _SIGN.search(parts)
    return parts if is_one_word and is_one_sign else letter


def _is_accent(letter: str) -> bool:
    return (
        unicodedata.category(letter) == "Mn" and unicodedata.combining(letter) not in _LETTER_MARKS
    )


def _end_with_marks(text: str, end: int) -> int:
    while end < len(text) and not _fold_letter(text[end]):
        end += 1
    return end
