"""Job reindex: the changes of one workspace are brought to the search index."""

from datetime import timedelta

from django.utils import timezone

from backend.discovery.services import apply_changes
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState
from worker.ledger import JobHandle

HISTORY = timedelta(hours=1)


def run_reindex(handle: JobHandle) -> None:
    """Apply what is in the outbox, unless another worker is at it for the same workspace."""
    job = handle.job
    if _is_under_way_elsewhere(job):
        return
    apply_changes(
        workspace_id=job.workspace_id,
        hold=handle.hold,
        on_progress=lambda done, total: handle.report(
            "indexing", done=done, total=total, unit="documents"
        ),
    )
    _forget_old_jobs(job)


def _is_under_way_elsewhere(job: Job) -> bool:
    """Two at once could write an old row over a new one. What the first one misses is swept up."""
    others = Job.objects.filter(
        kind=JobKind.REINDEX,
        target_id=job.target_id,
        state=JobState.RUNNING,
        lease_until__gt=timezone.now(),
    ).exclude(id=job.id)
    return any((other.started_at, other.id) < (job.started_at, job.id) for other in others)


def _forget_old_jobs(job: Job) -> None:
    """There is a job for every change; only the last hour of them is of any interest."""
    Job.objects.filter(
        kind=JobKind.REINDEX,
        target_id=job.target_id,
        finished_at__lt=timezone.now() - HISTORY,
    ).exclude(state__in=ACTIVE_STATES).delete()
