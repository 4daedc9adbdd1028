"""Insights and their evidence. Each change of evidence answers with the whole insight."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.personas.models import Persona
from backend.synthesis import selectors, services
from backend.synthesis.models import Evidence, Insight
from backend.synthesis.serializers import (
    EvidenceChangesSerializer,
    EvidenceInputSerializer,
    InsightChangesSerializer,
    InsightDetailSerializer,
    InsightFiltersSerializer,
    InsightInputSerializer,
    InsightPersonasSerializer,
    InsightRowSerializer,
)
from backend.tagging.selectors import live_excerpts
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_rows
from backend.workspaces.roles import Permission


class InsightView(WorkspaceView):
    write_permission = Permission.WRITE_INSIGHTS

    def find(self, insight_id: UUID) -> Insight:
        return self.get_row(Insight.objects.kept(), insight_id)

    def answer(self, insight: Insight, status: int = 200) -> Response:
        (row,) = selectors.get_insights_in_order(self.workspace.id, [insight.id])
        context = {
            "may_see_names": self.may_see_names,
            "evidence": selectors.evidence_of(insight),
        }
        return Response(InsightDetailSerializer(row, context=context).data, status)

    def find_personas(self, ids: list[UUID]) -> list[Persona]:
        return find_rows(
            Persona.objects.kept(), ids, workspace_id=self.workspace.id, field="persona_ids"
        )

    def read_drafts(self, evidence: list[dict[str, Any]]) -> list[services.EvidenceDraft]:
        excerpts = find_rows(
            live_excerpts(self.workspace.id),
            [one["excerpt_id"] for one in evidence],
            workspace_id=self.workspace.id,
            field="excerpt_id",
        )
        found = {excerpt.id: excerpt for excerpt in excerpts}
        return [
            services.EvidenceDraft(
                excerpt=found[one["excerpt_id"]],
                **{name: value for name, value in one.items() if name != "excerpt_id"},
            )
            for one in evidence
        ]


class InsightsView(InsightView, ListAPIView):
    serializer_class = InsightRowSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Insight.objects.none()
        given = {name: value for name, value in self.request.query_params.items() if value}
        filters = InsightFiltersSerializer(data=given)
        filters.is_valid(raise_exception=True)
        return selectors.list_insights(
            self.workspace.id,
            persona_id=filters.validated_data.get("persona"),
            status=filters.validated_data.get("status", ""),
        )

    def paginate_queryset(self, queryset: Any) -> Any:
        return selectors.summarise_insights(super().paginate_queryset(queryset) or [])

    @extend_schema(operation_id="insights_list", parameters=[InsightFiltersSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="insights_create",
        request=InsightInputSerializer,
        responses={201: InsightDetailSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = InsightInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        insight = services.create_insight(
            workspace_id=self.workspace.id,
            user=request.user,
            personas=self.find_personas(values.pop("persona_ids")),
            evidence=self.read_drafts(values.pop("evidence")),
            **values,
        )
        return self.answer(insight, 201)


class InsightDetailView(InsightView):
    @extend_schema(operation_id="insight_read", responses=InsightDetailSerializer)
    def get(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        return self.answer(self.find(insight_id))

    @extend_schema(
        operation_id="insight_update",
        request=InsightChangesSerializer,
        responses=InsightDetailSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        insight = self.find(insight_id)
        data = InsightChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        return self.answer(services.update_insight(insight=insight, changes=data.validated_data))

    @extend_schema(operation_id="insight_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        services.delete_insight(insight=self.find(insight_id))
        return Response(status=204)


class InsightRestoreView(InsightView):
    @extend_schema(operation_id="insight_restore", request=None, responses=InsightDetailSerializer)
    def post(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        insight = self.get_row(Insight.objects.all(), insight_id)
        return self.answer(services.restore_insight(insight=insight))


class InsightPersonasView(InsightView):
    @extend_schema(
        operation_id="insight_set_personas",
        request=InsightPersonasSerializer,
        responses=InsightDetailSerializer,
    )
    def put(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        insight = self.find(insight_id)
        data = InsightPersonasSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        personas = self.find_personas(data.validated_data["persona_ids"])
        return self.answer(services.set_insight_personas(insight=insight, personas=personas))


class InsightEvidenceView(InsightView):
    @extend_schema(
        operation_id="evidence_create",
        request=EvidenceInputSerializer,
        responses={201: InsightDetailSerializer},
        description="If the excerpt is under the insight already, its stance and note change.",
    )
    def post(self, request: Request, workspace_id: UUID, insight_id: UUID) -> Response:
        insight = self.find(insight_id)
        data = EvidenceInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        (draft,) = self.read_drafts([data.validated_data])
        insight = services.add_evidence(insight=insight, draft=draft, user=request.user)
        return self.answer(insight, 201)


class EvidenceView(InsightView):
    def find_evidence(self, evidence_id: UUID) -> Evidence:
        rows = Evidence.objects.select_related("insight").filter(insight__deleted_at__isnull=True)
        return self.get_row(rows, evidence_id)

    @extend_schema(
        operation_id="evidence_update",
        request=EvidenceChangesSerializer,
        responses=InsightDetailSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, evidence_id: UUID) -> Response:
        evidence = self.find_evidence(evidence_id)
        data = EvidenceChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        return self.answer(services.update_evidence(evidence=evidence, changes=data.validated_data))

    @extend_schema(operation_id="evidence_delete", responses={200: InsightDetailSerializer})
    def delete(self, request: Request, workspace_id: UUID, evidence_id: UUID) -> Response:
        evidence = self.find_evidence(evidence_id)
        return self.answer(services.remove_evidence(evidence=evidence))
