"""Errors that services raise, and the one place that turns any error into an answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


class EarshotError(Exception):
    """Something a person can be told. `message` says what happened, `remedy` what to do."""

    status = 400
    code = "invalid"
    headers: dict[str, str] = {}

    def __init__(
        self, message: str, *, remedy: str = "", fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.fields = fields or {}


class InvalidInputError(EarshotError):
    """The request can't be understood or breaks a rule."""


class NotAllowedError(EarshotError):
    """The person is a member, but their role may not do this."""

    status = 403
    code = "not_allowed"


class MissingError(EarshotError):
    """There is no such thing here, or it belongs to somebody else: both look the same."""

    status = 404
    code = "not_found"

    def __init__(self, message: str = "There is nothing here.", **rest: Any) -> None:
        rest.setdefault("remedy", "It may have been deleted, or you may not have access to it.")
        super().__init__(message, **rest)


class ConflictError(EarshotError):
    """The thing has changed or is busy."""

    status = 409
    code = "conflict"


class QuotaError(EarshotError):
    """There is no room for this."""

    status = 413
    code = "no_room"


class UnavailableError(EarshotError):
    """A part of the product is down; the rest goes on."""

    status = 503
    code = "unavailable"


_MESSAGES = {
    401: ("not_signed_in", "You are not signed in.", "Sign in, then try again."),
    403: ("not_allowed", "You may not do this.", "Ask an owner of the workspace."),
    404: ("not_found", "There is nothing here.", "It may have been deleted, or moved."),
    405: ("invalid", "This address does not take that kind of request.", ""),
    415: ("invalid", "This kind of content is not understood here.", "Send JSON."),
    429: ("too_many", "Too many tries.", "Wait a minute, then try again."),
}


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error as {code, message, remedy, fields}."""
    if isinstance(error, EarshotError):
        return Response(_body(error), status=error.status, headers=error.headers or None)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        response.data = _validation_body(error)
        return response
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response.status_code = 401
    code, message, remedy = _MESSAGES.get(
        response.status_code, ("invalid", str(getattr(error, "detail", error)), "")
    )
    response.data = {"code": code, "message": message, "remedy": remedy, "fields": {}}
    return response


def _body(error: EarshotError) -> dict[str, Any]:
    return {
        "code": error.code,
        "message": error.message,
        "remedy": error.remedy,
        "fields": error.fields,
    }


def _validation_body(error: exceptions.ValidationError) -> dict[str, Any]:
    fields = _flatten(error.detail)
    first = next(((name, texts[0]) for name, texts in fields.items() if texts), ("", ""))
    name, text = first
    message = f"{name}: {text}" if name else text or "Something in the request is not right."
    return {
        "code": "invalid",
        "message": message,
        "remedy": "Correct it, then try again.",
        "fields": fields,
    }


def _flatten(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    if isinstance(detail, dict):
        flat: dict[str, list[str]] = {}
        for key, value in detail.items():
            name = prefix if key == "non_field_errors" else f"{prefix}.{key}".strip(".")
            flat.update(_flatten(value, name))
        return flat
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        flat = {}
        for index, item in enumerate(detail):
            if item:
                flat.update(_flatten(item, f"{prefix}.{index}".strip(".")))
        return flat
    items = detail if isinstance(detail, list) else [detail]
    return {prefix: [str(item) for item in items]}
