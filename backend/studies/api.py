"""Studies and participants. Sessions are in the sources room, which knows their recordings."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.identifiers import parse_id
from backend.studies import services
from backend.studies.models import Participant, Study
from backend.studies.selectors import participants_of, studies_of
from backend.studies.serializers import (
    ParticipantInputSerializer,
    ParticipantSerializer,
    StudyInputSerializer,
    StudySerializer,
)
from backend.workspaces.door import WorkspaceView


class StudiesView(WorkspaceView, ListAPIView):
    serializer_class = StudySerializer

    def get_queryset(self) -> QuerySet[Study]:
        if getattr(self, "swagger_fake_view", False):
            return Study.objects.none()
        return studies_of(self.workspace)

    @extend_schema(operation_id="studies_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="studies_create",
        request=StudyInputSerializer,
        responses={201: StudySerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = StudyInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        study = services.create_study(workspace=self.workspace, **data.validated_data)
        return Response(self.get_serializer(self.get_queryset().get(id=study.id)).data, 201)


class StudyView(WorkspaceView):
    @extend_schema(operation_id="study_read", responses=StudySerializer)
    def get(self, request: Request, workspace_id: Any, study_id: Any) -> Response:
        return Response(StudySerializer(self.get_row(studies_of(self.workspace), study_id)).data)

    @extend_schema(
        operation_id="study_update", request=StudyInputSerializer, responses=StudySerializer
    )
    def patch(self, request: Request, workspace_id: Any, study_id: Any) -> Response:
        study = self.get_row(studies_of(self.workspace), study_id)
        data = StudyInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        services.update_study(study=study, **data.validated_data)
        return self.get(request, workspace_id, study_id)

    @extend_schema(operation_id="study_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: Any, study_id: Any) -> Response:
        services.delete_study(study=self.get_row(Study.objects.kept(), study_id))
        return Response(status=204)


class StudyRestoreView(WorkspaceView):
    @extend_schema(operation_id="study_restore", request=None, responses=StudySerializer)
    def post(self, request: Request, workspace_id: Any, study_id: Any) -> Response:
        services.restore_study(study=self.get_row(Study.objects.all(), study_id))
        return Response(StudySerializer(self.get_row(studies_of(self.workspace), study_id)).data)


class ParticipantsView(WorkspaceView, ListAPIView):
    serializer_class = ParticipantSerializer

    def get_queryset(self) -> QuerySet[Participant]:
        if getattr(self, "swagger_fake_view", False):
            return Participant.objects.none()
        study = self.request.query_params.get("study")
        study_id = parse_id(study, name="study") if study else None
        return participants_of(self.workspace, study_id=study_id)

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return {}
        return {"may_see_names": self.may_see_names}

    @extend_schema(
        operation_id="participants_list",
        parameters=[OpenApiParameter("study", OpenApiTypes.UUID)],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="participants_create",
        request=ParticipantInputSerializer,
        responses={201: ParticipantSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = ParticipantInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = services.create_participant(workspace=self.workspace, **data.validated_data)
        participant = participants_of(self.workspace).get(id=made.id)
        return Response(self.get_serializer(participant).data, 201)
