"""The doorbell: messages that carry one id and say that a row of the ledger waits."""

import logging
from datetime import timedelta
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.utils import timezone

from backend.jobs.models import Job, JobKind

logger = logging.getLogger(__name__)

# Not a kind of job: any worker may take a part of this one.
RECOGNISE_PART = "recognise_part"

QUEUES: dict[str, str] = {
    JobKind.PREPARE_MEDIA: "media",
    JobKind.IMPORT_TRANSCRIPT: "media",
    JobKind.TRANSCRIBE: "speech",
    JobKind.FIND_SPEAKERS: "speech",
    JobKind.REINDEX: "index",
    # A mail server that is slow to answer must not keep search waiting.
    JobKind.SEND_DIGEST: "media",
    RECOGNISE_PART: "speech",
}

# A thousand requests that join one waiting job need not ring a thousand times.
RING_AGAIN_AFTER = timedelta(seconds=1)


def task_name(kind: str) -> str:
    """Name under which the worker registers the task of this kind of job."""
    return f"earshot.{kind}"


def ring(*, kind: str, job_id: UUID) -> None:
    """Send the doorbell. A lost one is harmless: the sweep rings again."""
    try:
        current_app.send_task(task_name(kind), args=[str(job_id)], queue=QUEUES[kind], retry=False)
    except Exception:
        logger.exception("The broker did not take the message for job %s", job_id)


def ring_on_commit(job: Job, *, kind: str = "") -> None:
    """Ring for the job, or for its parts, once the caller's transaction commits."""
    Job.objects.filter(id=job.id).update(rung_at=timezone.now())
    transaction.on_commit(lambda: ring(kind=kind or job.kind, job_id=job.id))


def was_just_rung(job: Job) -> bool:
    return job.rung_at is not None and timezone.now() - job.rung_at <= RING_AGAIN_AFTER
