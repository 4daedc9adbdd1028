"""Finding texts that share telling words, in the embedded index.

One count for each of the 16 words that are rarest in the whole index, and one search for the best.
"""

from collections.abc import Sequence

from tantivy import Occur, Query, Schema, Searcher

from search.documents import document_key, split_key
from search.engines.embedded.finding import find_by_serial
from search.engines.embedded.plan import filter_clauses
from search.query import FilterGroup
from search.result import Hit
from search.similarity import (
    SimilarQuery,
    TellingWord,
    rank_alike,
    telling_words,
    words_to_look_up,
)

# Some more than are searched for: what is rare in the index may be common in a workspace.
_MOST_COUNTED = 16

Clauses = list[tuple[Occur, Query]]


def similar_hits(searcher: Searcher, schema: Schema, query: SimilarQuery) -> tuple[Hit, ...]:
    """As `SearchEngine.similar` says."""
    scope = filter_clauses(schema, query.workspace_id, [FilterGroup("kinds", query.kinds)])
    looked_up = _rarest(searcher, words_to_look_up(query.text))
    counts = [_count(searcher, [*scope, (Occur.Must, _has(schema, word))]) for word in looked_up]
    words = telling_words(looked_up, counts, _count(searcher, scope))
    if not words:
        return ()
    return rank_alike(words, _best_texts(searcher, schema, scope, words, query), query.limit)


def _rarest(searcher: Searcher, words: Sequence[TellingWord]) -> list[TellingWord]:
    """Counting a word costs as much as it is common, and the common ones tell least."""
    by_number = sorted(words, key=lambda word: searcher.doc_freq("words", word.folded))
    return by_number[:_MOST_COUNTED]


def _count(searcher: Searcher, clauses: Clauses) -> int:
    return int(find_by_serial(searcher, Query.boolean_query(clauses), 1).count)


def _has(schema: Schema, word: TellingWord) -> Query:
    exact = Query.term_query(schema, "words", word.folded)
    forms = Query.term_set_query(schema, "stems", list(word.keys))
    either = Query.boolean_query([(Occur.Should, exact), (Occur.Should, forms)])
    return Query.const_score_query(either, word.weight)


def _best_texts(
    searcher: Searcher,
    schema: Schema,
    scope: Clauses,
    words: Sequence[TellingWord],
    query: SimilarQuery,
) -> list[tuple[str, str]]:
    """Key and text of those that share most; each word counts with its weight."""
    shared = Query.boolean_query([(Occur.Should, _has(schema, word)) for word in words])
    known = {document_key(*split_key(key)) for key in query.leave_out}
    left_out = Query.term_set_query(schema, "key", list(known))
    clauses = [*scope, (Occur.Must, shared), (Occur.MustNot, left_out)]
    found = searcher.search(Query.boolean_query(clauses), limit=query.limit, count=False)
    documents = [searcher.doc(address) for _, address in found.hits]
    return [
        (str(document["key"][0]), bytes(document["text"][0]).decode()) for document in documents
    ]
