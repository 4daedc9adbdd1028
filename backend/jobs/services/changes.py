"""The outbox of search: what changed is noted in the transaction that changes it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from backend.jobs.models import JobKind, SearchChange, SubjectKind
from backend.jobs.services.jobs import enqueue_job


def record_change(
    *, workspace_id: UUID, subject_kind: SubjectKind, subject_ids: Iterable[UUID]
) -> None:
    """Note, in the caller's transaction, that search must look at these rows again.

    The job is enqueued once that commits: everybody in the workspace would have to wait for its
    row, while holding rows that others want. Where that fails, the sweep sees what waits here.
    """
    changes = [
        SearchChange(workspace_id=workspace_id, subject_kind=subject_kind, subject_id=subject_id)
        for subject_id in set(subject_ids)
    ]
    if not changes:
        return
    with transaction.atomic():
        SearchChange.objects.bulk_create(changes)
        transaction.on_commit(lambda: enqueue_reindex(workspace_id), robust=True)


@transaction.atomic
def enqueue_reindex(workspace_id: UUID) -> None:
    """Have somebody look at what waits in the outbox of this workspace, and at the index itself."""
    enqueue_job(
        workspace_id=workspace_id,
        kind=JobKind.REINDEX,
        target_id=workspace_id,
        title="Search index",
    )
