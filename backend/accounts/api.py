"""A user's own password and API tokens."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from backend.accounts import services
from backend.accounts.models import ApiToken, User
from backend.accounts.serializers import (
    ApiTokenInputSerializer,
    ApiTokenSerializer,
    NewApiTokenSerializer,
    PasswordChangeSerializer,
)


def _me(request: Request) -> User:
    assert isinstance(request.user, User), "these views are for those signed in"
    return request.user


class MyPasswordView(APIView):
    """Change one's own password. Every other browser is signed out by it; tokens stay."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="my_password_change", request=PasswordChangeSerializer, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        data = PasswordChangeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        user = _me(request)
        services.change_password(
            user=user,
            current=data.validated_data["current"],
            new=data.validated_data["password"],
        )
        update_session_auth_hash(request._request, user)
        return Response(status=204)


class ApiTokensView(APIView):
    @extend_schema(operation_id="tokens_list", responses=ApiTokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        tokens = ApiToken.objects.filter(user=_me(request)).order_by("-created_at")
        return Response(ApiTokenSerializer(tokens, many=True).data)

    @extend_schema(
        operation_id="tokens_create",
        request=ApiTokenInputSerializer,
        responses={201: NewApiTokenSerializer},
    )
    def post(self, request: Request) -> Response:
        data = ApiTokenInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        token, secret = services.create_api_token(user=_me(request), **data.validated_data)
        return Response({**ApiTokenSerializer(token).data, "token": secret}, status=201)


class ApiTokenView(APIView):
    @extend_schema(operation_id="token_delete", responses={204: None})
    def delete(self, request: Request, token_id: Any) -> Response:
        services.revoke_api_token(user=_me(request), token_id=token_id)
        return Response(status=204)
