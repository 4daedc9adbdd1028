"""A view of the index at one commit, and how it follows the next."""

from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from tantivy import DocAddress, FieldType, Index, Occur, Order, Query, Searcher

from search.engines.embedded.columns import Columns, Rows, among, not_among
from search.engines.embedded.compounds import Compounds
from search.engines.embedded.deaths import notice_deaths
from search.engines.embedded.facets import Counter, Counts
from search.engines.embedded.finding import Finder, find_by_serial
from search.engines.embedded.kept_columns import read_columns, write_columns
from search.engines.embedded.leading import Leading
from search.engines.embedded.matches import Matches, Recent
from search.engines.embedded.paging import Found, Pages
from search.engines.embedded.people import People
from search.engines.embedded.plan import (
    filter_clauses,
    is_just_begun,
    matching_query,
    short_ending,
)
from search.engines.embedded.vocabulary import Vocabulary
from search.engines.embedded.word_rows import NOTHING, WordRows, read_word_rows
from search.fallbacks import Choice
from search.parsing import ParsedText, parse_text
from search.query import SearchQuery

_LOAD_BATCH = 10_000
# Counts with a few hundred facet values take some tens of kilobytes.
_REMEMBERED_ANSWERS = 300
# Reading the columns anew is worth it when most of their rows are dead.
_TOLERATED_DEAD_ROWS = 10_000
_WORTH_KEEPING_ROWS = 10_000
_MANY_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was counted, and the rows among which the first are; None: among all."""

    counts: Counts
    leading: Rows | None


class Snapshot:
    """Everything one commit holds; several threads may ask it at once."""

    def __init__(
        self,
        path: Path,
        index: Index,
        searcher: Searcher,
        columns: Columns,
        matches: Matches,
        word_rows: WordRows,
        earlier: "Snapshot | None" = None,
    ) -> None:
        self.path = path
        self.columns = columns
        self.searcher = searcher
        self._schema = index.schema
        self._is_live = columns.is_live
        self._workspace_rows: dict[str, Rows] = {}
        self._matches = matches
        self._people = People(columns)
        self._answers = Recent[_Answer](lambda _: 1, _REMEMBERED_ANSWERS)
        self._vocabulary: Vocabulary = Vocabulary(
            lambda letter: [word for word, _ in searcher.terms_with_prefix("words", letter)],
            Compounds(
                lambda field, start: [term for term, _ in searcher.terms_with_prefix(field, start)],
                searcher.doc_freq,
            ),
            None if earlier is None else earlier._vocabulary,
        )
        parts = (searcher, index.schema, columns, self._vocabulary, word_rows)
        self._finder, self._leading = Finder(*parts), Leading(*parts)
        self._pages = Pages(searcher, index.schema, columns, self._vocabulary)

    def workspace_rows(self, workspace_id: str) -> Rows:
        """All rows of a workspace."""
        rows = self._workspace_rows.get(workspace_id)
        if rows is None:
            rows = self._workspace_rows[workspace_id] = self._find_workspace_rows(workspace_id)
        return rows

    def _find_workspace_rows(self, workspace_id: str) -> Rows:
        live = np.flatnonzero(self._is_live)
        return live[self.columns.rows_having(live, "workspace_id", [workspace_id])]

    def page(self, query: SearchQuery, choice: Choice, *, limit: int) -> list[Found]:
        """The best matches, those of the first part first; without words to find, the newest."""
        if len(choice.parts) == 1:
            leading = self._answer(query, choice).leading
            return self._pages.whole(query, choice.parts[0], leading, limit=limit)
        rows = self._rows_by_part(query, choice)
        return self._pages.in_parts(query, choice, rows, limit=limit)

    def _rows_by_part(self, query: SearchQuery, choice: Choice) -> list[Rows]:
        """Each row that is shown with the first part that it matches."""
        rows = self._chosen_rows(query.workspace_id, choice)
        rows = Counter(self.columns, rows, query, self._people).rows
        found = []
        for part in choice.parts:
            own = among(self.matching_rows(query.workspace_id, part.parsed), rows)
            rows = not_among(own, rows)
            found.append(own)
        return found

    def compounds(self, parsed: ParsedText) -> dict[str, frozenset[str]]:
        """The keys of compounds that answer a word of the text, by word."""
        return {
            term.words[0]: self._vocabulary.compounds.keys_of(
                term.typed[0], is_prefix=parsed.has_prefix and term is parsed.terms[-1]
            )
            for term in parsed.terms
            if term.is_word
        }

    def counts(self, query: SearchQuery, choice: Choice) -> Counts:
        """Counts over all that is shown for a query."""
        return self._answer(query, choice).counts

    def _answer(self, query: SearchQuery, choice: Choice) -> "_Answer":
        def make() -> _Answer:
            rows = self._chosen_rows(query.workspace_id, choice)
            counter = Counter(self.columns, rows, query, self._people)
            counts = counter.count()
            if len(choice.parts) > 1:
                return _Answer(counts, None)
            whole, found = choice.whole, counter.rows
            leading = self._leading.rows(query, whole, found, matching_count=len(rows))
            return _Answer(counts, leading)

        question = (query.workspace_id, choice, query.conditions(), query.facets)
        return self._answers.get_or_make(question, make)

    def _chosen_rows(self, workspace_id: str, choice: Choice) -> Rows:
        """Whatever any of the parts matches, whatever the filters say."""
        parts = [self.matching_rows(workspace_id, part.parsed) for part in choice.parts]
        return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))

    def learn_first_letters(self) -> None:
        """What each letter begins, before somebody types it: no other question takes so long."""
        large = [
            workspace_id
            for workspace_id in self.columns.names("workspace_id")
            if len(self.workspace_rows(workspace_id)) >= _MANY_ROWS
        ]
        for workspace_id in large:
            for letter in ascii_lowercase:
                self.matching_rows(workspace_id, parse_text(letter))

    def count_matches(self, query: SearchQuery, parsed: ParsedText) -> int:
        """How many documents match within the filters; cheaper than `counts`, and nothing else."""
        if is_just_begun(parsed):
            rows = self.matching_rows(query.workspace_id, parsed)
            return len(Counter(self.columns, rows, query, self._people).rows)
        clauses = filter_clauses(self._schema, query.workspace_id, query.conditions())
        text = Query.const_score_query(matching_query(self._schema, parsed, self._vocabulary), 0.0)
        found = find_by_serial(
            self.searcher, Query.boolean_query([*clauses, (Occur.Must, text)]), 1
        )
        return int(found.count)

    def matching_rows(self, workspace_id: str, parsed: ParsedText) -> Rows:
        """Rows of the workspace that the text matches, whatever the filters say."""
        if parsed.is_empty:
            return self.workspace_rows(workspace_id)
        if ending := short_ending(self._schema, parsed, self._vocabulary):
            return among(
                self.matching_rows(workspace_id, ending.alone),
                self.matching_rows(workspace_id, ending.before),
            )
        # Which compounds answer a word depends on how frequent their parts are by now.
        compounds = tuple(self.compounds(parsed).items())
        rows = self._matches.rows(
            (workspace_id, parsed.in_small_letters(), compounds),
            len(self._is_live),
            lambda first: self._find_rows(workspace_id, parsed, first),
        )
        return rows[self._is_live[rows]]

    def _find_rows(self, workspace_id: str, parsed: ParsedText, first: int) -> Rows:
        rows = self.workspace_rows(workspace_id)
        rows = rows[np.searchsorted(rows, first) :]
        return self._finder.matching(workspace_id, rows, parsed, first)


class Reader:
    """Opens one generation and gives a snapshot of its newest commit. Not for several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index = open_index(path)
        self._columns = read_columns(path)
        self._kept_count = self._columns.row_count
        self._matches = Matches()
        self._last: Snapshot | None = None
        self._word_rows = read_word_rows(path)
        if not self._columns.has_row(self._word_rows.row_count - 1, self._word_rows.last_serial):
            self._word_rows = NOTHING

    def snapshot(self) -> Snapshot:
        self._index.reload()
        searcher = self._index.searcher()
        if self._columns.dead_count > max(self._columns.live_count, _TOLERATED_DEAD_ROWS):
            self._columns, self._matches, self._kept_count = Columns(), Matches(), 0
            self._word_rows = NOTHING
        self._load_new_rows(searcher)
        if self._columns.live_count != searcher.num_docs:
            notice_deaths(self._columns, searcher, self._index.schema)
        self._keep_columns()
        self._last = Snapshot(
            self._path,
            self._index,
            searcher,
            self._columns,
            self._matches,
            self._word_rows,
            earlier=self._last,
        )
        return self._last

    def _load_new_rows(self, searcher: Searcher) -> None:
        while hits := self._next_hits(searcher):
            rows = [bytes(searcher.doc(address)["row"][0]) for _, address in hits]
            self._columns.extend([serial for serial, _ in hits], rows)

    def _keep_columns(self) -> None:
        row_count = self._columns.row_count
        if row_count - self._kept_count >= max(_WORTH_KEEPING_ROWS, row_count // 4):
            write_columns(self._columns, self._path)
            self._kept_count = row_count

    def _next_hits(self, searcher: Searcher) -> list[tuple[int, DocAddress]]:
        newer = Query.range_query(
            self._index.schema,
            "serial",
            FieldType.Unsigned,
            lower_bound=self._columns.last_serial + 1,
        )
        found = searcher.search(
            newer, limit=_LOAD_BATCH, count=False, order_by_field="serial", order=Order.Asc
        )
        return found.hits


def open_index(path: Path) -> Index:
    """Opens every segment, so that damage shows now; new commits wait for `reload`."""
    index = Index.open(str(path))
    index.config_reader(reload_policy="Manual")
    index.reload()
    return index
