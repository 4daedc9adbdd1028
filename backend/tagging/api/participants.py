"""One participant: read, and changed. Excerpts follow from whether they agree to be quoted."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.studies.models import Participant
from backend.studies.selectors import participants_of
from backend.studies.serializers import ParticipantInputSerializer, ParticipantSerializer
from backend.tagging import services
from backend.workspaces.door import WorkspaceView


class ParticipantView(WorkspaceView):
    @extend_schema(operation_id="participant_read", responses=ParticipantSerializer)
    def get(self, request: Request, workspace_id: UUID, participant_id: UUID) -> Response:
        participant = self.get_row(participants_of(self.workspace), participant_id)
        context = {"may_see_names": self.may_see_names}
        return Response(ParticipantSerializer(participant, context=context).data)

    @extend_schema(
        operation_id="participant_update",
        request=ParticipantInputSerializer,
        responses=ParticipantSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, participant_id: UUID) -> Response:
        participant = self.get_row(Participant.objects.all(), participant_id)
        data = ParticipantInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        services.update_participant(participant=participant, **data.validated_data)
        return self.get(request, workspace_id, participant_id)
