"""The mail that says a digest is there: names of searches, numbers and links, never a quote.

What was sent can't be taken back. So whatever a participant might withdraw stays on the page.
"""

import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from backend.discovery.digests.choices import make_stop_token, may_mail
from backend.discovery.digests.reading import ReadDigest, find_digest
from backend.discovery.models import Digest
from backend.workspaces.models import Membership

# Longer than sending may take: nobody else sends meanwhile.
CLAIMED_FOR = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
# After that the next digest is near, and the page has had this one for days.
TRIED_FOR = timedelta(days=4)
MAIL_ERRORS = (smtplib.SMTPException, OSError)


def find_due_mails(membership_id: UUID, *, now: datetime) -> list[Digest]:
    """Digests of one member that a mail should tell of by now, the oldest first."""
    return list(
        Digest.objects.filter(
            user__memberships__id=membership_id,
            user__memberships__workspace=F("workspace"),
            mail_due_at__lte=now,
        ).order_by("week")
    )


def claim_mail(digest: Digest, *, now: datetime) -> bool:
    """Take the sending of this mail. False: it isn't due, or somebody else is at it.

    Whoever dies in the midst of sending leaves it due again: then a mail may come twice, with the
    same Message-ID, rather than never.
    """
    due = Digest.objects.filter(id=digest.id, mailed_at__isnull=True, mail_due_at__lte=now)
    return bool(due.update(mail_due_at=now + CLAIMED_FOR))


def put_off_mail(digest: Digest, error: Exception, *, now: datetime) -> str:
    """It was not sent: say why, and try again later, less and less often, for some days."""
    digest.refresh_from_db()
    digest.mail_tries += 1
    digest.mail_error = _explain(error)
    wait = min(FIRST_WAIT * 2 ** min(digest.mail_tries, 20), LONGEST_WAIT)
    may_try = now + wait < digest.created_at + TRIED_FOR
    digest.mail_due_at = now + wait if may_try else None
    digest.save(update_fields=["mail_tries", "mail_error", "mail_due_at", "updated_at"])
    return digest.mail_error


def _explain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "The mail server does not take mail for this address."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept the user name and password of EMAIL_URL."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return "The mail server does not take mail from the address in EMAIL_FROM."
    if isinstance(error, smtplib.SMTPException):
        return "The mail server did not take the mail."
    return "The mail server could not be reached."


def send_digest_mail(digest: Digest) -> None:
    """Send it with the rights of this moment. Raises MAIL_ERRORS."""
    member = Membership.objects.select_related("workspace", "user").filter(
        workspace_id=digest.workspace_id, user_id=digest.user_id, user__is_active=True
    )
    membership = member.first()
    content = find_digest(membership, digest.id) if membership else None
    if membership is None or content is None or not may_mail(membership):
        Digest.objects.filter(id=digest.id).update(mail_due_at=None)
        return
    _message(membership, content).send()
    # A moment later than the mail: see claim_mail.
    Digest.objects.filter(id=digest.id).update(
        mailed_at=timezone.now(), mail_due_at=None, mail_error=""
    )


def _message(membership: Membership, content: ReadDigest) -> EmailMultiAlternatives:
    front = f"{settings.PUBLIC_URL}/w/{membership.workspace_id}"
    token = quote(make_stop_token(membership.workspace_id, membership.user_id), safe="")
    values = {
        "name": membership.user.name,
        "workspace": " ".join(membership.workspace.name.split()),
        "digest": content,
        "address": f"{front}/digests/{content.row.id}",
        "settings_address": f"{front}/settings",
        "stop_address": f"{settings.PUBLIC_URL}/digest-mails/stop?token={token}",
    }
    stop = f"{settings.PUBLIC_URL}/api/digest-mails/stop?token={token}"
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "earshot"
    message = EmailMultiAlternatives(
        subject=f"New this week in {values['workspace']}",
        body=render_to_string("discovery/digest.txt", values),
        to=[membership.user.email],
        headers={
            "Message-ID": f"<{content.row.id}@{host}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("discovery/digest.html", values), "text/html")
    return message
