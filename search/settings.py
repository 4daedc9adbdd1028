"""The settings of the Meilisearch index, each with its reason."""

from typing import Any

from search.matching import ONE_TYPO_FROM_LETTERS, TWO_TYPOS_FROM_LETTERS
from search.meaning import MeaningModel
from search.query import FILTER_FIELDS, NUMBER_FIELDS

# The shape of the documents is part of the name: a new shape gets a new index, filled beside the
# old one.
INDEX_NAME = "earshot_v4"
PRIMARY_KEY = "key"

# How excerpts are compared by meaning, where there is a model; its fingerprint is part of the name,
# so vectors of two models never meet.
_EMBEDDER_PREFIX = "meaning_"

MEILISEARCH_SETTINGS: dict[str, Any] = {
    # In this order of weight, by the rule "attributeRank" below. Nothing else is searched.
    # "forms" are the words of both by their stems (search/engines/meilisearch/forms.py).
    "searchableAttributes": ["title", "text", "forms"],
    # What an answer needs; the rest comes from the database, so a leaked key shows little more.
    "displayedAttributes": [PRIMARY_KEY, "kind", "id", "text", "version"],
    # Equality alone: comparison and search within facets cost time and space on each write.
    "filterableAttributes": [
        {
            "attributePatterns": ["workspace_id", *FILTER_FIELDS.values()],
            "features": {"facetSearch": False, "filter": {"equality": True, "comparison": False}},
        },
        # Dates are asked for by ranges.
        {
            "attributePatterns": [*NUMBER_FIELDS],
            "features": {"facetSearch": False, "filter": {"equality": False, "comparison": True}},
        },
    ],
    "facetSearch": False,
    # Browsing without words is newest first.
    "sortableAttributes": ["created_at_s"],
    # The order that docs/search.md states, as the embedded engine scores it.
    "rankingRules": [
        # Always first in effect; every search asks for all of its words anyway.
        "words",
        # A misspelt word is a guess: what has the word itself comes before any guess.
        "typo",
        # A title that has the words says what the whole thing is about. Not "attribute", which
        # would go on to prefer words near the start: in speech that means nothing.
        "attributeRank",
        # Words next to each other mean one thing, far apart often two.
        "proximity",
        # The word itself before a longer one that begins like it.
        "exactness",
        # Takes part in browsing alone, where nothing above tells documents apart.
        "sort",
        # What somebody found worth marking, then what is younger, among equals.
        "key_quote_rank:desc",
        "created_at_s:desc",
    ],
    # The rules of `search.matching`; a mistyped number is another number.
    "typoTolerance": {
        "enabled": True,
        "minWordSizeForTypos": {
            "oneTypo": ONE_TYPO_FROM_LETTERS,
            "twoTypos": TWO_TYPOS_FROM_LETTERS,
        },
        "disableOnNumbers": True,
        # What is a letter away from a stem is most often another word.
        "disableOnAttributes": ["forms"],
    },
    # People are counted as the number of distinct values of participant_ids, so none may be cut.
    "faceting": {"maxValuesPerFacet": 100_000, "sortFacetValuesBy": {"*": "count"}},
    # Totals are exact up to here.
    "pagination": {"maxTotalHits": 1_000_000},
    # A slow query gives up with what it has rather than holding the others.
    "searchCutoffMs": 2_000,
}


def embedder_name(model: MeaningModel) -> str:
    """What Meilisearch calls the vectors of this model."""
    return f"{_EMBEDDER_PREFIX}{model.fingerprint}"


def meilisearch_settings(model: MeaningModel | None) -> dict[str, Any]:
    """The settings of an index; with a model, vectors are taken as we send them."""
    if model is None:
        return dict(MEILISEARCH_SETTINGS)
    embedder = {"source": "userProvided", "dimensions": model.dimensions}
    return MEILISEARCH_SETTINGS | {"embedders": {embedder_name(model): embedder}}
