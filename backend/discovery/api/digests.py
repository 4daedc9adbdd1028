"""Weekly digests: reading them, and choosing how to get them."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.common.errors import MissingError
from backend.discovery.digest_serializers import (
    DigestChoiceSerializer,
    DigestSerializer,
    DigestSettingsSerializer,
    LatestDigestSerializer,
    StopMailsSerializer,
)
from backend.discovery.digests.choices import choose, read_choice, stop_mails
from backend.discovery.digests.due import next_due, zone_of
from backend.discovery.digests.reading import find_digest, find_latest_digest, find_mail_faults
from backend.discovery.models import SavedSearch
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class DigestView(WorkspaceView):
    """Everybody reads their own."""

    @extend_schema(operation_id="digest_read", responses=DigestSerializer)
    def get(self, request: Request, workspace_id: Any, digest_id: Any) -> Response:
        digest = find_digest(self.membership, digest_id)
        if digest is None:
            raise MissingError()
        return Response(DigestSerializer(digest, context=self.shown).data)

    @property
    def shown(self) -> dict[str, Any]:
        return {"may_see_names": self.may_see_names}


class LatestDigestView(DigestView):
    @extend_schema(operation_id="digest_latest", responses=LatestDigestSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:  # type: ignore[override]
        digest = find_latest_digest(self.membership)
        return Response(LatestDigestSerializer({"digest": digest}, context=self.shown).data)


class DigestSettingsView(WorkspaceView):
    write_permission = Permission.VIEW

    @extend_schema(operation_id="digest_settings_read", responses=DigestSettingsSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return self.answer()

    @extend_schema(
        operation_id="digest_settings_change",
        request=DigestChoiceSerializer,
        responses=DigestSettingsSerializer,
    )
    def put(self, request: Request, workspace_id: Any) -> Response:
        data = DigestChoiceSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        choose(
            workspace_id=self.workspace.id, user_id=self.membership.user_id, **data.validated_data
        )
        return self.answer()

    def answer(self) -> Response:
        choice = read_choice(self.workspace.id, self.membership.user_id)
        zone = zone_of(choice.time_zone)
        mine = SavedSearch.objects.kept().filter(
            workspace=self.workspace, user=self.membership.user_id, in_digest_since__isnull=False
        )
        is_owner = self.membership.may(Permission.MANAGE_MEMBERS)
        answer = {
            "can_mail": settings.HAS_MAIL,
            "is_mailed": choice.is_mailed,
            "time_zone": zone.key,
            "searches": mine.count(),
            "next_at": next_due(timezone.now(), zone),
            "mail_faults": find_mail_faults(self.workspace.id) if is_owner else None,
        }
        return Response(DigestSettingsSerializer(answer).data)


class StopMailsView(APIView):
    """Where a digest's mail leads to stop such mails; the signed token stands for the reader.

    Nobody signs in for it, and no cookie is looked at. Reading changes nothing: programs that look
    into mails follow their links.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    # Programs that read mail send a form of their own ("List-Unsubscribe=One-Click").
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(
        operation_id="digest_mails_stop",
        parameters=[
            OpenApiParameter("token", OpenApiTypes.STR, required=True),
            OpenApiParameter("resume", OpenApiTypes.BOOL, description="Send them again."),
        ],
        request=None,
        responses=StopMailsSerializer,
    )
    def post(self, request: Request) -> Response:
        is_mailed = request.query_params.get("resume") in ("true", "1")
        token = request.query_params.get("token", "")
        if not stop_mails(token=token, is_mailed=is_mailed):
            raise MissingError(
                "This link is incomplete, or too old.",
                remedy="Copy the whole link from the mail, or sign in and look into Settings.",
            )
        return Response(StopMailsSerializer({"is_mailed": is_mailed}).data)
