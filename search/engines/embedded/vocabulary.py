"""The words of the index, kept so that those a few typos away are found fast."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from search.engines.embedded.compounds import Compounds
from search.matching import Cut, allowed_typos, cut_word, typo_cuts, typos_by_cut


class Vocabulary:
    """Reads the words of a first letter once; belongs to one commit of the index."""

    def __init__(self, read_words: Callable[[str], Sequence[str]], compounds: Compounds) -> None:
        self.compounds = compounds
        self._read_words = read_words
        self._words_of_letter: dict[str, Sequence[str]] = {}
        self._words_of_cut: dict[tuple[str, Cut], dict[str, list[str]]] = {}

    def words_with_typos(self, query_word: str, *, is_prefix: bool) -> dict[int, set[str]]:
        """Words by how many typos they are away, one or two, as `typos_between` counts them."""
        if not allowed_typos(query_word):
            return {}
        best: dict[str, int] = {}
        for cut in typo_cuts(query_word, is_prefix=is_prefix):
            words_of = self._cut_words(query_word[0], cut)
            for beginning, typos in typos_by_cut(query_word, list(words_of)):
                for word in words_of[beginning]:
                    best[word] = min(typos, best.get(word, typos))
        found: dict[int, set[str]] = {}
        for word, typos in best.items():
            if typos:
                found.setdefault(typos, set()).add(word)
        return found

    def meant_words(self, query_word: str, *, is_prefix: bool) -> list[str]:
        """The word itself if the index has it, or one that it begins; else those nearest to it."""
        words = self._words(query_word[0])
        place = bisect_left(words, query_word)
        if place < len(words) and (
            words[place].startswith(query_word) if is_prefix else words[place] == query_word
        ):
            return [query_word]
        typos = self.words_with_typos(query_word, is_prefix=is_prefix)
        return sorted(typos[min(typos)]) if typos else [query_word]

    def _cut_words(self, letter: str, cut: Cut) -> dict[str, list[str]]:
        """Words by their beginning of that length."""
        words_of = self._words_of_cut.get((letter, cut))
        if words_of is None:
            words_of = {}
            for word in self._words(letter):
                beginning = cut_word(word, cut)
                if beginning is not None:
                    words_of.setdefault(beginning, []).append(word)
            self._words_of_cut[letter, cut] = words_of
        return words_of

    def _words(self, letter: str) -> Sequence[str]:
        words = self._words_of_letter.get(letter)
        if words is None:
            words = self._words_of_letter[letter] = sorted(self._read_words(letter))
        return words
