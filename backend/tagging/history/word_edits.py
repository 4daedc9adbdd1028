"""Edits of a segment's words, word by word: small, and in nobody's way but who edits the same ones.

Ids rise in reading order, so a word's id says where it belongs. Pure, no database.
"""

from collections.abc import Sequence

from backend.sources.anchoring import Word

# What became of words, by id as JSON has it; None: there is no such word.
WordEdits = dict[str, Word | None]


def differing_words(
    before: Sequence[Word], after: Sequence[Word]
) -> tuple[WordEdits, WordEdits] | None:
    """The words that differ, as they were and as they are.

    None if that does not tell one from the other: where ids don't rise.
    """
    old, new = _by_id(before), _by_id(after)
    ids = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    edits = {key: old.get(key) for key in ids}, {key: new.get(key) for key in ids}
    if put_words(after, edits[0]) != list(before) or put_words(before, edits[1]) != list(after):
        return None
    return edits


def put_words(words: Sequence[Word], edits: WordEdits) -> list[Word]:
    """The words with those edits made, in the order of their ids."""
    made = {**_by_id(words), **edits}
    return sorted((word for word in made.values() if word is not None), key=lambda word: word[0])


def are_there(words: Sequence[Word], edits: WordEdits) -> bool:
    """Whether the words are as those edits left them."""
    now = _by_id(words)
    return all(now.get(key) == word for key, word in edits.items())


def returning_words(
    words: Sequence[Word], expected: WordEdits, wanted: WordEdits
) -> dict[int, list[int]]:
    """The ids that came back right behind each word that stayed and was put back.

    That word stood for all of them, so whoever rests on it now rests on all of them. `words` are
    those of the segment now.
    """
    returning: dict[int, list[int]] = {}
    behind: list[int] | None = None
    for word_id in (word[0] for word in words):
        key = str(word_id)
        if wanted.get(key) is None:
            behind = None
        elif expected.get(key) is not None:
            behind = returning.setdefault(word_id, [])
        elif behind is not None:
            behind.append(word_id)
    return {word_id: ids for word_id, ids in returning.items() if ids}


def _by_id(words: Sequence[Word]) -> dict[str, Word]:
    return {str(word[0]): list(word) for word in words}
