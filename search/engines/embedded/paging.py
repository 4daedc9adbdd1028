"""A page of the best of what was found, at one commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema, Searcher

from search.engines.embedded.columns import Columns, Rows
from search.engines.embedded.finding import Clauses
from search.engines.embedded.leading import MOST_LEADING
from search.engines.embedded.plan import filter_clauses, matching_query, ranked_query
from search.engines.embedded.vocabulary import Vocabulary
from search.fallbacks import Choice, Part
from search.parsing import ParsedText
from search.query import SearchQuery

# So many are looked up one by one; of more, what tells them from the others is asked.
_FEW_ROWS = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a page, and words of the question that it lacks."""

    key: str
    score: float
    text: str
    missing: tuple[str, ...]


class Pages:
    """Knows nothing of which rows are dead."""

    def __init__(
        self, searcher: Searcher, schema: Schema, columns: Columns, vocabulary: Vocabulary
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._columns = columns
        self._vocabulary = vocabulary

    def whole(
        self, query: SearchQuery, part: Part, leading: Rows | None, *, limit: int
    ) -> list[Found]:
        """Of a question in one part. `leading`: the rows among which the first are, if known."""
        if leading is not None and query.offset + limit <= MOST_LEADING:
            asked = self._among(part.parsed, leading)
        else:
            asked = Query.boolean_query(self._clauses(query, part.parsed))
        return self._best(part, asked, offset=query.offset, limit=limit)

    def in_parts(
        self, query: SearchQuery, choice: Choice, rows: Sequence[Rows], *, limit: int
    ) -> list[Found]:
        """Of a question in several parts, the first part's first. `rows`: which each part has
        and none before it.
        """
        page = []
        sizes = [len(each) for each in rows]
        for place, offset, count in slices(sizes, query.offset, limit):
            asked = self._part_query(query, choice.parts[: place + 1], rows[place])
            page += self._best(choice.parts[place], asked, offset=offset, limit=count)
        return page

    def _part_query(self, query: SearchQuery, parts: Sequence[Part], rows: Rows) -> Query:
        *earlier, part = parts
        if len(rows) <= _FEW_ROWS:
            return self._among(part.parsed, rows)
        clauses = self._clauses(query, part.parsed)
        for each in earlier:
            others = matching_query(self._schema, each.parsed, self._vocabulary)
            clauses.append((Occur.MustNot, others))
        return Query.boolean_query(clauses)

    def _among(self, parsed: ParsedText, rows: Rows) -> Query:
        serials = self._columns.serials_of(rows).tolist()
        return ranked_query(self._schema, parsed, self._vocabulary, serials)

    def _clauses(self, query: SearchQuery, parsed: ParsedText) -> Clauses:
        clauses = filter_clauses(self._schema, query.workspace_id, query.conditions())
        if not parsed.is_empty:
            ranked = ranked_query(self._schema, parsed, self._vocabulary)
            clauses.append((Occur.Must, ranked))
        return clauses

    def _best(self, part: Part, asked: Query, *, offset: int, limit: int) -> list[Found]:
        """By score; without words to find, the newest."""
        has_terms = bool(part.parsed.terms)
        found = self._searcher.search(
            asked,
            limit=limit,
            offset=offset,
            count=False,
            order_by_field=None if has_terms else "created_at_s",
            weight_by_field="rank_weight" if has_terms else None,
        )
        page = []
        for score, address in found.hits:
            document = self._searcher.doc(address)
            text = bytes(document["text"][0]).decode()
            page.append(Found(str(document["key"][0]), float(score), text, part.missing))
        return page


def slices(sizes: Sequence[int], offset: int, limit: int) -> Iterator[tuple[int, int, int]]:
    """Where a page lies in lists that follow each other: in which, from where on, how many."""
    for place, size in enumerate(sizes):
        count = min(limit, size - offset)
        if count > 0:
            yield place, offset, count
            limit -= count
        offset = max(0, offset - size)
