"""Replacing words throughout a transcript: the excerpts on the words follow."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.replacing import Replacement
from backend.sources.selectors import shown_segments, transcripts_of
from backend.sources.serializers import (
    ChangeSerializer,
    ReplaceInputSerializer,
    ReplacementInputSerializer,
    ReplacementPreviewSerializer,
    TextChangeSerializer,
    segment_columns,
)
from backend.tagging import services
from backend.workspaces.door import WorkspaceView


class ReplacePreviewView(WorkspaceView):
    @extend_schema(
        operation_id="transcript_replace_preview",
        request=ReplacementInputSerializer,
        responses=ReplacementPreviewSerializer,
    )
    def post(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        data = ReplacementInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        matches = services.preview_replacement(
            transcript=transcript, replacement=Replacement(**data.validated_data)
        )
        return Response(ReplacementPreviewSerializer({"matches": matches}).data)


class ReplaceView(WorkspaceView):
    @extend_schema(
        operation_id="transcript_replace",
        request=ReplaceInputSerializer,
        responses=TextChangeSerializer,
    )
    def post(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        data = ReplaceInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        done = services.replace_words(
            transcript=transcript,
            first_word_ids=values.pop("first_word_ids"),
            replacement=Replacement(**values),
            user=request.user,
        )
        rows = transcript.segments.filter(id__in=done.segment_ids).order_by("position")
        return Response(
            {
                "change": ChangeSerializer(done.change).data,
                "replaced": done.places,
                "segments": [segment_columns(row) for row in shown_segments(rows)],
            }
        )
