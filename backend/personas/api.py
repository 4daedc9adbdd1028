"""Whom a persona stands for. Pages about personas are in synthesis, which knows the evidence."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.personas import services
from backend.personas.models import Persona
from backend.personas.serializers import ParticipantPersonaSerializer
from backend.studies.models import Participant
from backend.studies.selectors import participants_of
from backend.studies.serializers import ParticipantSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row


class ParticipantPersonaView(WorkspaceView):
    @extend_schema(
        operation_id="participant_set_persona",
        request=ParticipantPersonaSerializer,
        responses=ParticipantSerializer,
    )
    def put(self, request: Request, workspace_id: Any, participant_id: Any) -> Response:
        participant = self.get_row(Participant.objects.all(), participant_id)
        data = ParticipantPersonaSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        persona = find_row(
            Persona.objects.kept(),
            data.validated_data["persona_id"],
            workspace_id=self.workspace.id,
            field="persona_id",
        )
        services.assign_participant(participant=participant, persona=persona)
        changed = self.get_row(participants_of(self.workspace), participant_id)
        context = {"may_see_names": self.may_see_names}
        return Response(ParticipantSerializer(changed, context=context).data)
