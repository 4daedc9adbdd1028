"""Where the reader is mentioned. Everybody may be, so everybody may say that they have seen it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.memos import selectors, services
from backend.memos.serializers import MentionsSerializer, SeenInputSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class MentionsView(WorkspaceView):
    write_permission = Permission.VIEW

    def answer(self) -> Response:
        user = self.request.user
        data = {
            "unseen": selectors.count_unseen(self.workspace.id, user),
            "results": selectors.list_mentions(self.workspace.id, user),
        }
        return Response(MentionsSerializer(data, context={"reader": user}).data)

    @extend_schema(operation_id="mentions_list", responses=MentionsSerializer)
    def get(self, request: Request, workspace_id: UUID) -> Response:
        return self.answer()


class MentionsSeenView(MentionsView):
    http_method_names = ["post", "options"]

    @extend_schema(
        operation_id="mentions_seen", request=SeenInputSerializer, responses=MentionsSerializer
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = SeenInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.mark_seen(
            workspace_id=self.workspace.id,
            user=request.user,
            memo_ids=data.validated_data.get("memo_ids"),
        )
        return self.answer()
