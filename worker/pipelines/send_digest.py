"""Job send_digest: the weekly digest of one member is written, and a mail says that it is there."""

from django.utils import timezone

from backend.discovery.digests.mail import (
    MAIL_ERRORS,
    claim_mail,
    find_due_mails,
    put_off_mail,
    send_digest_mail,
)
from backend.discovery.digests.writing import write_due_digest
from backend.discovery.models import Digest
from backend.jobs.models import ACTIVE_STATES, Job, JobKind
from worker.ledger import JobFailedError, JobHandle


def run_send_digest(handle: JobHandle) -> None:
    """Write it, unless it is there; mail it, unless it was mailed or nobody wants that."""
    write_due_digest(membership_id=handle.job.target_id, hold=handle.hold)
    for digest in find_due_mails(handle.job.target_id, now=timezone.now()):
        handle.check()
        if claim_mail(digest, now=timezone.now()):
            _send(digest)
    _forget_older_jobs(handle.job)


def _send(digest: Digest) -> None:
    try:
        send_digest_mail(digest)
    except MAIL_ERRORS as error:
        said = put_off_mail(digest, error, now=timezone.now())
        raise JobFailedError(said, remedy="It is tried again by itself.") from error


def _forget_older_jobs(job: Job) -> None:
    Job.objects.filter(
        kind=JobKind.SEND_DIGEST, target_id=job.target_id, created_at__lt=job.created_at
    ).exclude(state__in=ACTIVE_STATES).delete()
