"""The only code that moves jobs: enqueue, ring, claim, report, finish, cancel, retry, sweep.

Every move is one conditional update, so it holds whatever the broker loses, repeats or reorders.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState, SearchChange, SubjectKind

logger = logging.getLogger(__name__)

QUEUES = {
    JobKind.PREPARE_MEDIA: "media",
    JobKind.IMPORT_TRANSCRIPT: "media",
    JobKind.TRANSCRIBE: "speech",
    JobKind.FIND_SPEAKERS: "speech",
    JobKind.REINDEX: "index",
}

# A thousand requests that join one waiting job need not ring a thousand times.
RING_AGAIN_AFTER = timedelta(seconds=1)


class LeaseLostError(Exception):
    """Another worker has claimed this job, or it is no longer running: stop and change nothing."""


def task_name(kind: str) -> str:
    """Name under which the worker registers the task of this kind of job."""
    return f"earshot.{kind}"


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
    _ring_on_commit(job)
    return job


def _ring_on_commit(job: Job) -> None:
    if job.rung_at is None or timezone.now() - job.rung_at > RING_AGAIN_AFTER:
        Job.objects.filter(id=job.id).update(rung_at=timezone.now())
        transaction.on_commit(lambda: ring(kind=job.kind, job_id=job.id))


def _lock_waiting(kind: str, target_id: UUID) -> Job | None:
    # Locked until the caller commits: a worker that claims this job afterwards sees the caller's
    # rows; without the lock it could run between, and miss them.
    return (
        Job.objects.select_for_update()
        .filter(kind=kind, target_id=target_id, state=JobState.QUEUED)
        .first()
    )


def ring(*, kind: str, job_id: UUID) -> None:
    """Send the doorbell. A lost one is harmless: the sweep rings again."""
    try:
        current_app.send_task(
            task_name(kind), args=[str(job_id)], queue=QUEUES[JobKind(kind)], retry=False
        )
    except Exception:
        logger.exception("The broker did not take the message for job %s", job_id)


def record_change(
    *, workspace_id: UUID, subject_kind: SubjectKind, subject_ids: Iterable[UUID]
) -> None:
    """Note, in the caller's transaction, that search must look at these rows again."""
    changes = [
        SearchChange(workspace_id=workspace_id, subject_kind=subject_kind, subject_id=subject_id)
        for subject_id in set(subject_ids)
    ]
    if not changes:
        return
    with transaction.atomic():
        SearchChange.objects.bulk_create(changes)
        enqueue_job(
            workspace_id=workspace_id,
            kind=JobKind.REINDEX,
            target_id=workspace_id,
            title="Search index",
        )


def claim_job(job_id: UUID, *, owner: str) -> Job | None:
    """Take the job, if it is waiting or its worker has been lost. None: somebody else has it."""
    now = timezone.now()
    claimed = (
        Job.objects.filter(id=job_id)
        .filter(
            Q(state=JobState.QUEUED)
            | Q(
                state=JobState.RUNNING,
                lease_until__lt=now,
                attempt__lt=settings.JOB_ATTEMPTS_MAXIMUM,
            )
        )
        .update(
            state=JobState.RUNNING,
            lease_owner=owner,
            lease_until=now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
            fence=F("fence") + 1,
            attempt=F("attempt") + 1,
            started_at=now,
            finished_at=None,
            error_message="",
            error_remedy="",
            error_detail="",
        )
    )
    return Job.objects.get(id=job_id) if claimed else None


def hold_job(job: Job, **changes: Any) -> None:
    """Change a running job if this claim still holds it. Raises LeaseLostError otherwise.

    Called first in the transaction that saves a result, it makes the result and the claim one:
    a worker whose job was taken over saves nothing.
    """
    held = Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING).update(
        updated_at=timezone.now(), **changes
    )
    if not held:
        raise LeaseLostError(f"Job {job.id} is no longer held under fence {job.fence}.")


def renew_lease(job: Job) -> bool:
    """Extend the lease. Returns whether somebody asked to cancel. Raises LeaseLostError."""
    hold_job(job, lease_until=timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS))
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
        changes["stage_started_at"] = timezone.now()
        job.stage = stage
    hold_job(job, **changes)


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


def cancel_job(*, job: Job) -> Job:
    """Cancel waiting work at once; ask running work to stop, which takes seconds."""
    Job.objects.filter(id=job.id, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    Job.objects.filter(id=job.id, state=JobState.RUNNING).update(is_cancel_requested=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(*, job: Job) -> Job:
    """Queue a failed or cancelled job again. Raises ConflictError if it is not over yet."""
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
        finished_at=None,
        rung_at=timezone.now(),
    )
    if not changed:
        raise ConflictError("This work is finished.", remedy="Start it anew if you want it again.")
    transaction.on_commit(lambda: ring(kind=job.kind, job_id=job.id))
    job.refresh_from_db()
    return job


def sweep_jobs() -> int:
    """Reopen work whose worker was lost, and ring again for rows nobody heard.

    Safe to run in any number of processes at once. Returns how many doorbells were rung.
    """
    now = timezone.now()
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    lost.filter(attempt__gte=settings.JOB_ATTEMPTS_MAXIMUM).update(
        state=JobState.FAILED,
        finished_at=now,
        error_message=(
            f"The worker stopped {settings.JOB_ATTEMPTS_MAXIMUM} times in the middle of this."
        ),
        error_remedy="The recording is kept. Look at the worker's log and memory, then retry.",
    )
    waiting = list(
        Job.objects.filter(
            Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
        )
        .filter(_unheard(now))
        .order_by("created_at")
        .values_list("id", "kind")[:500]
    )
    Job.objects.filter(id__in=[job_id for job_id, _ in waiting]).update(rung_at=now)
    for job_id, kind in waiting:
        ring(kind=kind, job_id=job_id)
    return len(waiting)


def _unheard(now: datetime) -> Q:
    """Not rung for since the worker was lost, or so long ago that it must have been missed.

    Without this, work that waits behind a long job would be rung for in every sweep.
    """
    patience = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    return Q(rung_at__isnull=True) | Q(rung_at__lt=now - patience) | Q(rung_at__lt=F("lease_until"))
