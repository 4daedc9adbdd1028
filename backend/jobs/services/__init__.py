"""The only code that moves jobs and their parts, and writes the outbox of search."""

from backend.jobs.services.changes import enqueue_reindex, record_change
from backend.jobs.services.doorbell import QUEUES, RECOGNISE_PART, task_name
from backend.jobs.services.jobs import (
    cancel_job,
    claim_job,
    enqueue_job,
    fail_job,
    finish_job,
    hand_over_job,
    hold_job,
    is_cancel_requested,
    release_job,
    renew_lease,
    report_progress,
    retry_job,
    stop_cancelled_job,
)
from backend.jobs.services.leases import LeaseLostError
from backend.jobs.services.parts import (
    add_parts,
    claim_part,
    fail_part,
    finish_part,
    open_parts,
    plan_parts,
    release_part,
    renew_part_lease,
)
from backend.jobs.services.sweep import sweep_jobs

__all__ = [
    "QUEUES",
    "RECOGNISE_PART",
    "LeaseLostError",
    "add_parts",
    "cancel_job",
    "claim_job",
    "claim_part",
    "enqueue_job",
    "enqueue_reindex",
    "fail_job",
    "fail_part",
    "finish_job",
    "finish_part",
    "hand_over_job",
    "hold_job",
    "is_cancel_requested",
    "open_parts",
    "plan_parts",
    "record_change",
    "release_job",
    "release_part",
    "renew_lease",
    "renew_part_lease",
    "report_progress",
    "retry_job",
    "stop_cancelled_job",
    "sweep_jobs",
    "task_name",
]
