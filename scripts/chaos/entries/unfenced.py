"""Broken on purpose: whoever once held a row may change it for ever. The checker must see it."""

from typing import Any

from django.utils import timezone

from backend.jobs.services import leases
from scripts.chaos.entries import instant


def prepare() -> None:
    instant.prepare()
    leases.hold = hold_without_fence


def hold_without_fence(row: Any, **changes: Any) -> None:
    type(row).objects.filter(id=row.id).update(updated_at=timezone.now(), **changes)
