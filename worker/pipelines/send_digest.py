"""Job send_digest: the weekly digest of one member is written, and a mail says that it is there."""

import logging

from django.utils import timezone

from backend.discovery.digests.mail import MAIL_ERRORS, claim_mail, put_off_mail, send_digest_mail
from backend.discovery.digests.writing import write_due_digest
from backend.jobs.models import ACTIVE_STATES, Job, JobKind
from worker.ledger import JobFailedError, JobHandle

logger = logging.getLogger(__name__)


def run_send_digest(handle: JobHandle) -> None:
    """Write it, unless it is there; mail it, unless it was mailed or nobody wants that."""
    digest = write_due_digest(membership_id=handle.job.target_id, hold=handle.hold)
    handle.check()
    if digest and claim_mail(digest, now=timezone.now()):
        try:
            send_digest_mail(digest)
        except MAIL_ERRORS as error:
            said = put_off_mail(digest, error, now=timezone.now())
            raise JobFailedError(said, remedy="It is tried again by itself.") from error
    _forget_older_jobs(handle.job)


def _forget_older_jobs(job: Job) -> None:
    Job.objects.filter(
        kind=JobKind.SEND_DIGEST, target_id=job.target_id, created_at__lt=job.created_at
    ).exclude(state__in=ACTIVE_STATES).delete()
