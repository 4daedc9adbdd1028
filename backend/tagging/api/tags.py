"""The codebook."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tagging import services
from backend.tagging.models import Tag
from backend.tagging.selectors import add_counts, list_tags
from backend.tagging.serializers import TagInputSerializer, TagSerializer, TagsSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row


class TagView(WorkspaceView):
    def answer(self, tag: Tag, status: int = 200) -> Response:
        add_counts([tag], self.workspace.id)
        return Response(TagSerializer(tag).data, status)

    def read_changes(self, request: Request, *, partial: bool) -> dict[str, Any]:
        data = TagInputSerializer(data=request.data, partial=partial)
        data.is_valid(raise_exception=True)
        changes = dict(data.validated_data)
        if "parent_id" in changes:
            changes["parent"] = find_row(
                Tag.objects.kept(),
                changes.pop("parent_id"),
                workspace_id=self.workspace.id,
                field="parent_id",
            )
        return changes


class TagsView(TagView):
    @extend_schema(operation_id="tags_list", responses=TagsSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return Response(TagsSerializer({"results": list_tags(self.workspace.id)}).data)

    @extend_schema(
        operation_id="tags_create", request=TagInputSerializer, responses={201: TagSerializer}
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        values = self.read_changes(request, partial=False)
        return self.answer(services.create_tag(workspace_id=self.workspace.id, **values), 201)


class TagDetailView(TagView):
    @extend_schema(operation_id="tag_update", request=TagInputSerializer, responses=TagSerializer)
    def patch(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag = self.get_row(Tag.objects.kept(), tag_id)
        changes = self.read_changes(request, partial=True)
        return self.answer(services.update_tag(tag=tag, changes=changes))

    @extend_schema(
        operation_id="tag_delete",
        responses={204: None},
        description="Deletes the tags under it too. Restoring it brings them all back.",
    )
    def delete(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        services.delete_tag(tag=self.get_row(Tag.objects.kept(), tag_id))
        return Response(status=204)


class TagRestoreView(TagView):
    @extend_schema(operation_id="tag_restore", request=None, responses=TagSerializer)
    def post(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag = self.get_row(Tag.objects.select_related("parent"), tag_id)
        return self.answer(services.restore_tag(tag=tag))
