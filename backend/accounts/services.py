"""Writing users, tokens and one-time links, and signing in."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.accounts.models import ApiToken, OneTimeLink, User, hash_secret, make_secret
from backend.common.errors import ConflictError, InvalidInputError, MissingError

LINK_LIFETIME = timedelta(days=2)


@transaction.atomic
def create_user(*, email: str, name: str, password: str | None) -> User:
    """Make a user; without a password, one who chooses it by a link.

    Raises InvalidInputError (weak password) or ConflictError (known e-mail).
    """
    if password is not None:
        check_password_strength(password, email=email, name=name)
    try:
        with transaction.atomic():
            return User.objects.create_user(email=email, name=name, password=password)
    except IntegrityError as error:
        raise ConflictError(
            "Somebody with this e-mail address has an account already.",
            remedy="Use another address, or invite that person by it.",
        ) from error


def check_password_strength(password: str, *, email: str = "", name: str = "") -> None:
    """Raises InvalidInputError that says what a good password needs."""
    try:
        password_validation.validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise InvalidInputError(
            " ".join(error.messages),
            remedy="Choose a longer password that is not a common word.",
            fields={"password": list(error.messages)},
        ) from error


def change_password(*, user: User, current: str, new: str) -> None:
    """Raises InvalidInputError, which names the field that is at fault."""
    if user.is_sample:
        raise InvalidInputError(
            "The people of the sample keep their password.",
            remedy="Add yourself to a workspace of your own; that password is yours to change.",
        )
    if not user.check_password(current):
        raise InvalidInputError(
            "This is not your current password.",
            remedy="Type the one you signed in with. Nothing was changed.",
            fields={"current": ["This is not your current password."]},
        )
    check_password_strength(new, email=user.email, name=user.name)
    user.set_password(new)
    user.save(update_fields=["password"])


def check_sign_in(request: Any, *, email: str, password: str) -> User:
    """Return the user of this e-mail and password. Raises InvalidInputError.

    The sample's users sign in only in the one-machine default, and only from the machine itself.
    """
    user = authenticate(request, username=email.strip().lower(), password=password)
    if not isinstance(user, User) or (user.is_sample and not may_use_sample_sign_in(request)):
        raise InvalidInputError(
            "The e-mail address and the password don't belong together.",
            remedy="Check both. An owner of your workspace can make a link for a new password.",
        )
    return user


def may_use_sample_sign_in(request: Any) -> bool:
    """Whether this request comes from the very machine of a one-machine installation."""
    if settings.IS_SERVED:
        return False
    # A proxy in front would make everybody look local.
    if request.META.get("HTTP_X_FORWARDED_FOR") or request.META.get("HTTP_FORWARDED"):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@transaction.atomic
def create_api_token(*, user: User, name: str) -> tuple[ApiToken, str]:
    """Make a token. Its secret is returned this once; only the hash is kept."""
    secret = make_secret()
    token = ApiToken.objects.create(
        user=user, name=name, prefix=secret[:8], secret_hash=hash_secret(secret)
    )
    return token, secret


def revoke_api_token(*, user: User, token_id: Any) -> None:
    """Delete a token of this user. Raises MissingError."""
    deleted, _ = ApiToken.objects.filter(user=user, id=token_id).delete()
    if not deleted:
        raise MissingError()


def create_one_time_link() -> str:
    """Make a link for the first owner and return its secret; it works once, for two days."""
    secret = make_secret()
    OneTimeLink.objects.create(
        secret_hash=hash_secret(secret), expires_at=timezone.now() + LINK_LIFETIME
    )
    return secret


def use_one_time_link(*, secret: str) -> None:
    """Use up a link, in the caller's transaction. Raises InvalidInputError."""
    used = OneTimeLink.objects.filter(
        secret_hash=hash_secret(secret), used_at__isnull=True, expires_at__gt=timezone.now()
    ).update(used_at=timezone.now())
    if not used:
        raise InvalidInputError(
            "This link has been used or is too old.",
            remedy="Make a new one on the server with “python manage.py first_owner_link”.",
        )
