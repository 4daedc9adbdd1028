"""Searches people keep for themselves."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery import saved_searches as services
from backend.discovery.models import SavedSearch
from backend.discovery.saved_serializers import (
    CountedIdsSerializer,
    NewSavedSearchSerializer,
    SavedSearchChangesSerializer,
    SavedSearchCountsSerializer,
    SavedSearchesSerializer,
    SavedSearchOrderSerializer,
    SavedSearchSerializer,
)
from backend.discovery.selectors import count_all_people
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_rows
from backend.workspaces.roles import Permission


class SavedSearchView(WorkspaceView):
    """Everybody may keep searches, and sees only their own."""

    write_permission = Permission.VIEW

    def find(self, saved_search_id: Any) -> SavedSearch:
        return self.get_row(SavedSearch.objects.kept().filter(user=self.user_id), saved_search_id)

    @property
    def user_id(self) -> Any:
        return self.membership.user_id

    def answer(self, row: SavedSearch, status: int = 200) -> Response:
        return Response(SavedSearchSerializer(row).data, status)

    def answer_all(self) -> Response:
        rows = services.list_saved_searches(self.workspace, self.request.user)
        return Response(SavedSearchesSerializer({"results": rows}).data)


class SavedSearchesView(SavedSearchView):
    @extend_schema(
        operation_id="saved_searches_list",
        responses=SavedSearchesSerializer,
        description="In the order they chose. Nothing is searched for it.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        return self.answer_all()

    @extend_schema(
        operation_id="saved_searches_create",
        request=NewSavedSearchSerializer,
        responses={201: SavedSearchSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = NewSavedSearchSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        row = services.save_search(
            workspace=self.workspace,
            user=request.user,
            name=data.validated_data["name"],
            question=data.question,
        )
        return self.answer(row, 201)


class SavedSearchCountsView(SavedSearchView):
    @extend_schema(
        operation_id="saved_searches_count",
        parameters=[CountedIdsSerializer],
        responses=SavedSearchCountsSerializer,
        description="What some of them find by now, and what is new. Unknown ones are left out.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        asked = CountedIdsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = services.list_saved_searches(self.workspace, request.user)
        counted = services.count_saved_searches(rows.filter(id__in=asked.validated_data["id"]))
        answer = {"results": counted, "people_total": count_all_people(self.workspace.id)}
        return Response(SavedSearchCountsSerializer(answer).data)


class SavedSearchOrderView(SavedSearchView):
    @extend_schema(
        operation_id="saved_searches_order",
        request=SavedSearchOrderSerializer,
        responses=SavedSearchesSerializer,
        description="Those that are not named follow as they were.",
    )
    def put(self, request: Request, workspace_id: Any) -> Response:
        data = SavedSearchOrderSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        rows = find_rows(
            SavedSearch.objects.kept().filter(user=self.user_id),
            data.validated_data["ids"],
            workspace_id=self.workspace.id,
            field="ids",
        )
        services.order_saved_searches(
            workspace=self.workspace, user=request.user, ids=[row.id for row in rows]
        )
        return self.answer_all()


class SavedSearchDetailView(SavedSearchView):
    @extend_schema(
        operation_id="saved_search_change",
        request=SavedSearchChangesSerializer,
        responses=SavedSearchSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        row = self.find(saved_search_id)
        data = SavedSearchChangesSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(services.change_saved_search(row=row, **data.validated_data))

    @extend_schema(
        operation_id="saved_search_delete",
        responses={204: None},
        description="It can be brought back.",
    )
    def delete(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        services.delete_saved_search(row=self.find(saved_search_id))
        return Response(status=204)


class SavedSearchRestoreView(SavedSearchView):
    @extend_schema(
        operation_id="saved_search_restore", request=None, responses=SavedSearchSerializer
    )
    def post(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        rows = SavedSearch.objects.filter(user=self.user_id)
        row = self.get_row(rows, saved_search_id)
        return self.answer(services.restore_saved_search(row=row))


class SavedSearchSeenView(SavedSearchView):
    @extend_schema(
        operation_id="saved_search_seen",
        request=None,
        responses=SavedSearchSerializer,
        description="Nothing in it is new any more.",
    )
    def post(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        return self.answer(services.see_saved_search(row=self.find(saved_search_id)))
