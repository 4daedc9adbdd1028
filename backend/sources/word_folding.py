"""What makes two spellings the same word: neither case nor the punctuation around it. Pure."""

import unicodedata

# Brackets, quotes and dashes; not “#”, “+” or “&”, which make C# and C++ what they are.
_SURROUNDING_CATEGORIES = {"Ps", "Pe", "Pi", "Pf", "Pd"}
_SURROUNDING = set(".,;:!?…¡¿'\"·、。，！？；：،؛؟।")


def split_punctuation(token: str) -> tuple[str, str, str]:
    """What stands before the word itself, the word, and what stands behind it.

    A token of nothing but punctuation is a word itself.
    """
    first, last = 0, len(token)
    while first < last and _is_surrounding(token[first]):
        first += 1
    while last > first and _is_surrounding(token[last - 1]):
        last -= 1
    return (token[:first], token[first:last], token[last:]) if first < last else ("", token, "")


def fold_word(token: str, *, match_case: bool = False) -> str:
    """The same for all spellings of one word."""
    word = unicodedata.normalize("NFC", split_punctuation(token)[1]).replace("’", "'")
    return word if match_case else word.casefold()


def fold_phrase(text: str) -> str:
    """The same for all spellings of several words."""
    return " ".join(fold_word(token) for token in text.split())


def _is_surrounding(character: str) -> bool:
    return character in _SURROUNDING or unicodedata.category(character) in _SURROUNDING_CATEGORIES
