"""Who signs in: users, their API tokens, and one-time links."""

import hashlib
import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from backend.common.entity import Entity


class UserManager(BaseUserManager["User"]):
    """Makes users, who are known by their e-mail address in lower case."""

    def create_user(self, *, email: str, name: str, password: str | None, **rest) -> "User":
        user = self.model(email=email.strip().lower(), name=name.strip(), **rest)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(Entity, AbstractBaseUser):
    """A person who signs in. What they may do is said by their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    # A sample user may sign in only on the machine itself; see accounts.services.
    is_sample = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


def hash_secret(secret: str) -> str:
    """SHA-256 of a secret of at least 32 random bytes, for which a slow hash adds nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_secret() -> str:
    """A new secret, safe in URLs and headers."""
    return secrets.token_urlsafe(32)


class ApiToken(Entity):
    """A key for scripts. Only its hash is kept; `prefix` helps its owner tell keys apart."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)
    secret_hash = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True)


class OneTimeLink(Entity):
    """A link that works once: it makes the first owner of a served installation."""

    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > timezone.now()
