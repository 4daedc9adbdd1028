"""Placings: what puts evidence on a map. Each answer is the whole excerpt."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.personas.models import Persona
from backend.tagging import services
from backend.tagging.models import Placing
from backend.tagging.selectors import live, live_excerpts, with_details
from backend.tagging.serializers import ExcerptSerializer, PlacingInputSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row, find_rows


def read_drafts(placings: list[dict[str, Any]], workspace_id: UUID) -> list[services.PlacingDraft]:
    """Validated PlacingInputSerializer bodies as drafts. Raises InvalidInputError."""
    ids = [placing["persona_id"] for placing in placings if placing.get("persona_id")]
    personas = {
        persona.id: persona
        for persona in find_rows(
            Persona.objects.kept(), ids, workspace_id=workspace_id, field="persona_id"
        )
    }
    return [
        services.PlacingDraft(
            persona=personas.get(placing.get("persona_id")),
            **{name: value for name, value in placing.items() if name != "persona_id"},
        )
        for placing in placings
    ]


class PlacingView(WorkspaceView):
    def answer(self, excerpt_id: Any, status: int = 200) -> Response:
        excerpt = self.get_row(with_details(live_excerpts(self.workspace.id)), excerpt_id)
        context = {"may_see_names": self.may_see_names}
        return Response(ExcerptSerializer(excerpt, context=context).data, status)

    def find(self, placing_id: Any) -> Placing:
        return self.get_row(
            Placing.objects.filter(live("excerpt__")).select_related("excerpt"), placing_id
        )


class ExcerptPlacingsView(PlacingView):
    @extend_schema(
        operation_id="placings_create",
        request=PlacingInputSerializer,
        responses={201: ExcerptSerializer},
        description="If the excerpt is in that quadrant of that persona already, that changes.",
    )
    def post(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        excerpt = self.get_row(live_excerpts(self.workspace.id), excerpt_id)
        data = PlacingInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        (draft,) = read_drafts([data.validated_data], self.workspace.id)
        services.create_placing(excerpt=excerpt, draft=draft, user=request.user)
        return self.answer(excerpt_id, 201)


class PlacingDetailView(PlacingView):
    @extend_schema(
        operation_id="placing_update",
        request=PlacingInputSerializer,
        responses=ExcerptSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, placing_id: Any) -> Response:
        placing = self.find(placing_id)
        data = PlacingInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        changes = dict(data.validated_data)
        if "persona_id" in changes:
            changes["persona"] = find_row(
                Persona.objects.kept(),
                changes.pop("persona_id"),
                workspace_id=self.workspace.id,
                field="persona_id",
            )
        services.update_placing(placing=placing, changes=changes, user=request.user)
        return self.answer(placing.excerpt_id)

    @extend_schema(operation_id="placing_delete", responses={200: ExcerptSerializer})
    def delete(self, request: Request, workspace_id: Any, placing_id: Any) -> Response:
        placing = self.find(placing_id)
        services.delete_placing(placing=placing, user=request.user)
        return self.answer(placing.excerpt_id)
