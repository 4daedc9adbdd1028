"""Moves parts of jobs: plan, claim, hold, finish, fail, give back.

While a job is shared (running, without a lease of its own) any worker may take its parts. Whatever
moves a part locks its job first, so that counting what is open is exact.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from backend.jobs.models import ACTIVE_STATES, Job, JobState, Part
from backend.jobs.services import leases
from backend.jobs.services.doorbell import RECOGNISE_PART, ring_on_commit
from backend.jobs.services.leases import LeaseLostError

SHARED = Q(state=JobState.RUNNING, lease_until__isnull=True)


def plan_parts(*, job: Job, parts: Iterable[Part]) -> None:
    """Give the job these parts instead of those it had, in the caller's transaction."""
    job.parts.all().delete()
    add_parts(parts)


def add_parts(parts: Iterable[Part]) -> None:
    """Give a job more parts than it has, in the caller's transaction."""
    Part.objects.bulk_create(parts)


def open_parts(job: Job) -> QuerySet[Part]:
    """Parts that wait or are being worked on."""
    return Part.objects.filter(job=job, state__in=ACTIVE_STATES)


@transaction.atomic
def claim_part(job_id: UUID, *, owner: str) -> Part | None:
    """Take the first part of a shared job that nobody works on. None: there is none.

    Rings for the next worker while more parts wait, unless as many as may share one job do so
    already: then the end of a part rings.
    """
    job = _lock_shared(job_id)
    part = Part.objects.filter(leases.claimable(), job=job).first() if job else None
    if job is None or part is None:
        return None
    leases.claim(Part.objects.filter(id=part.id), owner=owner)
    if _count_workers(job) < settings.JOB_PARTS_AT_ONCE and _has_claimable(job):
        ring_on_commit(job, kind=RECOGNISE_PART)
    part.refresh_from_db()
    return part


def renew_part_lease(part: Part) -> None:
    """Extend the lease. Raises LeaseLostError, also when the job was cancelled."""
    leases.hold(part, lease_until=leases.new_lease())


@transaction.atomic
def finish_part(part: Part, *, result: Any, progress: int = 0) -> Job:
    """The part is done, and the job that much further. Returns the job, locked.

    What is saved in the same transaction is saved once. Raises LeaseLostError.
    """
    return _end_part(part, progress=progress, state=JobState.SUCCEEDED, result=result)


@transaction.atomic
def fail_part(part: Part, *, message: str) -> Job:
    """The part can't be done; the rest goes on. Returns the job, locked. Raises LeaseLostError."""
    return _end_part(part, state=JobState.FAILED, error_message=message)


@transaction.atomic
def release_part(part: Part) -> None:
    """Give a part back untouched, because this worker stops. Raises LeaseLostError."""
    job = _lock_shared(part.job_id)
    if job is None:
        raise LeaseLostError(f"The job of {part} is over.")
    leases.hold(part, state=JobState.QUEUED, lease_until=None, attempt=F("attempt") - 1)
    ring_on_commit(job, kind=RECOGNISE_PART)


def stop_parts(job: Job) -> None:
    """Take the job's parts from their workers: they can save nothing any more."""
    Part.objects.filter(job=job, state=JobState.RUNNING).update(
        state=JobState.QUEUED, lease_until=None, fence=F("fence") + 1
    )


def reopen_parts(job: Job) -> None:
    """What is not done yet may be tried again, as if it were new."""
    Part.objects.filter(job=job).exclude(state=JobState.SUCCEEDED).update(
        state=JobState.QUEUED,
        lease_until=None,
        fence=F("fence") + 1,
        attempt=0,
        error_message="",
    )


@transaction.atomic
def recover_parts(job_id: UUID) -> None:
    """Give up what has killed its worker too often; ring for what was lost or nobody heard."""
    job = _lock_shared(job_id)
    if job is None:
        return
    Part.objects.filter(leases.exhausted(), job=job).update(
        state=JobState.FAILED,
        lease_until=None,
        error_message=(
            f"The worker stopped {settings.JOB_ATTEMPTS_MAXIMUM} times in the middle of this."
        ),
    )
    if not open_parts(job).exists():
        _move_on(job)
    elif _has_claimable(job):
        ring_on_commit(job, kind=RECOGNISE_PART)


def _end_part(part: Part, *, progress: int = 0, **changes: Any) -> Job:
    job = _lock_shared(part.job_id)
    if job is None:
        raise LeaseLostError(f"The job of {part} is over.")
    is_crowded = _count_workers(job) >= settings.JOB_PARTS_AT_ONCE
    leases.hold(part, lease_until=None, **changes)
    if progress:
        Job.objects.filter(id=job.id).update(progress_done=F("progress_done") + progress)
    if not open_parts(job).exists():
        _move_on(job)
    elif is_crowded and _has_claimable(job):
        ring_on_commit(job, kind=RECOGNISE_PART)
    return job


def _lock_shared(job_id: UUID) -> Job | None:
    return Job.objects.select_for_update().filter(SHARED, id=job_id).first()


def _has_claimable(job: Job) -> bool:
    return Part.objects.filter(leases.claimable(), job=job).exists()


def _count_workers(job: Job) -> int:
    now = timezone.now()
    return Part.objects.filter(job=job, state=JobState.RUNNING, lease_until__gte=now).count()


def _move_on(job: Job) -> None:
    """All parts are over: whoever claims the job next brings it to its end."""
    Job.objects.filter(id=job.id).update(lease_until=timezone.now())
    ring_on_commit(job)
