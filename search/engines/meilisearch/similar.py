"""Finding texts that share telling words, with Meilisearch.

Its own "similar" needs vectors, and its queries can't rank by any of many words. So each word that
is looked up (at most 24) is a search of its own, all in one request, that tells how many texts have
it and the best of them; which of those share most is reckoned here. A text that is among the best
of none of its words is missed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from search.documents import document_key
from search.engines.meilisearch.filters import any_of, filter_expression
from search.result import Hit
from search.similarity import (
    SimilarQuery,
    TellingWord,
    rank_alike,
    telling_words,
    words_to_look_up,
)

_TEXTS_OF_A_WORD = 50


class SimilarQuestion:
    """A question for texts alike, as the searches of a single multi-search."""

    def __init__(self, query: SimilarQuery, index_name: str) -> None:
        self._query = query
        self._index_name = index_name
        self._words: Sequence[TellingWord] = words_to_look_up(query.text)

    def searches(self) -> list[dict[str, Any]]:
        """The number of all texts, then each word; none where there is no word to look up."""
        if not self._words:
            return []
        return [
            self._search("", 0),
            *(self._search(word.typed, _TEXTS_OF_A_WORD) for word in self._words),
        ]

    def answer(self, answers: Sequence[Mapping[str, Any]]) -> tuple[Hit, ...]:
        """The hits, from the answers to `searches` in their order."""
        if not self._words:
            return ()
        everything, *by_word = answers
        counts = [int(each["totalHits"]) for each in by_word]
        words = telling_words(self._words, counts, int(everything["totalHits"]))
        texts = {
            document_key(hit["kind"], hit["id"]): hit["text"]
            for each in by_word
            for hit in each["hits"]
        }
        for key in self._query.leave_out:
            texts.pop(key, None)
        return rank_alike(words, texts.items(), self._query.limit)

    def _search(self, words: str, limit: int) -> dict[str, Any]:
        """Asking by page makes the total exact instead of an estimate."""
        kinds = any_of("kind", self._query.kinds)
        return {
            "indexUid": self._index_name,
            "q": words,
            "filter": [*filter_expression(self._query.workspace_id), kinds],
            "matchingStrategy": "all",
            "page": 1,
            "hitsPerPage": limit,
            "attributesToRetrieve": ["kind", "id", "text"],
        }
