"""Versions of transcripts: listing, comparing, and putting another one in use."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import ConflictError, InvalidInputError
from backend.common.identifiers import parse_id
from backend.sources.comparison import compare_words
from backend.sources.models import Transcript, TranscriptState
from backend.sources.selectors import segments_of, sources_of, transcripts_of
from backend.sources.serializers import TranscriptReferenceSerializer
from backend.tagging import services
from backend.tagging.selectors import list_versions
from backend.tagging.version_serializers import (
    CarrySummarySerializer,
    ComparisonSerializer,
    VersionsSerializer,
)
from backend.workspaces.door import WorkspaceView


class VersionsView(WorkspaceView):
    @extend_schema(operation_id="versions_list", responses=VersionsSerializer)
    def get(self, request: Request, workspace_id: Any, source_id: Any) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        return Response(VersionsSerializer({"results": list_versions(source)}).data)


class ComparisonView(WorkspaceView):
    @extend_schema(
        operation_id="versions_compare",
        parameters=[
            OpenApiParameter(
                "with",
                OpenApiTypes.UUID,
                required=True,
                description="another version of the same recording's transcript",
            )
        ],
        responses=ComparisonSerializer,
    )
    def get(self, request: Request, workspace_id: Any, transcript_id: Any) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        other_id = parse_id(request.query_params.get("with", ""), name="with")
        versions = transcripts_of(self.workspace).filter(source=transcript.source_id)
        pair = versions.filter(id__in=[transcript.id, other_id]).order_by("version")
        if len(pair) < 2:
            raise InvalidInputError(
                "Only versions of the same recording can be compared.",
                remedy="Choose another version of this transcript.",
                fields={"with": ["Not a version of this transcript."]},
            )
        # Plain data: serializer fields for thousands of rows would cost seconds.
        comparison = compare_words(*(_words_of(version) for version in pair))
        old, new = (TranscriptReferenceSerializer(version).data for version in pair)
        return Response({"old": old, "new": new, **asdict(comparison)})


class MakeCurrentView(WorkspaceView):
    @extend_schema(
        operation_id="version_make_current",
        request=None,
        responses=CarrySummarySerializer,
        description="Excerpts, speakers and corrections come along. Going back is the same call.",
    )
    def post(self, request: Request, workspace_id: Any, transcript_id: Any) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        if transcript.state != TranscriptState.COMPLETE or not transcript.word_count:
            raise ConflictError(
                "This version has no text yet, or not all of it.",
                remedy="Wait until it is complete, or choose another version.",
            )
        summary = services.switch_version(transcript=transcript, user=request.user)
        return Response({"transcript_id": transcript.id, **asdict(summary)})


def _words_of(transcript: Transcript) -> list[list[Any]]:
    return [segment["words"] for segment in segments_of(transcript)]
