"""When digests are due: on Mondays at eight, by the clock of each reader."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery

from backend.discovery.models import Digest, DigestChoice, SavedSearch
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState
from backend.jobs.services import enqueue_job
from backend.workspaces.models import Membership

DUE_AT = time(8)
WEEK = timedelta(days=7)
# What was marked in the last moments before a digest is due has reached search by then.
GRACE = timedelta(minutes=1)
RETRY_PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class DueWeek:
    """A week, by its Monday, and the moment its digest became due."""

    week: date
    moment: datetime


def zone_of(name: str) -> ZoneInfo:
    """The reader's time zone, or the server's where theirs is not known."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def last_due(now: datetime, zone: ZoneInfo) -> DueWeek:
    """The last week whose digest is due."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    if _due_on(monday, zone) > now - GRACE:
        monday -= WEEK
    return DueWeek(monday, _due_on(monday, zone))


def next_due(now: datetime, zone: ZoneInfo) -> datetime:
    """When the next digest comes."""
    return _due_on(last_due(now, zone).week + WEEK, zone)


def _due_on(monday: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(monday, DUE_AT, zone).astimezone(UTC)


def enqueue_due_digests(now: datetime) -> int:
    """Enqueue a job for each reader whose digest or mail is due. Returns how many.

    Safe in any number of processes: the rows of digests decide what there is to do. Some queries,
    however many readers.
    """
    waiting = _unwritten(now) | _unmailed(now)
    jobs = Job.objects.filter(kind=JobKind.SEND_DIGEST, target_id__in=waiting)
    busy = set(jobs.filter(state__in=ACTIVE_STATES).values_list("target_id", flat=True))
    recently = jobs.filter(state=JobState.FAILED, finished_at__gt=now - RETRY_PATIENCE)
    busy |= set(recently.values_list("target_id", flat=True))
    for membership_id in waiting.keys() - busy:
        enqueue_job(
            workspace_id=waiting[membership_id],
            kind=JobKind.SEND_DIGEST,
            target_id=membership_id,
            title="Weekly digest",
        )
    return len(waiting.keys() - busy)


def _unwritten(now: datetime) -> dict[UUID, UUID]:
    """Memberships whose last due week has no digest yet, and their workspaces."""
    found: dict[UUID, UUID] = {}
    weeks: dict[str, DueWeek] = {}
    for membership_id, workspace_id, since, name, week in _readers():
        due = weeks.setdefault(name or "", last_due(now, zone_of(name or "")))
        if since < due.moment and (week is None or week < due.week):
            found[membership_id] = workspace_id
    return found


def _readers() -> QuerySet[Any, Any]:
    """(membership, workspace, since when a search is in, time zone, last week) for each search."""
    mine = {"workspace": OuterRef("workspace"), "user": OuterRef("user")}
    weeks = Digest.objects.filter(**mine).order_by("-week").values("week")[:1]
    zones = DigestChoice.objects.filter(**mine).values("time_zone")[:1]
    return (
        SavedSearch.objects.kept()
        .filter(
            in_digest_since__isnull=False,
            user__is_active=True,
            user__memberships__workspace=F("workspace"),
        )
        .order_by()
        .values_list(
            "user__memberships__id",
            "workspace_id",
            "in_digest_since",
            Subquery(zones),
            Subquery(weeks),
        )
    )


def _unmailed(now: datetime) -> dict[UUID, UUID]:
    waiting = Membership.objects.filter(
        user__digests__workspace=F("workspace"), user__digests__mail_due_at__lte=now
    )
    return dict(waiting.values_list("id", "workspace_id"))
