"""Transcripts as files to take away."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from backend.common.errors import InvalidInputError
from backend.sources.exports import EXPORT_FORMATS, export_transcript
from backend.sources.file_names import TRANSCRIPT_TYPES
from backend.sources.selectors import transcripts_of
from backend.workspaces.door import WorkspaceView


class TranscriptExportView(WorkspaceView):
    @extend_schema(
        operation_id="transcript_export",
        parameters=[OpenApiParameter("format", str, required=True, enum=EXPORT_FORMATS)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> HttpResponse:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        format = request.query_params.get("format", "")
        if format not in EXPORT_FORMATS:
            raise InvalidInputError(
                "A transcript can't be saved in this format.",
                remedy=f"Choose one of {', '.join(EXPORT_FORMATS)}.",
                fields={"format": ["There is no such format."]},
            )
        export = export_transcript(transcript, format=format)
        response = HttpResponse(export.content, content_type=_content_type(format))
        response["Content-Disposition"] = str(content_disposition_header(True, export.name))
        response["Cache-Control"] = "private, no-cache"
        return response


def _content_type(format: str) -> str:
    name = TRANSCRIPT_TYPES[f".{format}"]
    return f"{name}; charset=utf-8" if name.startswith("text/") else name
