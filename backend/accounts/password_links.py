"""Links with which somebody chooses a password: the first, or a new one for one that was lost.

Nothing is stored for a link: it is signed over the password that was there when it was made, the
time of the last sign-in, and what its person could reach. So it ends when it is used, when its
person signs in without it, and when they are let in elsewhere: whoever made it has no say there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.accounts.services import check_password_strength
from backend.common.errors import ConflictError, InvalidInputError

PATH = "/set-password?token="


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "earshot.password_links"

    def __init__(self, reach: str) -> None:
        super().__init__()
        self._reach = reach

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{self._reach}"


def make_password_link(user: User, *, reach: str) -> tuple[str, datetime]:
    """A path of this installation, and when it ends. Raises ConflictError for sample users.

    `reach` says what the user can reach now, the same text as long as that stays.
    """
    if user.is_sample:
        raise ConflictError(
            "The people of the sample keep their password.",
            remedy="It stands on the page where one signs in.",
        )
    lifetime = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    secret = f"{user.id.hex}.{_Tokens(reach).make_token(user)}"
    return PATH + secret, timezone.now() + lifetime


@transaction.atomic
def set_password_by_link(*, secret: str, password: str, reach_of: Callable[[User], str]) -> User:
    """Use a link up. Raises InvalidInputError: it is no longer good, or the password is weak."""
    user_id, _, token = secret.partition(".")
    users = User.objects.select_for_update().filter(is_active=True, is_sample=False)
    user = users.filter(id__in=_uuids(user_id)).first()
    if user is None or not _Tokens(reach_of(user)).check_token(user, token):
        raise InvalidInputError(
            "This link has been used or is too old.",
            remedy="Ask an owner of your workspace for a new one. Your password was not changed.",
        )
    check_password_strength(password, email=user.email, name=user.name)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def _uuids(written: str) -> list[UUID]:
    try:
        return [UUID(written)]
    except ValueError:
        return []
