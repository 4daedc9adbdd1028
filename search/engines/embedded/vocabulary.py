"""The words of the index, kept so that those a few typos away are found fast."""

import sys
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from search.engines.embedded.compounds import Compounds
from search.engines.embedded.matches import Recent
from search.matching import Cut, allowed_typos, typo_cuts, typos_by_cut

_REMEMBERED_WORDS = 300


class _Beginnings:
    """What to compare of some words that stand in order, each beginning once."""

    def __init__(self, words: Sequence[str], letter_count: int) -> None:
        self._words = words
        self._starts: list[int] = []
        self.names: list[str] = []
        last = None
        for place, word in enumerate(words):
            name = word[:letter_count]
            if name != last:
                self.names.append(name)
                self._starts.append(place)
                last = name
        self._starts.append(len(words))

    def words_of(self, name: str) -> Sequence[str]:
        place = bisect_left(self.names, name)
        return self._words[self._starts[place] : self._starts[place + 1]]


class _Letter:
    """The words of a first letter, in order; and by their beginning of each length asked for."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._cuts: dict[Cut, _Beginnings] = {}

    def cut(self, cut: Cut) -> _Beginnings:
        found = self._cuts.get(cut)
        if found is None:
            longest = sys.maxsize if cut.is_prefix else cut.longest
            words = [word for word in self.words if cut.shortest <= len(word) <= longest]
            found = self._cuts[cut] = _Beginnings(words, cut.longest)
        return found


class Vocabulary:
    """Reads the words of a first letter once; belongs to one commit of the index.

    `earlier` is that of a commit before: what it knew of a letter still holds if its words are the
    same.
    """

    def __init__(
        self,
        read_words: Callable[[str], Sequence[str]],
        compounds: Compounds,
        earlier: "Vocabulary | None" = None,
    ) -> None:
        self.compounds = compounds
        self._read_words = read_words
        # One question asks for each of its words many times.
        self._typos = Recent[Mapping[int, set[str]]](lambda _: 1, _REMEMBERED_WORDS)
        self._letters: dict[str, _Letter] = {}
        self._known: dict[str, _Letter] = {}
        if earlier is not None:
            self._known = {**earlier._known, **earlier._letters}

    def words_with_typos(self, query_word: str, *, is_prefix: bool) -> Mapping[int, set[str]]:
        """Words by how many typos they are away, one or two, as `typos_between` counts them."""
        if not allowed_typos(query_word):
            return {}
        return self._typos.get_or_make(
            (query_word, is_prefix), lambda: self._find_typos(query_word, is_prefix=is_prefix)
        )

    def _find_typos(self, query_word: str, *, is_prefix: bool) -> Mapping[int, set[str]]:
        best: dict[str, int] = {}
        for cut in typo_cuts(query_word, is_prefix=is_prefix):
            beginnings = self._letter(query_word[0]).cut(cut)
            for name, typos in typos_by_cut(query_word, beginnings.names):
                for word in beginnings.words_of(name):
                    best[word] = min(typos, best.get(word, typos))
        found: dict[int, set[str]] = {}
        for word, typos in best.items():
            if typos:
                found.setdefault(typos, set()).add(word)
        return found

    def meant_words(self, query_word: str, *, is_prefix: bool) -> list[str]:
        """The word itself if the index has it, or one that it begins; else those nearest to it."""
        words = self._letter(query_word[0]).words
        place = bisect_left(words, query_word)
        if place < len(words) and (
            words[place].startswith(query_word) if is_prefix else words[place] == query_word
        ):
            return [query_word]
        typos = self.words_with_typos(query_word, is_prefix=is_prefix)
        return sorted(typos[min(typos)]) if typos else [query_word]

    def _letter(self, letter: str) -> _Letter:
        found = self._letters.get(letter)
        if found is None:
            words = sorted(self._read_words(letter))
            known = self._known.get(letter)
            found = known if known is not None and known.words == words else _Letter(words)
            self._letters[letter] = found
        return found
