"""Broken on purpose: whoever once held a row may change it for ever. The checker must see it."""

from typing import Any

from django.utils import timezone

from backend.jobs.services import leases
from scripts.chaos.entries import instant
from scripts.chaos.instant import InstantEngine


def prepare() -> None:
    # Slow enough for a worker that comes back to find the job still going on.
    instant.prepare(InstantEngine(seconds_a_window=0.4))
    leases.hold = hold_without_fence


def hold_without_fence(row: Any, **changes: Any) -> None:
    type(row).objects.filter(id=row.id).update(updated_at=timezone.now(), **changes)
