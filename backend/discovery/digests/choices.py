"""How somebody wants their digests: by mail or not, and by which clock."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing

from backend.discovery.models import Digest, DigestChoice
from backend.workspaces.models import Membership

_SALT = "earshot.digest-mails"


def read_choice(workspace_id: UUID, user_id: UUID) -> DigestChoice:
    row = DigestChoice.objects.filter(workspace_id=workspace_id, user_id=user_id).first()
    return row or DigestChoice(workspace_id=workspace_id, user_id=user_id)


def choose(*, workspace_id: UUID, user_id: UUID, **changes: Any) -> DigestChoice:
    """Change is_mailed or time_zone. Without mails, none that waits is sent either."""
    row, _ = DigestChoice.objects.update_or_create(
        workspace_id=workspace_id, user_id=user_id, defaults=changes
    )
    if changes.get("is_mailed") is False:
        Digest.objects.filter(workspace_id=workspace_id, user_id=user_id).update(mail_due_at=None)
    return row


def may_mail(membership: Membership) -> bool:
    """Whether this member gets digests by mail. Sample users have no address."""
    if not settings.HAS_MAIL or membership.user.is_sample:
        return False
    return read_choice(membership.workspace_id, membership.user_id).is_mailed


def make_stop_token(workspace_id: UUID, user_id: UUID) -> str:
    """What lets somebody stop their mails of a workspace without signing in, and nothing else."""
    return signing.dumps([str(workspace_id), str(user_id)], salt=_SALT, compress=True)


def stop_mails(*, token: str, is_mailed: bool = False) -> bool:
    """Stop the mails, or begin again. False: this token is not of ours.

    For somebody who has left there is nothing to stop, and the answer is the same.
    """
    try:
        workspace_id, user_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return False
    if Membership.objects.filter(workspace_id=workspace_id, user_id=user_id).exists():
        choose(workspace_id=UUID(workspace_id), user_id=UUID(user_id), is_mailed=is_mailed)
    return True
