"""What is said in other words: texts alike by the telling words they share.

A word tells the more, the fewer texts of its workspace have it. Small words and words that nobody
else uses tell nothing. How alike two texts are is the weight of the telling words they share, of
all telling words of the first. Both engines choose words and rank by these rules; they differ in
how they find the texts that come into question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from search.documents import KINDS, split_key, workspace_key
from search.errors import SearchQueryError
from search.highlight import MOST_LETTERS, HighlightRange, merged_ranges
from search.languages import is_small_word
from search.query import MAX_LIMIT
from search.result import Hit
from search.stems import keys_in_order
from search.words import is_sign, words_of

# How many words of a text are looked up, and how many of those are searched for.
MOST_LOOKED_UP = 24
MOST_TELLING = 12
LEAST_LETTERS = 3
# A word that more than one text in five has tells nothing; a few texts always may.
LARGEST_SHARE_OF_TEXTS = 0.2
ALWAYS_TELLING_TEXTS = 3
# Less alike than this is chance: one word of several, or two common ones of many.
LEAST_ALIKE = 0.2
LEAST_SHARED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarQuery:
    """What to find texts alike to, in which workspace; `leave_out` are keys of documents."""

    workspace_id: str
    text: str
    kinds: tuple[str, ...] = ("excerpt",)
    leave_out: tuple[str, ...] = ()
    limit: int = 10

    def __post_init__(self) -> None:
        object.__setattr__(self, "workspace_id", workspace_key(self.workspace_id))
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown or not self.kinds:
            raise SearchQueryError(f"kinds must be some of {', '.join(KINDS)}.")
        if not 1 <= self.limit <= MAX_LIMIT:
            raise SearchQueryError(f"limit must be between 1 and {MAX_LIMIT}.")


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word with its forms: `keys` as `search.stems` makes them; `weight` once it is known."""

    typed: str
    folded: str
    keys: tuple[str, ...]
    weight: float = 0.0


def words_to_look_up(text: str) -> list[TellingWord]:
    """The words of a text that may tell something, each once, whatever its form.

    Of a long text those that are said most often and are longest.
    """
    times: dict[object, int] = {}
    found: dict[object, TellingWord] = {}
    text = text[:MOST_LETTERS]
    words = words_of(text)
    for word, keys in zip(words, keys_in_order(text, words), strict=True):
        if is_small_word(word.folded) or _is_too_short(word.folded):
            continue
        identity = keys or word.folded
        times[identity] = times.get(identity, 0) + 1
        found.setdefault(
            identity, TellingWord(text[word.start : word.end], word.folded, tuple(keys))
        )
    ranked = sorted(found, key=lambda each: (-times[each], -len(found[each].folded)))
    return [found[each] for each in ranked[:MOST_LOOKED_UP]]


def _is_too_short(word: str) -> bool:
    return len(word) < LEAST_LETTERS and not is_sign(word)


def telling_words(
    words: Sequence[TellingWord], text_counts: Sequence[int], all_texts: int
) -> list[TellingWord]:
    """Those that some other texts have and most don't, with their weights, the rarest first.

    `text_counts`: how many of `all_texts` have each word, the one that is asked about among them.
    """
    most = max(ALWAYS_TELLING_TEXTS, LARGEST_SHARE_OF_TEXTS * all_texts)
    weighed = [
        TellingWord(word.typed, word.folded, word.keys, log((all_texts + 1) / count))
        for word, count in zip(words, text_counts, strict=True)
        if 1 < count <= most
    ]
    return sorted(weighed, key=lambda word: -word.weight)[:MOST_TELLING]


def rank_alike(
    words: Sequence[TellingWord], texts: Iterable[tuple[str, str]], limit: int
) -> tuple[Hit, ...]:
    """Those of these texts, given as (key, text), that are alike, most alike first; `score` says
    how much, from 0 to 1, and the shared words are marked.
    """
    least_shared = LEAST_SHARED if len(words) > LEAST_SHARED else 1
    alike = []
    for key, text in dict(texts).items():
        shared, score, ranges = _likeness(words, text[:MOST_LETTERS])
        if shared >= least_shared and score >= LEAST_ALIKE:
            alike.append(Hit(*split_key(key), score, ranges))
    return tuple(sorted(alike, key=lambda hit: (-hit.score, hit.id))[:limit])


def shared_ranges(words: Sequence[TellingWord], text: str) -> tuple[HighlightRange, ...]:
    """Where a text has these words, in any form."""
    text = text[:MOST_LETTERS]
    folded = {word.folded for word in words}
    wanted = {key for word in words for key in word.keys}
    found = words_of(text)
    keys = keys_in_order(text, found)
    return merged_ranges(
        (word.start, word.end)
        for word, own in zip(found, keys, strict=True)
        if word.folded in folded or not wanted.isdisjoint(own)
    )


def _likeness(
    telling: Sequence[TellingWord], text: str
) -> tuple[int, float, tuple[HighlightRange, ...]]:
    """How many telling words a text has, how much of their weight, and where they are."""
    words = words_of(text)
    ranges = []
    shared: set[TellingWord] = set()
    for word, keys in zip(words, keys_in_order(text, words), strict=True):
        same = [each for each in telling if word.folded == each.folded or set(keys) & {*each.keys}]
        if same:
            shared.update(same)
            ranges.append((word.start, word.end))
    total = sum(each.weight for each in telling)
    score = sum(each.weight for each in shared) / total if total else 0.0
    return len(shared), score, merged_ranges(ranges)
