"""Ways to put documents in order for a query: the engines, and BM25 for comparison."""

from collections.abc import Callable

from tantivy import Query

from bench.ranking.judged import JudgedSet
from bench.ranking.ndcg import ndcg
from search import SearchEngine, SearchQuery
from search.documents import document_key
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.reading import open_index
from search.parsing import ParsedText, Term, parse_text

PLACES = 10

# A query text → keys of documents, best first.
Ranker = Callable[[str], list[str]]


def ranked_by(engine: SearchEngine, workspace_id: str) -> Ranker:
    """The order of an engine's own answers."""

    def rank(text: str) -> list[str]:
        query = SearchQuery(workspace_id=workspace_id, text=text, limit=PLACES, facets=())
        return [document_key(hit.kind, hit.id) for hit in engine.search(query).hits]

    return rank


def ranked_by_bm25(engine: EmbeddedEngine, workspace_id: str) -> Ranker:
    """Plain BM25: tantivy's own query parser over the words and titles of the same index."""
    path = engine._generations.current()
    assert path is not None
    index = open_index(path)
    scope = Query.term_query(index.schema, "workspace_id", workspace_id, index_option="basic")
    unscored_scope = Query.const_score_query(scope, 0.0)

    def rank(text: str) -> list[str]:
        parsed = index.parse_query(_in_parser_syntax(parse_text(text)), ["words", "title_words"])
        searcher = index.searcher()
        found = searcher.search(parsed.and_must_match(unscored_scope), limit=PLACES)
        return [str(searcher.doc(address)["key"][0]) for _, address in found.hits]

    return rank


def judge(ranker: Ranker, judged: JudgedSet) -> dict[str, list[float]]:
    """nDCG@10 of each query, by kind of query in the order of the set."""
    figures: dict[str, list[float]] = {}
    for query in judged.queries:
        figure = ndcg(ranker(query.text), query.grades, places=PLACES)
        figures.setdefault(query.kind, []).append(figure)
    return figures


def _in_parser_syntax(parsed: ParsedText) -> str:
    included = [_quoted(term) if term.is_quoted else " ".join(term.words) for term in parsed.terms]
    excluded = [f"-{_quoted(term)}" for term in parsed.excluded]
    return " ".join(included + excluded)


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"'
