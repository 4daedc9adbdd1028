"""Replacing words by others in a segment: whole words, several on either side. Pure.

A word of a transcript, `[id, text, start_ms, end_ms, probability]`, may hold blanks (“New York”);
what is sought are tokens, the parts between blanks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from backend.sources.anchoring import Word
from backend.sources.word_folding import fold_word, split_punctuation

CONTEXT_TOKENS = 8


@dataclass(frozen=True)
class Replacement:
    """What to find, and what to put there."""

    find: str
    replace: str
    match_case: bool = False


@dataclass(frozen=True)
class Match:
    """A place where the words were found. `token_range` counts the tokens of the segment, from 0.

    `removed_word_ids` are of words that nothing will be left of: there are fewer than before.
    """

    first_word_id: int
    last_word_id: int
    before: str
    after: str
    context_before: str
    context_after: str
    start_ms: int | None
    removed_word_ids: list[int]
    token_range: range


@dataclass(frozen=True)
class Edit:
    """A stretch of neighbouring words that changed; `after` is never empty."""

    before: list[Word]
    after: list[Word]


def find_matches(words: Sequence[Word], replacement: Replacement) -> list[Match]:
    """All places, from the left, none overlapping; not those that say so already."""
    places = _tokens_of(words)
    tokens = [token for _, token in places]
    folded = [fold_word(token, match_case=replacement.match_case) for token in tokens]
    sought = [
        fold_word(token, match_case=replacement.match_case) for token in replacement.find.split()
    ]
    matches, start = [], 0
    while sought and start + len(sought) <= len(folded):
        end = start + len(sought)
        if folded[start:end] != sought:
            start += 1
            continue
        match = _describe(words, places, range(start, end), replacement)
        if match.after != match.before:
            matches.append(match)
        start = end
    return matches


def replace_matches(
    words: Sequence[Word], matches: Sequence[Match]
) -> tuple[list[Word], list[Edit]]:
    """The words with these matches replaced, and what became of which.

    New tokens go to the words that were there, one each and the rest to the last, so that no id is
    made anew. Words left without any are taken out; the one before them lasts as long as they did.
    """
    said = _say_anew(words, matches)
    touched = {place for match in matches for place in _words_of(words, match.token_range)}
    edits, result = [], []
    for is_touched, group in groupby(range(len(words)), key=touched.__contains__):
        run = [list(words[place]) for place in group]
        if is_touched:
            new_run = _spell_anew(run, said)
            edits.append(Edit(before=run, after=new_run))
            run = new_run
        result.extend(run)
    return result, edits


def _tokens_of(words: Sequence[Word]) -> list[tuple[int, str]]:
    """Every token, with the place of its word."""
    return [(place, token) for place, word in enumerate(words) for token in word[1].split()]


def _words_of(words: Sequence[Word], tokens: range) -> list[int]:
    """The places of the words that these tokens are of."""
    places = _tokens_of(words)
    return list(dict.fromkeys(places[token][0] for token in tokens))


def _describe(
    words: Sequence[Word],
    places: list[tuple[int, str]],
    found: range,
    replacement: Replacement,
) -> Match:
    tokens = [token for _, token in places]
    held = list(dict.fromkeys(places[token][0] for token in found))
    after = _dress(tokens[found.start : found.stop], replacement)
    last_goes_on = found.stop < len(places) and places[found.stop][0] == held[-1]
    left_over = held[len(after) :]
    removed = left_over[:-1] if last_goes_on else left_over
    return Match(
        first_word_id=words[held[0]][0],
        last_word_id=words[held[-1]][0],
        before=" ".join(tokens[found.start : found.stop]),
        after=" ".join(after),
        context_before=" ".join(tokens[max(0, found.start - CONTEXT_TOKENS) : found.start]),
        context_after=" ".join(tokens[found.stop : found.stop + CONTEXT_TOKENS]),
        start_ms=words[held[0]][2],
        removed_word_ids=[words[place][0] for place in removed],
        token_range=found,
    )


def _dress(found: list[str], replacement: Replacement) -> list[str]:
    """The new tokens with the punctuation that stood around the old ones, and their capital.

    A capital is taken over where the words sought had none: “Wated” becomes “Waited” when “wated”
    is replaced by “waited”. Punctuation of its own stands instead of the old one.
    """
    new = replacement.replace.split()
    opening, first, _ = split_punctuation(found[0])
    closing = split_punctuation(found[-1])[2]
    sought = split_punctuation(replacement.find.split()[0])[1]
    own_opening, _, _ = split_punctuation(new[0])
    own_closing = split_punctuation(new[-1])[2]
    if first[:1].isupper() and not sought[:1].isupper() and not own_opening:
        new[0] = new[0][:1].upper() + new[0][1:]
    new[0] = ("" if own_opening else opening) + new[0]
    new[-1] = new[-1] + ("" if own_closing else closing)
    return new


def _say_anew(words: Sequence[Word], matches: Sequence[Match]) -> dict[int, str]:
    """The new text of each word, by id; empty where nothing is left of it."""
    places = _tokens_of(words)
    said = [[token] for _, token in places]
    for match in matches:
        new = match.after.split()
        held = [list(group) for _, group in groupby(match.token_range, lambda n: places[n][0])]
        for number, taken in enumerate(held):
            for token in taken:
                said[token] = []
            is_last = number == len(held) - 1
            said[taken[0]] = new[number:] if is_last else new[number : number + 1]
    texts: dict[int, str] = {word[0]: "" for word in words}
    for (place, _), spoken in zip(places, said, strict=True):
        word_id = words[place][0]
        texts[word_id] = " ".join([texts[word_id], *spoken]).strip()
    return texts


def _spell_anew(run: list[Word], said: dict[int, str]) -> list[Word]:
    spelled: list[Word] = []
    for word_id, _, start_ms, end_ms, probability in run:
        if said[word_id]:
            certain = None if probability is None else 1.0
            spelled.append([word_id, said[word_id], start_ms, end_ms, certain])
        elif end_ms is not None:
            spelled[-1][3] = max(end_ms, spelled[-1][3] or end_ms)
    return spelled
