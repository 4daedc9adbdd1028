"""Earshot's search: one question, two engines, the same answers within their means.

What this package promises:

- `SearchDocument`: the shape of what can be found. `SearchQuery` and `Filters`: the question, whose
  workspace is required and enforced by the engine. `SearchResult`, `Hit`, `FacetCount`: the answer,
  with exact counts of people. `SimilarQuery`: what texts should be alike to.
- `SearchEngine`: what each engine can do, and `open_engine`, which chooses one: Meilisearch where a
  URL is given, else the embedded engine (tantivy in this process, in a folder).
- `SearchError` and its kinds `SearchQueryError` (the question or document is wrong) and
  `SearchUnavailableError` (nothing was lost, try again; the message says what to do).

    engine = open_engine(url=None, api_key=None, directory=Path("var/search"))
    engine.ensure_index()
    if engine.needs_rebuild():
        engine.rebuild(every_document())
    result = engine.search(SearchQuery(workspace_id=workspace.id, text="remindr"))

How text is read: up to ten words, all of which must be there. Where nothing has all of them, or
little has all of a sentence, what has most of them follows: `Hit.missing_words` says what a hit
lacks, `SearchResult.dropped_words` what all of them do. The last word may be unfinished.
One typo is forgiven from five letters, two from nine. "In quotes" means exactly so, -word excludes.
Case and accents don't matter, nor in the embedded engine does the form of a word, in some fifteen
languages. `SearchQuery.synonyms` are groups of words that mean the same to the workspace:
`SearchResult.also_searched` says which took part.

Those names can be imported from here or from their modules (`documents`, `query`, `result`,
`engine`, `engines`, `errors`). Everything else in the package is private to it. The library knows
no Django and no database.

Prices, at 100,000 excerpts of 40 words, embedded: a search with all facets takes some milliseconds
of processor time, tens of them when half of everything matches; the first search of a process reads
all rows (a second or two, `ensure_index` does it ahead); a write is about 20 ms, however small, so
write in batches.
"""

from search.documents import SearchDocument, document_key, split_key
from search.engine import SearchEngine
from search.engines import open_engine
from search.errors import SearchError, SearchQueryError, SearchUnavailableError
from search.query import Filters, SearchQuery
from search.result import FacetCount, Hit, SearchResult
from search.similarity import SimilarQuery

__all__ = [
    "FacetCount",
    "Filters",
    "Hit",
    "SearchDocument",
    "SearchEngine",
    "SearchError",
    "SearchQuery",
    "SearchQueryError",
    "SearchResult",
    "SearchUnavailableError",
    "SimilarQuery",
    "document_key",
    "open_engine",
    "split_key",
]
