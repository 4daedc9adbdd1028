"""The tags of the codebook."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tagging import services
from backend.tagging.codebook_serializers import (
    MergedTagSerializer,
    MergePreviewSerializer,
    TagMergeSerializer,
    TagMoveSerializer,
)
from backend.tagging.models import Tag
from backend.tagging.serializers import TagInputSerializer, TagSerializer, TagsSerializer
from backend.tagging.tag_selectors import add_counts, list_tags
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row


class TagView(WorkspaceView):
    """Changing tags is refused where the codebook is locked, but for owners."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            services.refuse_locked(self.membership)

    def answer(self, tag: Tag, status: int = 200) -> Response:
        add_counts([tag], self.workspace.id)
        return Response(TagSerializer(tag).data, status)

    def find(self, tag_id: Any) -> Tag:
        return self.get_row(Tag.objects.kept().select_related("parent"), tag_id)

    def find_other(self, tag_id: Any, field: str) -> Tag | None:
        return find_row(Tag.objects.kept(), tag_id, workspace_id=self.workspace.id, field=field)

    def read_changes(self, request: Request, *, partial: bool) -> dict[str, Any]:
        data = TagInputSerializer(data=request.data, partial=partial)
        data.is_valid(raise_exception=True)
        changes = dict(data.validated_data)
        if "parent_id" in changes:
            changes["parent"] = self.find_other(changes.pop("parent_id"), "parent_id")
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
        tag = services.create_tag(workspace_id=self.workspace.id, user=request.user, **values)
        return self.answer(tag, 201)


class TagDetailView(TagView):
    @extend_schema(operation_id="tag_update", request=TagInputSerializer, responses=TagSerializer)
    def patch(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag = self.find(tag_id)
        changes = self.read_changes(request, partial=True)
        return self.answer(services.update_tag(tag=tag, changes=changes, user=request.user))

    @extend_schema(
        operation_id="tag_delete",
        responses={204: None},
        description="Deletes the tags under it too. Restoring it brings them all back.",
    )
    def delete(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        services.delete_tag(tag=self.find(tag_id), user=request.user)
        return Response(status=204)


class TagRestoreView(TagView):
    @extend_schema(operation_id="tag_restore", request=None, responses=TagSerializer)
    def post(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag = self.get_row(Tag.objects.select_related("parent"), tag_id)
        return self.answer(services.restore_tag(tag=tag, user=request.user))


class TagMoveView(TagView):
    @extend_schema(operation_id="tag_move", request=TagMoveSerializer, responses=TagSerializer)
    def post(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag = self.find(tag_id)
        data = TagMoveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        parent = self.find_other(data.validated_data["parent_id"], "parent_id")
        position = data.validated_data["position"]
        moved = services.move_tag(tag=tag, parent=parent, position=position, user=request.user)
        return self.answer(moved)


class TagMergeView(TagView):
    def read_pair(self, request: Request, tag_id: Any) -> tuple[Tag, Tag]:
        tag = self.find(tag_id)
        data = TagMergeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        into = self.find_other(data.validated_data["into_id"], "into_id")
        assert into is not None
        return tag, into

    @extend_schema(
        operation_id="tag_merge",
        request=TagMergeSerializer,
        responses=MergedTagSerializer,
        description="What carries the tag carries the other then; undone as one change.",
    )
    def post(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag, into = self.read_pair(request, tag_id)
        change = services.merge_tags(tag=tag, into=into, user=request.user)
        add_counts([into], self.workspace.id)
        return Response(MergedTagSerializer({"change": change, "tag": into}).data)


class TagMergePreviewView(TagMergeView):
    @extend_schema(
        operation_id="tag_merge_preview",
        request=TagMergeSerializer,
        responses=MergePreviewSerializer,
    )
    def post(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        tag, into = self.read_pair(request, tag_id)
        return Response(MergePreviewSerializer(services.preview_merge(tag=tag, into=into)).data)
