"""What is like an excerpt, or like what somebody typed."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery.kind_serializers import (
    CloseExcerptsSerializer,
    SimilarExcerptsSerializer,
    SimilarQuestionSerializer,
)
from backend.discovery.meaning import find_close
from backend.discovery.serializers import SearchQuestionSerializer
from backend.discovery.similar import find_similar
from backend.tagging.selectors import live_excerpts
from backend.workspaces.door import WorkspaceView


class SimilarExcerptsView(WorkspaceView):
    """Every member may look; what they see of people depends on their role."""

    @extend_schema(
        operation_id="excerpts_similar",
        parameters=[OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 50; 10.")],
        responses=SimilarExcerptsSerializer,
        description="Excerpts that say much the same, most alike first: by what they mean where "
        "there is a model of meaning, else by the telling words they share.",
    )
    def get(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        question = SimilarQuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        excerpt = self.get_row(live_excerpts(self.workspace.id), excerpt_id)
        found = find_similar(excerpt, limit=question.validated_data["limit"])
        context = {"may_see_names": self.may_see_names}
        return Response(SimilarExcerptsSerializer({"results": found}, context=context).data)


class CloseExcerptsView(WorkspaceView):
    """Every member may look; what they see of people depends on their role."""

    @extend_schema(
        operation_id="search_meaning",
        parameters=[SearchQuestionSerializer],
        responses=CloseExcerptsSerializer,
        description="At most ten excerpts that say what was typed in other words, within the "
        "filters. Kind, offset and limit choose nothing here.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        question = SearchQuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        found = find_close(self.workspace.id, question.validated_data)
        context = {"may_see_names": self.may_see_names}
        return Response(CloseExcerptsSerializer(found, context=context).data)
