"""How the words of a memo are compared when somebody searches: without case and accents. Pure.

A memo keeps its folded words, each after a blank. A word that is looked for stands at the beginning
of one of them, so “wait” finds “Waiting” and “medecin” finds “Médecins”; all words must be there,
in any order. The database only ever compares plain text, so SQLite and PostgreSQL agree.
"""

import re
import unicodedata

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_WORDS = re.compile(r"\w+")
# Scripts that put no blanks between words: what is looked for may stand anywhere in them.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def fold_text(text: str) -> str:
    """The words of a text as they are kept, such as “ le medecin ”."""
    return f" {' '.join(_words_of(text))} "


def patterns_of(query: str) -> list[str]:
    """What must stand somewhere in a folded text for each word of the query."""
    return [word if _UNSPACED.search(word) else f" {word}" for word in _words_of(query)]


def _words_of(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _WORDS.findall(plain.casefold().translate(_LETTERS))
