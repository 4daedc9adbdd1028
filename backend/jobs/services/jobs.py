"""Moves jobs: enqueue, claim, report, hand over, finish, cancel, retry.

Every move is one conditional update, so it holds whatever the broker loses, repeats or reorders.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState
from backend.jobs.services import leases, parts
from backend.jobs.services.doorbell import RECOGNISE_PART, ring_on_commit, was_just_rung


@transaction.atomic
def enqueue_job(
    *,
    workspace_id: UUID,
    kind: JobKind,
    target_id: UUID,
    title: str = "",
    study_id: UUID | None = None,
    session_id: UUID | None = None,
    source_id: UUID | None = None,
    options: dict[str, Any] | None = None,
    user: Any = None,
) -> Job:
    """Write a job in the caller's transaction and ring for a worker once that commits.

    If the same work is already waiting, that job is returned: a request joins it.
    """
    job = _lock_waiting(kind, target_id)
    if job is None:
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    workspace_id=workspace_id,
                    kind=kind,
                    target_id=target_id,
                    title=title[:300],
                    study_id=study_id,
                    session_id=session_id,
                    source_id=source_id,
                    options=options or {},
                    created_by=user,
                )
        except IntegrityError:
            job = _lock_waiting(kind, target_id)
            if job is None:
                raise
    if not was_just_rung(job):
        ring_on_commit(job)
    return job


def _lock_waiting(kind: str, target_id: UUID) -> Job | None:
    # Locked until the caller commits: a worker that claims this job afterwards sees the caller's
    # rows; without the lock it could run between, and miss them.
    return (
        Job.objects.select_for_update()
        .filter(kind=kind, target_id=target_id, state=JobState.QUEUED)
        .first()
    )


def claim_job(job_id: UUID, *, owner: str) -> Job | None:
    """Take the job, if it is waiting or its worker has been lost. None: somebody else has it."""
    is_mine = leases.claim(
        Job.objects.filter(id=job_id),
        owner=owner,
        started_at=Coalesce("started_at", Value(timezone.now())),
        finished_at=None,
        error_message="",
        error_remedy="",
        error_detail="",
    )
    return Job.objects.get(id=job_id) if is_mine else None


def hold_job(job: Job, **changes: Any) -> None:
    """Change a running job if this claim still holds it. Raises LeaseLostError otherwise.

    Called first in the transaction that saves a result, it makes the result and the claim one:
    a worker whose job was taken over saves nothing.
    """
    leases.hold(job, **changes)


def renew_lease(job: Job) -> bool:
    """Extend the lease. Returns whether somebody asked to cancel. Raises LeaseLostError."""
    hold_job(job, lease_until=leases.new_lease())
    return is_cancel_requested(job)


def is_cancel_requested(job: Job) -> bool:
    return Job.objects.filter(id=job.id, is_cancel_requested=True).exists()


def report_progress(job: Job, *, stage: str, done: int = 0, total: int = 0, unit: str = "") -> None:
    """Say how far the job is. Raises LeaseLostError."""
    changes: dict[str, Any] = {
        "stage": stage,
        "progress_done": done,
        "progress_total": total,
        "progress_unit": unit,
    }
    if stage != job.stage:
        changes |= {"stage_started_at": timezone.now(), "stage_started_done": done}
        job.stage = stage
    hold_job(job, **changes)


def hand_over_job(job: Job) -> None:
    """Leave the job to whoever takes its parts, in the caller's transaction.

    It stays running without a lease; the end of its last part makes it claimable again. The tries
    of this step don't count for the next. Raises LeaseLostError.
    """
    # The fence is raised, so that a last heartbeat of this claim can't set a lease again.
    hold_job(job, lease_until=None, lease_owner="", attempt=0, fence=F("fence") + 1)
    ring_on_commit(job, kind=RECOGNISE_PART)


def finish_job(job: Job, *, notice: str = "") -> None:
    """The work is done. Raises LeaseLostError."""
    hold_job(
        job,
        state=JobState.SUCCEEDED,
        notice=notice,
        finished_at=timezone.now(),
        lease_until=None,
    )


def fail_job(job: Job, *, message: str, remedy: str, detail: str = "") -> None:
    """The work can't be done; say why and what to do. Raises LeaseLostError."""
    hold_job(
        job,
        state=JobState.FAILED,
        error_message=message,
        error_remedy=remedy,
        error_detail=detail[-10_000:],
        finished_at=timezone.now(),
        lease_until=None,
    )


def stop_cancelled_job(job: Job) -> None:
    """A running job has heard that it was cancelled. Raises LeaseLostError."""
    hold_job(job, state=JobState.CANCELLED, finished_at=timezone.now(), lease_until=None)


def release_job(job: Job) -> None:
    """Give a running job back untouched, because this worker stops. Raises LeaseLostError.

    Its lease ends now, so the next sweep rings for it; the try does not count.
    """
    hold_job(job, lease_until=timezone.now(), attempt=F("attempt") - 1)


@transaction.atomic
def cancel_job(*, job: Job) -> Job:
    """Cancel work at once that no worker holds; ask the job's worker to stop, which takes seconds.

    Workers that have parts of the job hear of it through their leases.
    """
    # Locked, so that it can't be handed over between the question and the answer.
    row = Job.objects.select_for_update().get(id=job.id)
    is_held = row.lease_until is not None and row.lease_until >= timezone.now()
    if row.state == JobState.QUEUED or (row.state == JobState.RUNNING and not is_held):
        Job.objects.filter(id=job.id).update(state=JobState.CANCELLED, finished_at=timezone.now())
        parts.stop_parts(row)
    elif row.state == JobState.RUNNING:
        Job.objects.filter(id=job.id).update(is_cancel_requested=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(*, job: Job) -> Job:
    """Queue a failed or cancelled job again; parts that are done stay done.

    Raises ConflictError if it is not over yet.
    """
    if Job.objects.filter(kind=job.kind, target_id=job.target_id, state__in=ACTIVE_STATES).exists():
        raise ConflictError(
            "This work is already under way.", remedy="Wait for it, or cancel it first."
        )
    changed = Job.objects.filter(id=job.id, state__in=[JobState.FAILED, JobState.CANCELLED]).update(
        state=JobState.QUEUED,
        attempt=0,
        stage="",
        progress_done=0,
        progress_total=0,
        is_cancel_requested=False,
        error_message="",
        error_remedy="",
        started_at=None,
        finished_at=None,
    )
    if not changed:
        raise ConflictError("This work is finished.", remedy="Start it anew if you want it again.")
    parts.reopen_parts(job)
    ring_on_commit(job)
    job.refresh_from_db()
    return job
