"""Signing in and out, and making the first owner of a served installation."""

from typing import Any

from django.contrib.auth import login, logout
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from backend.accounts.models import User
from backend.accounts.password_links import set_password_by_link
from backend.accounts.services import check_sign_in, may_use_sample_sign_in
from backend.workspaces import services
from backend.workspaces.models import Membership
from backend.workspaces.serializers import (
    FirstOwnerInputSerializer,
    PasswordByLinkSerializer,
    SignInInputSerializer,
    SignInSerializer,
)

SAMPLE_PASSWORD = "earshot-sample"


def describe_sign_in(request: Request) -> dict[str, Any]:
    """Who is signed in on this request, as SignInSerializer shows it."""
    user = request.user if isinstance(request.user, User) else None
    memberships = Membership.objects.select_related("workspace").filter(user=user)
    return SignInSerializer(
        {
            "user": user,
            "workspaces": memberships.order_by("workspace__name") if user else [],
            "sample_sign_ins": _sample_sign_ins() if may_use_sample_sign_in(request) else [],
            "needs_first_owner": not User.objects.filter(is_active=True).exists(),
        }
    ).data


def _sample_sign_ins() -> list[dict[str, str]]:
    samples = Membership.objects.select_related("user").filter(
        user__is_sample=True, workspace__is_sample=True
    )
    return [
        {
            "email": sample.user.email,
            "password": SAMPLE_PASSWORD,
            "name": sample.user.name,
            "role": sample.role,
        }
        for sample in samples.order_by("created_at")
    ]


class SignInReadView(APIView):
    """Who I am. Also sets the CSRF cookie that every later change must send back."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="sign_in_read", responses=SignInSerializer)
    def get(self, request: Request) -> Response:
        get_token(request._request)
        return Response(describe_sign_in(request))


# DRF checks CSRF only once signed in; a forged sign-in would put a victim into another account.
@method_decorator(csrf_protect, name="dispatch")
class SignInView(APIView):
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="sign_in", request=SignInInputSerializer, responses=SignInSerializer
    )
    def post(self, request: Request) -> Response:
        data = SignInInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        user = check_sign_in(request._request, **data.validated_data)
        return _answer_signed_in(request, user)


class SignOutView(APIView):
    @extend_schema(operation_id="sign_out", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


@method_decorator(csrf_protect, name="dispatch")
class FirstOwnerView(APIView):
    """Use the one-time link that the operator made on the server."""

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="first_owner_create",
        request=FirstOwnerInputSerializer,
        responses=SignInSerializer,
    )
    def post(self, request: Request) -> Response:
        data = FirstOwnerInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        user = services.create_first_owner(secret=values.pop("token"), **values)
        return _answer_signed_in(request, user)


@method_decorator(csrf_protect, name="dispatch")
class SetPasswordView(APIView):
    """Choose a password with a link that an owner handed over, and come in with it.

    Whoever was signed in by the password before is signed out.
    """

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="password_set",
        request=PasswordByLinkSerializer,
        responses=SignInSerializer,
    )
    def post(self, request: Request) -> Response:
        data = PasswordByLinkSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        user = set_password_by_link(
            secret=data.validated_data["token"],
            password=data.validated_data["password"],
            reach_of=services.reach_of,
        )
        return _answer_signed_in(request, user)


def _answer_signed_in(request: Request, user: User) -> Response:
    login(request._request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.user = user
    return Response(describe_sign_in(request))
