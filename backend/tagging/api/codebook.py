"""The codebook as a whole: what may be done with it, its lock, tags that may mean the same."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tagging import services
from backend.tagging.codebook_serializers import (
    CodebookLockSerializer,
    CodebookSerializer,
    DifferentTagsSerializer,
    NearDuplicateSerializer,
)
from backend.tagging.history.selectors import standing_in_codebook
from backend.tagging.models import Tag
from backend.tagging.tag_selectors import list_near_duplicates
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row
from backend.workspaces.roles import Permission


class CodebookStateView(WorkspaceView):
    def answer(self) -> Response:
        return Response(CodebookSerializer(self.describe()).data)

    def describe(self) -> dict[str, Any]:
        standing = standing_in_codebook(workspace_id=self.workspace.id, user=self.request.user)
        return {
            "is_locked": self.workspace.is_codebook_locked,
            "may_edit": services.may_change_codebook(self.membership),
            "may_lock": self.membership.may(Permission.LOCK_CODEBOOK),
            "undo": standing.undo,
            "redo": standing.redo,
        }


class CodebookView(CodebookStateView):
    @extend_schema(operation_id="codebook_read", responses=CodebookSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return self.answer()


class CodebookLockView(CodebookStateView):
    write_permission = Permission.LOCK_CODEBOOK

    @extend_schema(
        operation_id="codebook_lock",
        request=CodebookLockSerializer,
        responses=CodebookSerializer,
        description="While it is locked, only owners change tags; everybody goes on using them.",
    )
    def put(self, request: Request, workspace_id: Any) -> Response:
        data = CodebookLockSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.lock(workspace=self.workspace, **data.validated_data)
        return self.answer()


class NearDuplicatesView(WorkspaceView):
    @extend_schema(
        operation_id="tags_near_duplicates", responses=NearDuplicateSerializer(many=True)
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        found = list_near_duplicates(self.workspace.id)
        return Response(NearDuplicateSerializer(found, many=True).data)


class DifferentTagsView(WorkspaceView):
    @extend_schema(
        operation_id="tag_different_from", request=DifferentTagsSerializer, responses={204: None}
    )
    def put(self, request: Request, workspace_id: Any, tag_id: Any) -> Response:
        services.refuse_locked(self.membership)
        tag = self.get_row(Tag.objects.kept(), tag_id)
        data = DifferentTagsSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        other = find_row(
            Tag.objects.kept(),
            data.validated_data["other_id"],
            workspace_id=self.workspace.id,
            field="other_id",
        )
        assert other is not None
        services.tell_apart(
            tag=tag,
            other=other,
            is_different=data.validated_data["is_different"],
            user=request.user,
        )
        return Response(status=204)
