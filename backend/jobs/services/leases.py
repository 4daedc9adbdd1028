"""Leases and fences, for whatever rows have them: jobs and parts of jobs.

A claim sets a lease and raises the fence, in one conditional update. Whoever holds an older fence
has lost the row, and can change nothing any more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from backend.jobs.models import JobState


class LeaseLostError(Exception):
    """Another worker has claimed this row, or it is no longer running: stop and change nothing."""


def new_lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claimable() -> Q:
    """Waiting, or its worker has been lost and it may be tried once more."""
    return Q(state=JobState.QUEUED) | Q(lost(), attempt__lt=settings.JOB_ATTEMPTS_MAXIMUM)


def exhausted() -> Q:
    """Its worker has been lost as often as it may be."""
    return Q(lost(), attempt__gte=settings.JOB_ATTEMPTS_MAXIMUM)


def lost() -> Q:
    return Q(state=JobState.RUNNING, lease_until__lt=timezone.now())


def claim(rows: QuerySet[Any], *, owner: str, **changes: Any) -> bool:
    """Take the row, if it is claimable. False: somebody else has it."""
    claimed = rows.filter(claimable()).update(
        state=JobState.RUNNING,
        lease_owner=owner,
        lease_until=new_lease(),
        fence=F("fence") + 1,
        attempt=F("attempt") + 1,
        **changes,
    )
    return bool(claimed)


def hold(row: Any, **changes: Any) -> None:
    """Change a running row if this claim still holds it. Raises LeaseLostError otherwise."""
    rows = type(row).objects.filter(id=row.id, fence=row.fence, state=JobState.RUNNING)
    if not rows.update(updated_at=timezone.now(), **changes):
        raise LeaseLostError(f"{row} is no longer held under fence {row.fence}.")
