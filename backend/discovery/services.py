"""Keeping the index in step with the rows: apply what changed, rebuild it, compare and mend."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from backend.discovery.changes import cut, find_touched
from backend.discovery.documents import KINDS, build_documents, cut_workspace, read_versions
from backend.discovery.engine import get_engine, telling_outages
from backend.jobs.models import SearchChange, SubjectKind
from backend.jobs.services import enqueue_reindex
from backend.workspaces.models import Workspace
from search.documents import SearchDocument, document_key, split_key
from search.errors import SearchQueryError

logger = logging.getLogger(__name__)

CHANGES_AT_ONCE = 5_000

OnProgress = Callable[[int, int], None]


def _tell_nobody(done: int, total: int) -> None:
    """Progress that nobody asked for."""


@dataclass
class Written:
    """How many documents were written to the index, and how many taken out of it."""

    written: int = 0
    removed: int = 0


def apply_changes(
    *,
    workspace_id: UUID,
    hold: Callable[[], AbstractContextManager[None]] = transaction.atomic,
    on_progress: OnProgress = _tell_nobody,
) -> Written:
    """Bring the index up to date with every change noted so far, then forget those changes.

    Current rows are read, so order and repetition don't matter. `hold` wraps the transaction that
    forgets: a worker that lost its job fails there, and the changes stay for the next one.
    Raises UnavailableError, with the changes kept.
    """
    outbox = _Outbox(workspace_id, hold, on_progress)
    with telling_outages():
        if get_engine().needs_rebuild():
            rebuild_index(applying=workspace_id)
        while outbox.apply_next():
            pass
    return outbox.result


def rebuild_index(*, applying: UUID | None = None) -> None:
    """Fill a new index from all rows and put it in place of the live one.

    Searches go on meanwhile, and so do writes to the live one: they stay in the outbox as well, and
    are applied once more to the new index: by jobs, or by a caller `applying` the changes of one
    workspace anyway.
    """
    with telling_outages():
        get_engine().rebuild(_all_documents())
    waiting = SearchChange.objects.values_list("workspace_id", flat=True).distinct()
    for workspace_id in set(waiting) - {applying}:
        enqueue_reindex(workspace_id)


def mend_index(
    *,
    workspace_id: UUID,
    on_progress: OnProgress = _tell_nobody,
    meanwhile: Callable[[], object] = lambda: None,
) -> Written:
    """Compare every document of the workspace with its row, and correct those that differ.

    `meanwhile` is called between batches, a fraction of a second apart: what people change must not
    wait for the end of it.
    """
    result = Written()
    with telling_outages():
        # The index is read first: a document that comes in later is none of our business.
        indexed = dict(get_engine().versions(str(workspace_id)))
        batches = list(cut_workspace(workspace_id))
        total = sum(batch.row_count for batch in batches)
        done = 0
        for kind, where, row_count in batches:
            for versions in cut(read_versions(kind, workspace_id, where)):
                stale = [key for key, version in versions if indexed.pop(key, None) != version]
                _write(_build(workspace_id, map(_row_of, stale)), [], result)
                meanwhile()
            done += row_count
            on_progress(done, total)
            meanwhile()
        _remove_gone(workspace_id, list(indexed), result)
    return result


def _remove_gone(workspace_id: UUID, keys: list[str], result: Written) -> None:
    """Take out what has no row, unless it has one again."""
    for batch in cut(keys):
        known = [key for key in batch if split_key(key)[0] in KINDS]
        present = _build(workspace_id, map(_row_of, known))
        _write([], sorted(set(batch) - {document.key for document in present}), result)


class _Outbox:
    """The changes of one workspace that wait, as one job applies them."""

    def __init__(
        self,
        workspace_id: UUID,
        hold: Callable[[], AbstractContextManager[None]],
        on_progress: OnProgress,
    ) -> None:
        self._workspace_id = workspace_id
        self._hold = hold
        self._on_progress = on_progress
        self._kept_up_to = 0
        self.result = Written()

    def apply_next(self) -> bool:
        """Apply some changes of single rows, or else compare everything if that was asked for.

        Returns whether there was anything to do.
        """
        return self._apply_some() or self._compare_all()

    def _apply_some(self) -> bool:
        changes = list(
            self._waiting()
            .exclude(subject_kind=SubjectKind.WORKSPACE)
            .values_list("id", "subject_kind", "subject_id")[:CHANGES_AT_ONCE]
        )
        if not changes:
            return False
        # Asked before rows are read: a rebuild that starts later reads these changes itself.
        is_kept = get_engine().is_rebuilding()
        self._write([(kind, subject_id) for _, kind, subject_id in changes])
        self._forget([change_id for change_id, *_ in changes], is_kept=is_kept)
        return True

    def _compare_all(self) -> bool:
        asked = self._waiting().filter(subject_kind=SubjectKind.WORKSPACE)
        change_ids = list(asked.values_list("id", flat=True))
        if not change_ids:
            return False
        is_kept = get_engine().is_rebuilding()
        mended = mend_index(
            workspace_id=self._workspace_id,
            on_progress=self._on_progress,
            meanwhile=self._apply_some,
        )
        self._count(mended)
        self._forget(change_ids, is_kept=is_kept)
        return True

    def _waiting(self) -> QuerySet[SearchChange]:
        rows = SearchChange.objects.filter(workspace_id=self._workspace_id, id__gt=self._kept_up_to)
        return rows.order_by("id")

    def _write(self, subjects: list[tuple[str, UUID]]) -> None:
        touched = find_touched(self._workspace_id, subjects)
        done = 0
        for batch in cut(list(touched)):
            documents = _build(self._workspace_id, batch)
            gone = {document_key(kind, str(row_id)) for kind, row_id in batch}
            gone -= {document.key for document in documents}
            _write(documents, sorted(gone), self.result)
            done += len(batch)
            self._on_progress(done, len(touched))

    def _forget(self, change_ids: list[int], *, is_kept: bool) -> None:
        if is_kept:
            self._kept_up_to = max([self._kept_up_to, *change_ids])
            return
        with self._hold():
            # By id, not "up to the newest": a change with a smaller id may commit later.
            for batch in cut(change_ids):
                SearchChange.objects.filter(id__in=batch).delete()

    def _count(self, written: Written) -> None:
        self.result.written += written.written
        self.result.removed += written.removed


def _write(documents: list[SearchDocument], gone: list[str], result: Written) -> None:
    if documents:
        _upsert(documents)
    if gone:
        get_engine().delete(gone)
    result.written += len(documents)
    result.removed += len(gone)


def _upsert(documents: list[SearchDocument]) -> None:
    """One that the engine can't take must not keep all others waiting behind it."""
    try:
        get_engine().upsert(documents)
    except SearchQueryError as error:
        if len(documents) == 1:
            logger.exception("%s can't be searched for: %s", documents[0].key, error)
            return
        for document in documents:
            _upsert([document])


def _build(workspace_id: UUID, rows: Iterable[tuple[str, UUID]]) -> list[SearchDocument]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for kind, row_id in rows:
        ids[kind].append(row_id)
    return [
        document
        for kind in ids
        for document in build_documents(kind, workspace_id, {"id__in": ids[kind]})
    ]


def _row_of(key: str) -> tuple[str, UUID]:
    kind, row_id = split_key(key)
    return kind, UUID(row_id)


def _all_documents() -> Iterator[SearchDocument]:
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        for kind, where, _ in cut_workspace(workspace_id):
            yield from build_documents(kind, workspace_id, where)
