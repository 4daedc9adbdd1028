"""Searching a workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.discovery.facets import describe_facets
from backend.discovery.hits import load_hits
from backend.discovery.selectors import count_all_people, search_workspace
from backend.discovery.serializers import SearchAnswerSerializer, SearchQuestionSerializer
from backend.workspaces.door import WorkspaceView

# Every serializer copies its fields for itself: milliseconds at each letter that somebody types.
_QUESTION = SearchQuestionSerializer()
_ANSWERS = {
    may_see_names: SearchAnswerSerializer(context={"may_see_names": may_see_names})
    for may_see_names in (True, False)
}

# Python runs one thread at a time: of sixteen, a third of the time goes into changing over.
_TURNS = BoundedSemaphore(2)
_PATIENCE_S = 2.0


@contextmanager
def taking_turns() -> Iterator[None]:
    """Two searches at a time; but nobody waits long for one that an engine keeps waiting."""
    has_turn = _TURNS.acquire(timeout=_PATIENCE_S)
    try:
        yield
    finally:
        if has_turn:
            _TURNS.release()


class SearchView(WorkspaceView):
    """Every member may search; what they see of people depends on their role."""

    @extend_schema(
        operation_id="search",
        parameters=[SearchQuestionSerializer],
        responses=SearchAnswerSerializer,
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        with taking_turns():
            return Response(self._answer(request))

    def _answer(self, request: Request) -> Any:
        question = _QUESTION.run_validation(request.query_params)
        found = search_workspace(self.workspace.id, question)
        answer = {
            "total": found.total,
            "excerpts": found.excerpts,
            "people": found.people,
            "people_total": count_all_people(self.workspace.id),
            "studies": found.studies,
            "complete": found.complete,
            "dropped_words": found.dropped_words,
            "also_searched": found.also_searched,
            "took_ms": found.took_ms,
            "facets": describe_facets(self.workspace.id, found.facets, question),
            "hits": load_hits(self.workspace.id, found.hits),
        }
        return _ANSWERS[self.may_see_names].to_representation(answer)
