"""Signing in by API token: `Authorization: Bearer <token>`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from backend.accounts.models import ApiToken, User, hash_secret


class ApiTokenAuthentication(BaseAuthentication):
    """Finds the user of a bearer token by the token's hash."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            ApiToken.objects.select_related("user")
            .filter(secret_hash=hash_secret(secret.strip()), user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed()
        self._note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @staticmethod
    def _note_use(token: ApiToken) -> None:
        # A write per request would serialise every reader on SQLite: once a minute is enough.
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
            ApiToken.objects.filter(id=token.id).update(last_used_at=now)


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI schema describes bearer tokens."""

    target_class = ApiTokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
