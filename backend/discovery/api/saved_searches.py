"""Searches people keep for themselves."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery import saved_searches as services
from backend.discovery.models import SavedSearch
from backend.discovery.serializers import (
    NewSavedSearchSerializer,
    SavedSearchesSerializer,
    SavedSearchNameSerializer,
    SavedSearchSerializer,
)
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class SavedSearchView(WorkspaceView):
    """Everybody may keep searches, and sees only their own."""

    write_permission = Permission.VIEW

    def find(self, saved_search_id: Any) -> SavedSearch:
        return self.get_row(
            SavedSearch.objects.filter(user=self.membership.user_id), saved_search_id
        )

    def answer(self, row: SavedSearch, status: int = 200) -> Response:
        shown = services.describe_saved_search(row)
        return Response(SavedSearchSerializer(shown).data, status)


class SavedSearchesView(SavedSearchView):
    @extend_schema(operation_id="saved_searches_list", responses=SavedSearchesSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        rows = services.list_saved_searches(self.workspace, request.user)
        return Response(SavedSearchesSerializer({"results": rows}).data)

    @extend_schema(
        operation_id="saved_searches_create",
        request=NewSavedSearchSerializer,
        responses={201: SavedSearchSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = NewSavedSearchSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        row = services.save_search(
            workspace_id=self.workspace.id,
            user=request.user,
            name=data.validated_data["name"],
            question=data.question,
        )
        return self.answer(row, 201)


class SavedSearchDetailView(SavedSearchView):
    @extend_schema(
        operation_id="saved_search_rename",
        request=SavedSearchNameSerializer,
        responses=SavedSearchSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        row = self.find(saved_search_id)
        data = SavedSearchNameSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(services.rename_saved_search(row=row, name=data.validated_data["name"]))

    @extend_schema(operation_id="saved_search_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        self.find(saved_search_id).delete()
        return Response(status=204)


class SavedSearchSeenView(SavedSearchView):
    @extend_schema(
        operation_id="saved_search_seen",
        request=None,
        responses=SavedSearchSerializer,
        description="Nothing in it is new any more.",
    )
    def post(self, request: Request, workspace_id: Any, saved_search_id: Any) -> Response:
        return self.answer(services.see_saved_search(row=self.find(saved_search_id)))
