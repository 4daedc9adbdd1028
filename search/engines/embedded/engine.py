"""The embedded engine: tantivy in this process, one folder, one writer at a time."""

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tantivy import Index, IndexWriter

from search.documents import SearchDocument, split_key, workspace_key
from search.engines.embedded.damage import Checked, DamagedIndexError
from search.engines.embedded.facets import Counts
from search.engines.embedded.gathering import Gathered
from search.engines.embedded.generations import Generations, Signature
from search.engines.embedded.meaning import Meanings
from search.engines.embedded.outages import (
    LostIndexError,
    lost_if_unreadable,
    translated_errors,
)
from search.engines.embedded.reading import Reader, Snapshot, open_index
from search.engines.embedded.schema import (
    SCHEMA_VERSION,
    build_schema,
    stored_row,
    tantivy_document,
)
from search.engines.embedded.similar import similar_hits
from search.errors import SearchUnavailableError
from search.fallbacks import Choice
from search.highlight import highlight_ranges
from search.meaning import MeaningModel, MeaningQuery
from search.parsing import ParsedText
from search.query import SearchQuery
from search.result import Hit, SearchResult
from search.similarity import SimilarQuery

_WRITER_MEMORY_BYTES = 32_000_000
_REBUILD_MEMORY_BYTES = 128_000_000
_LOCK_TIMEOUT_S = 60.0
_READER_TIMEOUT_S = 5.0


class EmbeddedEngine:
    """Implements `search.engine.SearchEngine`. Safe for threads and for several processes."""

    def __init__(
        self,
        directory: Path,
        *,
        meaning: MeaningModel | None = None,
        lock_timeout_s: float = _LOCK_TIMEOUT_S,
    ) -> None:
        self._generations = Generations(directory, SCHEMA_VERSION)
        self._meanings = Meanings(meaning, self._generations)
        self._lock_timeout_s = lock_timeout_s
        self._schema = build_schema()
        self._refreshing = threading.Lock()
        # One tuple, so that a thread never sees a new signature with an old snapshot.
        self._view: tuple[Signature, Snapshot] | None = None
        self._reader: Reader | None = None
        self._reader_source: tuple[int, Path] | None = None
        self._checking = threading.Lock()
        self._checked: Checked | None = None

    def ensure_index(self) -> None:
        self._newest_snapshot()

    def warm_up(self) -> None:
        with translated_errors():
            self._newest_snapshot().learn_first_letters()

    def is_healthy(self) -> bool:
        try:
            self._newest_snapshot()
        except SearchUnavailableError:
            return False
        return True

    def needs_rebuild(self) -> bool:
        path = self._readable_generation()
        if path is None or self._generations.needs_rebuild():
            return True
        return not self._meanings.are_ours(path)

    def is_filled(self) -> bool:
        return self._readable_generation() is not None and not self._generations.needs_rebuild()

    def _readable_generation(self) -> Path | None:
        try:
            path = self._usable_generation()
            if self._view is None or self._view[0] != self._generations.signature():
                with lost_if_unreadable():
                    open_index(path)
        except LostIndexError:
            return None
        return path

    def is_rebuilding(self) -> bool:
        return self._generations.is_rebuilding()

    def upsert(self, documents: Sequence[SearchDocument]) -> None:
        if not documents:
            return
        with self._writer() as (path, writer):
            self._add(writer, documents, path)

    def delete(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        with self._writer() as (_, writer):
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def delete_workspace(self, workspace_id: str) -> None:
        with self._writer() as (_, writer):
            writer.delete_documents_by_term("workspace_id", workspace_key(workspace_id))

    def search(self, query: SearchQuery) -> SearchResult:
        started = time.perf_counter()
        snapshot = self._newest_snapshot()
        try:
            with translated_errors():
                choice, counts = _choose(snapshot, query)
                hits = _hits(snapshot, query, choice, counts.total)
        except SearchUnavailableError:
            self._give_up_if_damaged()
            raise
        return SearchResult(
            hits=hits,
            total=counts.total,
            people=counts.people,
            facets=counts.facets,
            choice=choice,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        snapshot = self._newest_snapshot()
        try:
            with translated_errors():
                return similar_hits(snapshot.searcher, self._schema, query)
        except SearchUnavailableError:
            self._give_up_if_damaged()
            raise

    def close_in_meaning(self, query: MeaningQuery) -> tuple[Hit, ...] | None:
        snapshot = self._newest_snapshot()
        try:
            with translated_errors():
                return self._meanings.hits(snapshot, self._schema, query)
        except SearchUnavailableError:
            self._give_up_if_damaged()
            raise

    def count(self, workspace_id: str) -> int:
        return len(self._newest_snapshot().workspace_rows(workspace_key(workspace_id)))

    def versions(self, workspace_id: str) -> Iterator[tuple[str, int]]:
        snapshot = self._newest_snapshot()
        columns = snapshot.columns
        for row in snapshot.workspace_rows(workspace_key(workspace_id)):
            yield columns.keys[row], columns.version_of(row)

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        with self._generations.rebuild_lock():
            self._generations.remove_unfinished()
            try:
                with translated_errors():
                    path, index = self._create_generation()
                with _open_writer(index, _REBUILD_MEMORY_BYTES) as writer:
                    gathered = Gathered()
                    self._add(writer, documents, path, gathered=gathered)
                gathered.write(path)
                with self._generations.write_lock(self._lock_timeout_s), translated_errors():
                    self._generations.make_current(path)
                    self._generations.remove_others()
            finally:
                self._generations.remove_unfinished()

    def _add(
        self,
        writer: IndexWriter,
        documents: Iterable[SearchDocument],
        path: Path,
        *,
        gathered: Gathered | None = None,
    ) -> None:
        """`gathered`: the generation is empty, and each row is added there as well."""
        # Vectors of two models must not stand in one generation.
        has_meaning = self._meanings.are_ours(path)
        # Every operation raises the opstamp, so serials never meet those of an earlier commit.
        first_serial = writer.commit_opstamp + 1
        for position, document in enumerate(documents):
            serial, row = first_serial + position, stored_row(document)
            with translated_errors():
                if gathered is None:
                    writer.delete_documents_by_term("key", document.key)
                meaning = self._meanings.stored(document) if has_meaning else None
                added = tantivy_document(
                    document, serial=serial, row=row, schema=self._schema, meaning=meaning
                )
                writer.add_document(added)
            if gathered is not None:
                gathered.add(serial, row, added)

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tuple[Path, IndexWriter]]:
        """The current generation with a writer on it; commits at the end, or changes nothing."""
        with self._generations.write_lock(self._lock_timeout_s):
            path, index = self._open_to_write()
            with _open_writer(index, _WRITER_MEMORY_BYTES) as writer:
                yield path, writer
            self._generations.remove_others()
        if self._generations.has_unfinished():
            with contextlib.suppress(SearchUnavailableError), self._generations.rebuild_lock():
                self._generations.remove_unfinished()

    def _newest_snapshot(self) -> Snapshot:
        """The view after the last commit of any process: two file stats when nothing changed."""
        view = self._view
        if view is not None and view[0] == self._generations.signature():
            return view[1]
        with self._refreshing:
            return self._refresh()

    def _refresh(self) -> Snapshot:
        signature = self._generations.signature()
        if self._view is not None and self._view[0] == signature:
            return self._view[1]
        try:
            snapshot = self._read_current()
        except LostIndexError:
            # A rebuild may have removed this generation under us, or it is damaged. Under the
            # write lock nobody removes anything, so a second failure means damage.
            with self._generations.write_lock(min(self._lock_timeout_s, _READER_TIMEOUT_S)):
                snapshot = self._read_current_or_make_new()
                signature = self._generations.signature()
        self._view = signature, snapshot
        return snapshot

    def _read_current_or_make_new(self) -> Snapshot:
        self._reader = None
        with contextlib.suppress(LostIndexError):
            return self._read_current()
        self._reader = None
        with translated_errors():
            self._make_empty_index()
        return self._read_current()

    def _read_current(self) -> Snapshot:
        path = self._usable_generation()
        # A fork must not share the reader of its parent.
        source = (os.getpid(), path)
        with lost_if_unreadable():
            if self._reader is None or self._reader_source != source:
                self._reader, self._reader_source = Reader(path), source
            return self._reader.snapshot()

    def _usable_generation(self) -> Path:
        """The current generation, each of its files read once. Raises LostIndexError."""
        path = self._generations.current()
        if path is None:
            raise LostIndexError("There is no search index yet; it is made from the database.")
        with self._checking, translated_errors():
            if self._checked is None or self._checked.path != path:
                self._checked = Checked(path)
            try:
                self._checked.check()
            except DamagedIndexError as error:
                raise LostIndexError(
                    f"The search index is damaged ({error}); it is made anew from the database."
                ) from error
        return path

    def _give_up_if_damaged(self) -> None:
        """After a search that failed: an index that is damaged is put aside, to be filled again."""
        with self._checking:
            self._checked = None
        try:
            self._usable_generation()
        except LostIndexError:
            self._view = None
            with contextlib.suppress(SearchUnavailableError):
                self._newest_snapshot()

    def _open_to_write(self) -> tuple[Path, Index]:
        """The current generation, or a new empty one where it is missing or can't be used.

        Only under the write lock.
        """
        with contextlib.suppress(LostIndexError):
            path = self._usable_generation()
            with lost_if_unreadable():
                return path, open_index(path)
        with translated_errors():
            self._make_empty_index()
            path = self._usable_generation()
            return path, open_index(path)

    def _make_empty_index(self) -> None:
        path, _ = self._create_generation()
        self._generations.mark_needs_rebuild(path)
        self._generations.make_current(path)
        self._generations.remove_others()

    def _create_generation(self) -> tuple[Path, Index]:
        path = self._generations.create()
        self._meanings.mark(path)
        return path, Index(self._schema, path=str(path))


@contextlib.contextmanager
def _open_writer(index: Index, memory_bytes: int) -> Iterator[IndexWriter]:
    """Commits at the end, or changes nothing.

    Waits for merges: a writer that is dropped in the middle of one loses it.
    """
    with translated_errors():
        writer = index.writer(heap_size=memory_bytes, num_threads=1)
    try:
        yield writer
        with translated_errors():
            writer.commit()
            writer.wait_merging_threads()
    except BaseException:
        with contextlib.suppress(ValueError):
            writer.rollback()
            writer.wait_merging_threads()
        raise


def _choose(snapshot: Snapshot, query: SearchQuery) -> tuple[Choice, Counts]:
    """The first choice that finds enough, or the last; without any, the query itself."""

    def count_each(parts: Sequence[ParsedText]) -> list[int]:
        return [snapshot.count_matches(query, part) for part in parts]

    for choice in query.choices(count_each):
        counts = snapshot.counts(query, choice)
        if counts.total >= choice.enough:
            break
    return choice, counts


def _hits(snapshot: Snapshot, query: SearchQuery, choice: Choice, total: int) -> tuple[Hit, ...]:
    limit = min(query.limit, total - query.offset)
    if limit <= 0:
        return ()
    page = snapshot.page(query, choice, limit=limit)
    compounds = snapshot.compounds(choice.whole)
    return tuple(
        Hit(
            *split_key(found.key),
            found.score,
            highlight_ranges(found.text, choice.whole, compounds),
            found.missing,
        )
        for found in page
    )
