"""Where the person who asks stopped in a source."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.models import ReadingPlace
from backend.sources.selectors import sources_of
from backend.sources.serializers.places import (
    ReadingPlaceInputSerializer,
    ReadingPlaceSerializer,
)
from backend.sources.services.places import save_place
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class ReadingPlaceView(WorkspaceView):
    # It is their own bookmark: whoever may read may keep one.
    write_permission = Permission.VIEW

    @extend_schema(
        operation_id="source_read_place", responses={200: ReadingPlaceSerializer, 204: None}
    )
    def get(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        place = ReadingPlace.objects.filter(source=source, user_id=self.membership.user_id).first()
        if place is None:
            return Response(status=204)
        return Response(ReadingPlaceSerializer(place).data)

    @extend_schema(
        operation_id="source_save_place", request=ReadingPlaceInputSerializer, responses={204: None}
    )
    def put(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        data = ReadingPlaceInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        save_place(source=source, user=request.user, **data.validated_data)
        return Response(status=204)
