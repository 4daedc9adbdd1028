"""Searching a workspace."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery.facets import describe_facets
from backend.discovery.hits import load_hits
from backend.discovery.selectors import count_all_people, search_workspace
from backend.discovery.serializers import SearchAnswerSerializer, SearchQuestionSerializer
from backend.workspaces.door import WorkspaceView


class SearchView(WorkspaceView):
    """Every member may search; what they see of people depends on their role."""

    @extend_schema(
        operation_id="search",
        parameters=[SearchQuestionSerializer],
        responses=SearchAnswerSerializer,
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        question = SearchQuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        found = search_workspace(self.workspace.id, question.validated_data)
        answer = {
            "total": found.total,
            "excerpts": found.excerpts,
            "people": found.people,
            "people_total": count_all_people(self.workspace.id),
            "studies": found.studies,
            "dropped_words": found.dropped_words,
            "also_searched": found.also_searched,
            "took_ms": found.took_ms,
            "facets": describe_facets(self.workspace.id, found.facets, question.validated_data),
            "hits": load_hits(self.workspace.id, found.hits),
        }
        context = {"may_see_names": self.may_see_names}
        return Response(SearchAnswerSerializer(answer, context=context).data)
