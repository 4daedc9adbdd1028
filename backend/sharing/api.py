"""Reels. Each change of what is in one answers with the whole reel."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sharing import selectors, services
from backend.sharing.models import Reel
from backend.sharing.serializers import (
    ReelAddedSerializer,
    ReelAdditionSerializer,
    ReelChangesSerializer,
    ReelDetailSerializer,
    ReelInputSerializer,
    ReelItemsSerializer,
    ReelRowSerializer,
)
from backend.tagging.models import Excerpt
from backend.tagging.selectors import live_excerpts
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_rows
from backend.workspaces.roles import Permission


class ReelView(WorkspaceView):
    write_permission = Permission.WRITE_INSIGHTS

    def find(self, reel_id: UUID) -> Reel:
        return self.get_row(Reel.objects.kept().select_related("created_by"), reel_id)

    def find_excerpts(self, ids: list[UUID]) -> list[Excerpt]:
        return find_rows(
            live_excerpts(self.workspace.id),
            ids,
            workspace_id=self.workspace.id,
            field="excerpt_ids",
        )

    def answer(self, reel: Reel) -> Response:
        (row,) = selectors.summarise_reels([reel])
        return Response(ReelDetailSerializer(row, context=self.context_of(reel)).data)

    def answer_added(self, reel: Reel, added: services.Added, status: int = 200) -> Response:
        (row,) = selectors.summarise_reels([reel])
        body = {
            "reel": row,
            "added_ids": [item.id for item in added.items],
            "known_count": added.known_count,
        }
        return Response(ReelAddedSerializer(body, context=self.context_of(reel)).data, status)

    def context_of(self, reel: Reel) -> dict[str, Any]:
        return {"may_see_names": self.may_see_names, "items": selectors.items_of(reel)}


class ReelsView(ReelView, ListAPIView):
    serializer_class = ReelRowSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Reel.objects.none()
        return selectors.list_reels(self.workspace.id)

    def paginate_queryset(self, queryset: Any) -> Any:
        return selectors.summarise_reels(super().paginate_queryset(queryset) or [])

    @extend_schema(operation_id="reels_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="reels_create",
        request=ReelInputSerializer,
        responses={201: ReelAddedSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = ReelInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        reel, added = services.create_reel(
            workspace_id=self.workspace.id,
            user=request.user,
            excerpts=self.find_excerpts(values.pop("excerpt_ids")),
            **values,
        )
        return self.answer_added(reel, added, 201)


class ReelDetailView(ReelView):
    @extend_schema(operation_id="reel_read", responses=ReelDetailSerializer)
    def get(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        return self.answer(self.find(reel_id))

    @extend_schema(
        operation_id="reel_update", request=ReelChangesSerializer, responses=ReelDetailSerializer
    )
    def patch(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        reel = self.find(reel_id)
        data = ReelChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        return self.answer(services.update_reel(reel=reel, changes=data.validated_data))

    @extend_schema(operation_id="reel_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        services.delete_reel(reel=self.find(reel_id))
        return Response(status=204)


class ReelRestoreView(ReelView):
    @extend_schema(operation_id="reel_restore", request=None, responses=ReelDetailSerializer)
    def post(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        reel = self.get_row(Reel.objects.select_related("created_by"), reel_id)
        return self.answer(services.restore_reel(reel=reel))


class ReelItemsView(ReelView):
    @extend_schema(
        operation_id="reel_add",
        request=ReelAdditionSerializer,
        responses=ReelAddedSerializer,
        description="Excerpts that are in the reel already stay where they are.",
    )
    def post(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        reel = self.find(reel_id)
        data = ReelAdditionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        added = services.add_to_reel(
            reel=reel,
            excerpts=self.find_excerpts(data.validated_data["excerpt_ids"]),
            before=data.validated_data["before"],
        )
        return self.answer_added(reel, added)


class ReelRemovalView(ReelView):
    @extend_schema(
        operation_id="reel_remove",
        request=ReelItemsSerializer,
        responses=ReelDetailSerializer,
        description="Takes items out of the reel. The excerpts stay.",
    )
    def post(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        reel = self.find(reel_id)
        data = ReelItemsSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.remove_from_reel(reel=reel, item_ids=data.validated_data["item_ids"])
        return self.answer(reel)


class ReelOrderView(ReelView):
    @extend_schema(
        operation_id="reel_order",
        request=ReelItemsSerializer,
        responses=ReelDetailSerializer,
        description="Items that are not named keep their places.",
    )
    def put(self, request: Request, workspace_id: UUID, reel_id: UUID) -> Response:
        reel = self.find(reel_id)
        data = ReelItemsSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.order_reel(reel=reel, item_ids=data.validated_data["item_ids"])
        return self.answer(reel)
