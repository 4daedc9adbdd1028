"""Replacing words throughout a transcript, and undoing it: the excerpts on the words follow."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.models import TextChange, Transcript
from backend.sources.replacing import Replacement
from backend.sources.selectors import shown_segments, transcripts_of
from backend.sources.serializers import (
    ChangeSerializer,
    ReplaceInputSerializer,
    ReplacementInputSerializer,
    ReplacementPreviewSerializer,
    TextChangeSerializer,
    TextUndoSerializer,
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
        change = services.replace_words(
            transcript=transcript,
            first_word_ids=values.pop("first_word_ids"),
            replacement=Replacement(**values),
            user=request.user,
        )
        return Response(
            {
                "change": ChangeSerializer(change).data,
                "replaced": change.corrections.count(),
                "segments": _segments(transcript, change),
            }
        )


class UndoTextChangeView(WorkspaceView):
    @extend_schema(operation_id="text_change_undo", request=None, responses=TextUndoSerializer)
    def post(self, request: Request, workspace_id: UUID, text_change_id: UUID) -> Response:
        changes = TextChange.objects.filter(
            transcript__source__session__deleted_at__isnull=True,
            transcript__source__session__study__deleted_at__isnull=True,
        ).select_related("transcript")
        change = services.undo_text_change(
            change=self.get_row(changes, text_change_id), user=request.user
        )
        return Response({"segments": _segments(change.transcript, change)})


def _segments(transcript: Transcript, change: TextChange) -> list[dict[str, Any]]:
    ids = {segment_id for segment_id, _, _ in change.edits}
    rows = transcript.segments.filter(id__in=ids).order_by("position")
    return [segment_columns(row) for row in shown_segments(rows)]
