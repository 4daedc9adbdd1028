"""The history: what is new in a session, undoing and doing again, who did what."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import NotAllowedError
from backend.tagging.history import undoing
from backend.tagging.history.concealing import conceal
from backend.tagging.history.selectors import (
    News,
    Standing,
    changes_of,
    list_changes,
    news_of,
    read_news,
    standing_in_codebook,
    standing_in_session,
)
from backend.tagging.history.serializers import (
    ChangeFiltersSerializer,
    FeedQuerySerializer,
    FeedSerializer,
    HistoryChangeSerializer,
    TurnedChangeSerializer,
    describe_change,
    feed_document,
)
from backend.tagging.models import Change
from backend.tagging.services import refuse_locked
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class HistoryView(WorkspaceView):
    """Whoever may write memos may take theirs back; all else needs leave to edit."""

    def answer_feed(self, *, session_id: UUID, after: int | None) -> dict[str, Any]:
        standing = standing_in_session(
            workspace_id=self.workspace.id, session_id=session_id, user=self.request.user
        )
        news = News()
        if after is not None and standing.latest > after:
            news = read_news(workspace_id=self.workspace.id, session_id=session_id, after=after)
        return self._document(standing, news)

    def answer_turned(self, change: Change) -> Response:
        """The answer after a change was undone or done again."""
        after = self.read_after()
        if change.session_id is not None and after is not None:
            document = self.answer_feed(session_id=change.session_id, after=after)
        else:
            document = self._answer_alone(change)
        document["change"] = describe_change(change, user=self.request.user)
        return Response(document)

    @property
    def may_edit(self) -> bool:
        return self.membership.may(Permission.EDIT_RESEARCH)

    def find_change(self, change_id: UUID) -> Change:
        change = self.get_row(changes_of(self.workspace.id), change_id)
        is_own = change.created_by_id == self.request.user.pk
        if not self.may_edit and not (is_own and undoing.is_note(change)):
            raise NotAllowedError(
                "Your role allows to undo your own memos and what you listened to.",
                remedy="Ask a researcher, or an owner of the workspace to change your role.",
            )
        if change.session_id is None:
            refuse_locked(self.membership)
        return change

    def read_after(self) -> int | None:
        query = FeedQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return query.validated_data.get("after")

    def _answer_alone(self, change: Change) -> dict[str, Any]:
        if change.session_id is None:
            # Thousands of excerpts may hang on a tag: pages about the codebook read their lists
            # again.
            standing = standing_in_codebook(workspace_id=self.workspace.id, user=self.request.user)
            return self._document(standing, News(changes=[change]))
        standing = standing_in_session(
            workspace_id=self.workspace.id, session_id=change.session_id, user=self.request.user
        )
        return self._document(standing, news_of(self.workspace.id, [change]))

    def _document(self, standing: Standing, news: News) -> dict[str, Any]:
        if standing.has_withheld:
            conceal(news.changes)
        return feed_document(
            standing, news, user=self.request.user, may_see_names=self.may_see_names
        )


class SessionChangesView(HistoryView):
    @extend_schema(
        operation_id="session_changes",
        parameters=[FeedQuerySerializer],
        responses=FeedSerializer,
        description="What is new since `after`; without it, only how far the history has come.",
    )
    def get(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        return Response(self.answer_feed(session_id=session_id, after=self.read_after()))


class SessionUndoView(HistoryView):
    write_permission = Permission.WRITE_INSIGHTS

    @extend_schema(
        operation_id="session_undo",
        request=None,
        parameters=[FeedQuerySerializer],
        responses=TurnedChangeSerializer,
        description="Undo what you did last in this session.",
    )
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        standing_in_session(workspace_id=workspace_id, session_id=session_id, user=request.user)
        return self.answer_turned(
            undoing.undo_latest(
                workspace_id=workspace_id,
                session_id=session_id,
                user=request.user,
                may_edit=self.may_edit,
            )
        )


class SessionRedoView(HistoryView):
    write_permission = Permission.WRITE_INSIGHTS

    @extend_schema(
        operation_id="session_redo",
        request=None,
        parameters=[FeedQuerySerializer],
        responses=TurnedChangeSerializer,
        description="Do again what you undid last, unless you have done something new since.",
    )
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        standing_in_session(workspace_id=workspace_id, session_id=session_id, user=request.user)
        return self.answer_turned(
            undoing.redo_latest(
                workspace_id=workspace_id,
                session_id=session_id,
                user=request.user,
                may_edit=self.may_edit,
            )
        )


class CodebookUndoView(HistoryView):
    @extend_schema(operation_id="codebook_undo", request=None, responses=TurnedChangeSerializer)
    def post(self, request: Request, workspace_id: UUID) -> Response:
        refuse_locked(self.membership)
        change = undoing.undo_latest(workspace_id=workspace_id, session_id=None, user=request.user)
        return self.answer_turned(change)


class CodebookRedoView(HistoryView):
    @extend_schema(operation_id="codebook_redo", request=None, responses=TurnedChangeSerializer)
    def post(self, request: Request, workspace_id: UUID) -> Response:
        refuse_locked(self.membership)
        change = undoing.redo_latest(workspace_id=workspace_id, session_id=None, user=request.user)
        return self.answer_turned(change)


class ChangeUndoView(HistoryView):
    write_permission = Permission.WRITE_INSIGHTS

    @extend_schema(
        operation_id="change_undo",
        request=None,
        parameters=[FeedQuerySerializer],
        responses=TurnedChangeSerializer,
        description="Undo this change, whoever made it.",
    )
    def post(self, request: Request, workspace_id: UUID, change_id: UUID) -> Response:
        change = self.find_change(change_id)
        return self.answer_turned(undoing.undo_change(change=change, user=request.user))


class ChangeRedoView(HistoryView):
    write_permission = Permission.WRITE_INSIGHTS

    @extend_schema(
        operation_id="change_redo",
        request=None,
        parameters=[FeedQuerySerializer],
        responses=TurnedChangeSerializer,
        description="Do this change again that was undone.",
    )
    def post(self, request: Request, workspace_id: UUID, change_id: UUID) -> Response:
        change = self.find_change(change_id)
        return self.answer_turned(undoing.redo_change(change=change, user=request.user))


class ChangesView(WorkspaceView, ListAPIView):
    serializer_class = HistoryChangeSerializer

    @extend_schema(operation_id="changes_list", parameters=[ChangeFiltersSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Change]:
        if getattr(self, "swagger_fake_view", False):
            return Change.objects.none()
        filters = ChangeFiltersSerializer(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        return list_changes(self.workspace.id, filters.validated_data)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        conceal(page or [])
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return {}
        return {"user": self.request.user}
