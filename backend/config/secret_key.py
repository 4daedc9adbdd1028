"""The key that signs cookies: made once on one machine, demanded of a served installation."""

import os
import secrets
from pathlib import Path


class SecretKeyMissingError(RuntimeError):
    """A served installation must be given its key."""


def read_or_make_secret_key(path: Path, *, may_make: bool) -> str:
    """Return the key in `path`, making it (mode 600) when allowed. Raises SecretKeyMissingError."""
    if path.exists():
        return path.read_text().strip()
    if not may_make:
        raise SecretKeyMissingError(
            "Set SECRET_KEY in the environment (50 random characters), then start again."
        )
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was first
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
