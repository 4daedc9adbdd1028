"""The stream of memos, and single ones."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import InvalidInputError
from backend.memos import selectors, services
from backend.memos.models import Memo
from backend.memos.serializers import (
    MemoChangesSerializer,
    MemoCountsSerializer,
    MemoFiltersSerializer,
    MemoInputSerializer,
    MemoSerializer,
)
from backend.studies.models import Session
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class MemoView(WorkspaceView):
    write_permission = Permission.WRITE_INSIGHTS

    def answer(self, memo: Memo, status: int = 200) -> Response:
        context = {"reader": self.request.user}
        return Response(MemoSerializer(selectors.get_thread(memo), context=context).data, status)

    def list_threads(self) -> Any:
        """The threads that the request's filters ask for."""
        given = {name: value for name, value in self.request.query_params.items() if value}
        filters = MemoFiltersSerializer(data=given)
        filters.is_valid(raise_exception=True)
        return selectors.with_thread(
            selectors.list_threads(
                self.workspace.id, filters.validated_data, reader=self.request.user
            )
        )

    @property
    def may_moderate(self) -> bool:
        return self.membership.may(Permission.MANAGE_MEMBERS)


class MemosView(MemoView, ListAPIView):
    serializer_class = MemoSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Memo.objects.none()
        return self.list_threads()

    def paginate_queryset(self, queryset: Any) -> Any:
        return selectors.with_subjects(self.workspace.id, super().paginate_queryset(queryset) or [])

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "reader": self.request.user}

    @extend_schema(operation_id="memos_list", parameters=[MemoFiltersSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="memos_create", request=MemoInputSerializer, responses={201: MemoSerializer}
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = MemoInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        written: dict[str, Any] = {
            "user": request.user,
            "text": values["text"],
            "mentioned": services.find_mentioned(
                self.workspace.id, values.get("mentioned_user_ids", [])
            ),
        }
        if values.get("parent_id"):
            parent = self._find_parent(values)
            return self.answer(services.answer_memo(memo=parent, **written), 201)
        subject = selectors.find_subject(
            self.workspace.id, values["subject_kind"], values["subject_id"]
        )
        memo = services.create_memo(workspace_id=self.workspace.id, subject=subject, **written)
        return self.answer(memo, 201)

    def _find_parent(self, values: dict[str, Any]) -> Memo:
        rows = Memo.objects.kept().select_related("parent")
        parent = self.get_row(rows, values["parent_id"])
        named = values.get("subject_id", parent.subject_id)
        if named != parent.subject_id:
            raise InvalidInputError(
                "An answer is about the same thing as what it answers.",
                fields={"subject_id": ["Not what the answered memo is about."]},
            )
        return parent


class MemoDetailView(MemoView):
    def find(self, memo_id: UUID) -> Memo:
        return self.get_row(Memo.objects.kept(), memo_id)

    @extend_schema(operation_id="memo_read", responses=MemoSerializer)
    def get(self, request: Request, workspace_id: UUID, memo_id: UUID) -> Response:
        return self.answer(self.find(memo_id))

    @extend_schema(
        operation_id="memo_update", request=MemoChangesSerializer, responses=MemoSerializer
    )
    def patch(self, request: Request, workspace_id: UUID, memo_id: UUID) -> Response:
        memo = self.find(memo_id)
        data = MemoChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        values = data.validated_data
        mentioned = None
        if "mentioned_user_ids" in values:
            mentioned = services.find_mentioned(self.workspace.id, values["mentioned_user_ids"])
        memo = services.update_memo(
            memo=memo, user=request.user, text=values.get("text"), mentioned=mentioned
        )
        return self.answer(memo)

    @extend_schema(operation_id="memo_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, memo_id: UUID) -> Response:
        services.delete_memo(
            memo=self.find(memo_id), user=request.user, may_moderate=self.may_moderate
        )
        return Response(status=204)


class MemoRestoreView(MemoView):
    @extend_schema(operation_id="memo_restore", request=None, responses=MemoSerializer)
    def post(self, request: Request, workspace_id: UUID, memo_id: UUID) -> Response:
        memo = services.restore_memo(
            memo=self.get_row(Memo.objects.all(), memo_id),
            user=request.user,
            may_moderate=self.may_moderate,
        )
        return self.answer(memo)


class MemoCountsView(WorkspaceView):
    @extend_schema(operation_id="session_memo_counts", responses=MemoCountsSerializer)
    def get(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        rows = Session.objects.kept().filter(study__deleted_at__isnull=True)
        session = self.get_row(rows, session_id)
        counts = selectors.count_memos(self.workspace.id, session.id)
        return Response(MemoCountsSerializer(counts).data)
