"""Tells text that a recogniser invented, going in circles, from text that merely repeats."""

_LONGEST_PHRASE_WORDS = 12
_LEAST_TURNS = 4
_LOOPED_SHARE = 0.5
_LEAST_LOOPED_WORDS = 12


def is_loop(text: str) -> bool:
    """Whether one phrase, said over and over without a break, makes up more than half the text."""
    words = text.casefold().split()
    return _most_looped_words(words) > len(words) * _LOOPED_SHARE


def has_loop(text: str) -> bool:
    """Whether any part of it goes in circles for longer than people do ("no, no, no, no")."""
    return _most_looped_words(text.casefold().split()) >= _LEAST_LOOPED_WORDS


def _most_looped_words(words: list[str]) -> int:
    lengths = range(1, min(_LONGEST_PHRASE_WORDS, len(words) // _LEAST_TURNS) + 1)
    return max((_looped_words(words, length) for length in lengths), default=0)


def _looped_words(words: list[str], length: int) -> int:
    """How many words belong to the longest unbroken repetition of a phrase of that length."""
    longest = matched = 0
    for word, earlier in zip(words[length:], words, strict=False):
        matched = matched + 1 if word == earlier else 0
        longest = max(longest, matched)
    looped = longest + length
    return looped if looped >= length * _LEAST_TURNS else 0
