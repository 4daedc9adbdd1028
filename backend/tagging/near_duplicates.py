"""Tags that may mean the same: alike in name, or nearly always on the same excerpts. Pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter names differ by one letter all the time: "pain" and "gain".
MIN_SIMILAR_LENGTH = 6
MIN_SIMILARITY = 0.86
# Of the excerpts that carry either, how many carry both; and how many that must be at least.
MIN_SHARED_RATIO = 0.8
MIN_SHARED_EXCERPTS = 5
# An excerpt with very many tags says little about any two of them, and has too many pairs.
MAX_TAGS_OF_EXCERPT = 30
# How a dismissal of such a suggestion is named.
NEAR_DUPLICATE = "near_duplicate"


class Likeness(StrEnum):
    """Why two tags may mean the same."""

    SAME_WORDS = "same_words"
    SIMILAR_NAME = "similar_name"
    SAME_EXCERPTS = "same_excerpts"


@dataclass(frozen=True)
class NearDuplicate:
    """Two tags that may mean the same; `shared_excerpts` carry both, of `either_excerpts`."""

    tag_id: UUID
    other_id: UUID
    reason: Likeness
    shared_excerpts: int = 0
    either_excerpts: int = 0

    @property
    def pair(self) -> frozenset[UUID]:
        return frozenset((self.tag_id, self.other_id))


def find_alike_names(names: Sequence[tuple[UUID, str]]) -> list[NearDuplicate]:
    """Pairs of the same words but for case, accents, plural and order, or with few other letters.

    A thousand names take about a tenth of a second.
    """
    keys = [fold_name(name) for _, name in names]
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key:
            by_key[key].append(index)
    same = [
        NearDuplicate(names[one][0], names[other][0], Likeness.SAME_WORDS)
        for group in by_key.values()
        for one, other in combinations(group, 2)
    ]
    distinct = [key for key in by_key if len(key) >= MIN_SIMILAR_LENGTH]
    similar = [
        NearDuplicate(names[one][0], names[other][0], Likeness.SIMILAR_NAME)
        for left, right in _find_similar(distinct)
        for one in by_key[left]
        for other in by_key[right]
    ]
    return same + similar


def find_shared_excerpts(carried: Mapping[UUID, Collection[UUID]]) -> list[NearDuplicate]:
    """Pairs of tags that are nearly always on the same excerpts, most often first."""
    tags_of: dict[UUID, list[UUID]] = defaultdict(list)
    for tag_id, excerpts in carried.items():
        if len(excerpts) >= MIN_SHARED_EXCERPTS:
            for excerpt_id in excerpts:
                tags_of[excerpt_id].append(tag_id)
    shared = Counter(
        pair
        for tags in tags_of.values()
        if len(tags) <= MAX_TAGS_OF_EXCERPT
        for pair in combinations(sorted(tags), 2)
    )
    found = []
    for (one, other), both in shared.most_common():
        either = len(carried[one]) + len(carried[other]) - both
        if both >= MIN_SHARED_EXCERPTS and both / either >= MIN_SHARED_RATIO:
            found.append(NearDuplicate(one, other, Likeness.SAME_EXCERPTS, both, either))
    return found


def fold_name(name: str) -> str:
    """The words of a name without case, accents, punctuation, plural and order."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(sorted(_fold_plural(word) for word in re.findall(r"\w+", letters)))


def name_pair(one: UUID, other: UUID) -> str:
    """The same for both orders."""
    return " ".join(sorted((str(one), str(other))))


def _fold_plural(word: str) -> str:
    # English and, for its plain -s, French, Spanish and Portuguese; others stay as they are.
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(ss|x|ch|sh|zz)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _find_similar(keys: list[str]) -> list[tuple[str, str]]:
    """Pairs of different keys with few other letters, unless it is in their numbers."""
    if len(keys) < 2:
        return []
    found = []
    for index, key in enumerate(keys[:-1]):
        matches = process.extract(
            key,
            keys[index + 1 :],
            scorer=OSA.normalized_similarity,
            score_cutoff=MIN_SIMILARITY,
            limit=None,
        )
        found += [(key, other) for other, _, _ in matches if _digits(key) == _digits(other)]
    return found


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
