"""Links with which somebody chooses a password: the first, or a new one for one that was lost.

Nothing is stored for a link: it is signed over the password that was there when it was made, and
the time of the last sign-in. So it ends when it is used, or when its person signs in without it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.accounts.services import check_password_strength
from backend.common.errors import ConflictError, InvalidInputError

PATH = "/set-password?token="


def make_password_link(user: User) -> tuple[str, datetime]:
    """A path of this installation, and when it ends. Raises ConflictError for sample users."""
    if user.is_sample:
        raise ConflictError(
            "The people of the sample keep their password.",
            remedy="It stands on the page where one signs in.",
        )
    lifetime = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    secret = f"{user.id.hex}.{default_token_generator.make_token(user)}"
    return PATH + secret, timezone.now() + lifetime


@transaction.atomic
def set_password_by_link(*, secret: str, password: str) -> User:
    """Use a link up. Raises InvalidInputError: it is no longer good, or the password is weak."""
    user_id, _, token = secret.partition(".")
    users = User.objects.select_for_update().filter(is_active=True, is_sample=False)
    user = users.filter(id__in=_uuids(user_id)).first()
    if user is None or not default_token_generator.check_token(user, token):
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
