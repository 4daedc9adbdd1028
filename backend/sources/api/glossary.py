"""The glossary: names and products that recognition should expect."""

from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.glossary import SENT_MAXIMUM, glossary_of
from backend.sources.models import GlossaryTerm
from backend.sources.serializers import (
    GlossaryFiltersSerializer,
    GlossarySerializer,
    GlossaryTermInputSerializer,
    GlossaryTermSerializer,
)
from backend.sources.services import add_term, delete_term
from backend.studies.models import Study
from backend.studies.selectors import get_study
from backend.workspaces.door import WorkspaceView


class GlossaryView(WorkspaceView):
    def study(self, study_id: UUID | None) -> Study | None:
        return get_study(self.workspace, study_id) if study_id else None

    @extend_schema(
        operation_id="glossary_read",
        parameters=[GlossaryFiltersSerializer],
        responses=GlossarySerializer,
    )
    def get(self, request: Request, workspace_id: UUID) -> Response:
        filters = GlossaryFiltersSerializer(data=request.query_params)
        filters.is_valid(raise_exception=True)
        glossary = glossary_of(self.workspace, self.study(filters.validated_data.get("study")))
        shown = {
            "terms": glossary.terms,
            "sent_maximum": SENT_MAXIMUM,
            "suggestions": glossary.suggestions,
        }
        return Response(GlossarySerializer(shown).data)

    @extend_schema(
        operation_id="glossary_add",
        request=GlossaryTermInputSerializer,
        responses={201: GlossaryTermSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = GlossaryTermInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        study = self.study(data.validated_data.get("study_id"))
        term = add_term(
            workspace=self.workspace,
            text=data.validated_data["text"],
            study=study,
            user=request.user,
        )
        ranked = glossary_of(self.workspace, study).terms
        [shown] = [row for row in ranked if row.term.id == term.id]
        return Response(GlossaryTermSerializer(shown).data, status=201)


class GlossaryTermView(WorkspaceView):
    @extend_schema(operation_id="glossary_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, term_id: UUID) -> Response:
        terms = GlossaryTerm.objects.filter(
            Q(study__isnull=True) | Q(study__deleted_at__isnull=True)
        )
        delete_term(term=self.get_row(terms, term_id))
        return Response(status=204)
