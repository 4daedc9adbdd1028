"""Sessions: listed with where they stand, read with what they hold."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.identifiers import parse_id
from backend.sources.selectors import contents_of, overviews_of
from backend.sources.serializers import SessionDetailSerializer, SessionSerializer
from backend.studies import services
from backend.studies.models import Session
from backend.studies.selectors import get_participants, get_study, sessions_of
from backend.studies.serializers import SessionInputSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.models import Workspace


class SessionsView(WorkspaceView, ListAPIView):
    serializer_class = SessionSerializer

    def get_queryset(self) -> QuerySet[Session]:
        if getattr(self, "swagger_fake_view", False):
            return Session.objects.none()
        study = self.request.query_params.get("study")
        study_id = parse_id(study, name="study") if study else None
        return sessions_of(self.workspace, study_id=study_id)

    @extend_schema(
        operation_id="sessions_list", parameters=[OpenApiParameter("study", OpenApiTypes.UUID)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sessions = self.paginate_queryset(self.get_queryset()) or []
        context = {"may_see_names": self.may_see_names, "overviews": overviews_of(sessions)}
        return self.get_paginated_response(
            SessionSerializer(sessions, many=True, context=context).data
        )

    @extend_schema(
        operation_id="sessions_create",
        request=SessionInputSerializer,
        responses={201: SessionDetailSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = SessionInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = _with_rows(self.workspace, data.validated_data)
        session = services.create_session(workspace=self.workspace, user=request.user, **values)
        return Response(_detail(self, session.id), status=201)


class SessionView(WorkspaceView):
    @extend_schema(operation_id="session_read", responses=SessionDetailSerializer)
    def get(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        return Response(_detail(self, session_id))

    @extend_schema(
        operation_id="session_update",
        request=SessionInputSerializer,
        responses=SessionDetailSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        session = self.get_row(sessions_of(self.workspace), session_id)
        data = SessionInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        values = _with_rows(self.workspace, data.validated_data)
        services.update_session(session=session, **values)
        return Response(_detail(self, session_id))

    @extend_schema(operation_id="session_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        services.delete_session(session=self.get_row(sessions_of(self.workspace), session_id))
        return Response(status=204)


class SessionRestoreView(WorkspaceView):
    @extend_schema(operation_id="session_restore", request=None, responses=SessionDetailSerializer)
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        kept_study = Session.objects.filter(study__deleted_at__isnull=True)
        services.restore_session(session=self.get_row(kept_study, session_id))
        return Response(_detail(self, session_id))


def _with_rows(workspace: Workspace, data: dict[str, Any]) -> dict[str, Any]:
    """The input with rows of this workspace in place of ids."""
    values = dict(data)
    if "study_id" in values:
        values["study"] = get_study(workspace, values.pop("study_id"))
    if "participant_ids" in values:
        values["participants"] = get_participants(workspace, values.pop("participant_ids"))
    return values


def _detail(view: WorkspaceView, session_id: UUID) -> dict[str, Any]:
    session = view.get_row(sessions_of(view.workspace), session_id)
    contents = contents_of(view.workspace, session)
    context = {
        "may_see_names": view.may_see_names,
        "overviews": {session.id: contents.overview},
        "contents": contents,
    }
    return SessionDetailSerializer(session, context=context).data
