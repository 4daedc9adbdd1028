"""Finds lost work. Safe to run in any number of processes at once."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from backend.jobs.models import ACTIVE_STATES, Job, JobState, Part
from backend.jobs.services import doorbell, leases
from backend.jobs.services.parts import SHARED, recover_parts


def sweep_jobs() -> int:
    """Reopen work whose worker was lost, and ring again for rows nobody heard.

    Returns for how many jobs something was done.
    """
    _give_up_exhausted()
    return _ring_for_waiting() + _recover_shared()


def _give_up_exhausted() -> None:
    Job.objects.filter(leases.exhausted()).update(
        state=JobState.FAILED,
        finished_at=timezone.now(),
        error_message=(
            f"The worker stopped {settings.JOB_ATTEMPTS_MAXIMUM} times in the middle of this."
        ),
        error_remedy="The recording is kept. Look at the worker's log and memory, then retry.",
    )


def _ring_for_waiting() -> int:
    waiting = list(
        Job.objects.filter(leases.claimable())
        .filter(_unheard() | Q(rung_at__lt=F("lease_until")))
        .order_by("created_at")
        .values_list("id", "kind")[:500]
    )
    Job.objects.filter(id__in=[job_id for job_id, _ in waiting]).update(rung_at=timezone.now())
    for job_id, kind in waiting:
        doorbell.ring(kind=kind, job_id=job_id)
    return len(waiting)


def _recover_shared() -> int:
    stuck = list(_stuck_shared().order_by("created_at").values_list("id", flat=True)[:500])
    for job_id in stuck:
        recover_parts(job_id)
    return len(stuck)


def _stuck_shared() -> QuerySet[Job]:
    """Shared jobs with a lost part nobody was rung for, or unheard ones, or with nothing open."""
    parts = Part.objects.filter(job=OuterRef("id"))
    has_open = Exists(parts.filter(state__in=ACTIVE_STATES))
    has_exhausted = Exists(parts.filter(leases.exhausted()))
    has_claimable = Exists(parts.filter(leases.claimable()))
    has_lost = Exists(parts.filter(leases.lost(), lease_until__gt=OuterRef("rung_at")))
    return Job.objects.filter(SHARED).filter(
        ~has_open | has_exhausted | has_lost | (Q(has_claimable) & _unheard())
    )


def _unheard() -> Q:
    """Rung for so long ago that it must have been missed.

    Without this, work that waits behind a long job would be rung for in every sweep.
    """
    patience = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    return Q(rung_at__isnull=True) | Q(rung_at__lt=timezone.now() - patience)
