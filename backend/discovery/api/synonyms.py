"""Words that mean the same to a team."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery import synonyms as services
from backend.discovery.models import SynonymGroup
from backend.discovery.synonym_serializers import SynonymGroupSerializer, SynonymGroupsSerializer
from backend.workspaces.door import WorkspaceView


class SynonymsView(WorkspaceView):
    """Everybody may read them; those who edit research may change them."""

    @extend_schema(operation_id="synonyms_list", responses=SynonymGroupsSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        shown = {
            "results": services.list_groups(self.workspace.id),
            "most": services.MOST_GROUPS,
        }
        return Response(SynonymGroupsSerializer(shown).data)

    @extend_schema(
        operation_id="synonyms_create",
        request=SynonymGroupSerializer,
        responses={201: SynonymGroupSerializer},
        description="The next search of anybody in the workspace uses them.",
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = SynonymGroupSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        group = services.create_group(
            workspace_id=self.workspace.id, user=request.user, words=data.validated_data["words"]
        )
        return Response(SynonymGroupSerializer(group).data, 201)


class SynonymGroupView(WorkspaceView):
    """One group."""

    def find(self, synonym_group_id: Any) -> SynonymGroup:
        return self.get_row(SynonymGroup.objects.all(), synonym_group_id)

    @extend_schema(
        operation_id="synonyms_change",
        request=SynonymGroupSerializer,
        responses=SynonymGroupSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, synonym_group_id: Any) -> Response:
        group = self.find(synonym_group_id)
        data = SynonymGroupSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        changed = services.change_group(group=group, words=data.validated_data["words"])
        return Response(SynonymGroupSerializer(changed).data)

    @extend_schema(operation_id="synonyms_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: Any, synonym_group_id: Any) -> Response:
        self.find(synonym_group_id).delete()
        return Response(status=204)
