"""A thread of each worker process that finds lost work, rings again, and clears what was left."""

import logging
import threading
from datetime import timedelta
from time import monotonic
from typing import Any

from celery.signals import worker_ready, worker_shutdown, worker_shutting_down
from django.conf import settings
from django.db import connection
from django.utils import timezone

from backend.common.errors import UnavailableError
from backend.discovery.digests.due import enqueue_due_digests
from backend.discovery.upkeep import have_index_compared, have_lost_index_filled
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState, SearchChange
from backend.jobs.services import QUEUES, enqueue_reindex, sweep_jobs
from worker import ledger
from worker.scratch import sweep_scratch

logger = logging.getLogger(__name__)

CHANGE_PATIENCE = timedelta(seconds=5)
RETRY_PATIENCE = timedelta(seconds=30)

STATISTICS_SECONDS = 3600.0
DIGEST_SECONDS = 60.0
COMPARISON_SECONDS = 3600.0

_is_over = threading.Event()
_statistics_due_at = float("-inf")
_digests_due_at = float("-inf")
_comparison_due_at = float("-inf")
# Set in the processes that do the work: the others need not know the index.
_keeps_index = threading.Event()


def ring_for_unseen_changes() -> int:
    """Enqueue a REINDEX where changes wait and no job will see them. Returns how many.

    After a failed one (the search server is down, say) it waits a while before it tries again.
    """
    now = timezone.now()
    waiting = set(
        SearchChange.objects.filter(created_at__lt=now - CHANGE_PATIENCE)
        .values_list("workspace_id", flat=True)
        .distinct()
    )
    jobs = Job.objects.filter(kind=JobKind.REINDEX, target_id__in=waiting)
    waiting -= set(jobs.filter(state__in=ACTIVE_STATES).values_list("target_id", flat=True))
    recently = jobs.filter(state=JobState.FAILED, finished_at__gt=now - RETRY_PATIENCE)
    waiting -= set(recently.values_list("target_id", flat=True))
    for workspace_id in waiting:
        enqueue_reindex(workspace_id)
    return len(waiting)


def refresh_statistics() -> None:
    """Tell SQLite's planner how rows are spread, about once an hour.

    Without it, twenty excerpts are looked up by reading every row of their workspace. Bounded, so
    it takes milliseconds at any size. PostgreSQL does this by itself.
    """
    global _statistics_due_at
    if connection.vendor != "sqlite" or monotonic() < _statistics_due_at:
        return
    _statistics_due_at = monotonic() + STATISTICS_SECONDS
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit=1000")
        cursor.execute("ANALYZE")


def ring_for_due_digests() -> None:
    """Enqueue the digests and mails that are due, about once a minute."""
    global _digests_due_at
    if monotonic() < _digests_due_at:
        return
    _digests_due_at = monotonic() + DIGEST_SECONDS
    enqueue_due_digests(timezone.now())


def watch_index() -> None:
    """Have a lost index filled at once, and the index compared with the database once an hour.

    Also when a worker starts: the folder may have come out of a backup.
    """
    global _comparison_due_at
    if not _keeps_index.is_set():
        return
    try:
        is_lost = have_lost_index_filled()
    except UnavailableError:
        return  # the engine is down, and has said so in the log
    if not is_lost and monotonic() >= _comparison_due_at:
        _comparison_due_at = monotonic() + COMPARISON_SECONDS
        have_index_compared()


def sweep_once() -> None:
    """One round of everything; what fails is logged and tried again in the next round."""
    for sweep in (
        sweep_jobs,
        ring_for_unseen_changes,
        ring_for_due_digests,
        watch_index,
        sweep_scratch,
        refresh_statistics,
    ):
        try:
            sweep()
        except Exception:
            logger.exception("A sweep failed (%s); it is tried again", sweep.__name__)
        finally:
            connection.close()


def _sweep_until_over() -> None:
    sweep_once()
    while not _is_over.wait(settings.JOB_SWEEP_SECONDS):
        sweep_once()


@worker_ready.connect
def start_sweeping(sender: Any, **_: Any) -> None:
    if QUEUES[JobKind.REINDEX] in sender.app.amqp.queues.consume_from:
        _keeps_index.set()
    threading.Thread(target=_sweep_until_over, name="sweeper", daemon=True).start()


@worker_shutting_down.connect
def stop_working(**_: Any) -> None:
    """Let the running job be given back, instead of making the operator wait for its end."""
    ledger.stopping.set()


@worker_shutdown.connect
def stop_sweeping(**_: Any) -> None:
    _is_over.set()
