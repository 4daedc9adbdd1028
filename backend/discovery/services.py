"""Keeping the index in step with the rows: apply what changed, rebuild it, compare and mend."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from backend.discovery.changes import cut, find_all, find_touched
from backend.discovery.documents import BUILDERS
from backend.discovery.engine import get_engine, telling_outages
from backend.jobs.models import SearchChange, SubjectKind
from backend.workspaces.models import Workspace
from search.documents import SearchDocument, document_key

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
    result = Written()
    with telling_outages():
        if get_engine().needs_rebuild():
            rebuild_index()
        while changes := _next_changes(workspace_id):
            _write_subjects(workspace_id, [rest for _, *rest in changes], result, on_progress)
            with hold():
                # By id, not "up to the newest": a change with a smaller id may commit later.
                for batch in cut([change_id for change_id, *_ in changes]):
                    SearchChange.objects.filter(id__in=batch).delete()
    return result


def rebuild_index() -> None:
    """Fill a new index from all rows and put it in place of the live one.

    Searches go on meanwhile. What changes while it runs is in the outbox, and applied later.
    """
    with telling_outages():
        get_engine().rebuild(_all_documents())


def mend_index(*, workspace_id: UUID, on_progress: OnProgress = _tell_nobody) -> Written:
    """Compare every document of the workspace with its row, and correct those that differ."""
    result = Written()
    with telling_outages():
        engine = get_engine()
        # The index is read first: a document that comes in later is none of our business.
        indexed = dict(engine.versions(str(workspace_id)))
        rows = find_all(workspace_id)
        done = 0
        for batch in cut(list(rows)):
            documents = _build(workspace_id, batch)
            stale = [each for each in documents if indexed.pop(each.key, None) != each.version]
            _write(stale, [], result)
            done += len(batch)
            on_progress(done, len(rows))
        _write([], list(indexed), result)
    return result


def _next_changes(workspace_id: UUID) -> list[tuple[int, str, UUID]]:
    rows = SearchChange.objects.filter(workspace_id=workspace_id).order_by("id")
    return list(rows.values_list("id", "subject_kind", "subject_id")[:CHANGES_AT_ONCE])


def _write_subjects(
    workspace_id: UUID, subjects: list, result: Written, on_progress: OnProgress
) -> None:
    if any(kind == SubjectKind.WORKSPACE for kind, _ in subjects):
        mended = mend_index(workspace_id=workspace_id, on_progress=on_progress)
        result.written += mended.written
        result.removed += mended.removed
        return
    touched = find_touched(workspace_id, subjects)
    done = 0
    for batch in cut(list(touched)):
        documents = _build(workspace_id, batch)
        gone = {document_key(kind, str(row_id)) for kind, row_id in batch}
        gone -= {document.key for document in documents}
        _write(documents, sorted(gone), result)
        done += len(batch)
        on_progress(done, len(touched))


def _write(documents: list[SearchDocument], gone: list[str], result: Written) -> None:
    if documents:
        get_engine().upsert(documents)
    if gone:
        get_engine().delete(gone)
    result.written += len(documents)
    result.removed += len(gone)


def _build(workspace_id: UUID, rows: Iterable[tuple[str, UUID]]) -> list[SearchDocument]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for kind, row_id in rows:
        ids[kind].append(row_id)
    return [each for kind in ids for each in BUILDERS[kind](workspace_id, ids[kind])]


def _all_documents() -> Iterator[SearchDocument]:
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        for batch in cut(list(find_all(workspace_id))):
            yield from _build(workspace_id, batch)
