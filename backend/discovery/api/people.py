"""Who said what a search finds."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery.people import describe_people
from backend.discovery.serializers import FacetSerializer, PeopleQuestionSerializer
from backend.workspaces.door import WorkspaceView


class SearchPeopleView(WorkspaceView):
    """Every member may look; real names only for those who may see them."""

    @extend_schema(
        operation_id="search_people",
        parameters=[PeopleQuestionSerializer],
        responses=FacetSerializer,
        description="A facet of its own, for there may be thousands of people: those who said "
        "most of what a search finds, or those of a name.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        question = PeopleQuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        facet = describe_people(
            self.workspace.id, question.validated_data, may_see_names=self.may_see_names
        )
        return Response(FacetSerializer(facet).data)
