"""Excerpts that were found, as a table to take away."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from backend.discovery.export import batches_of_chosen, batches_of_search, write_table
from backend.discovery.export_serializers import ExportQuestionSerializer
from backend.sources.file_blocks import FileBlocks
from backend.sources.file_names import download_name
from backend.tagging.models import Excerpt
from backend.workspaces.door import WorkspaceView


class SearchExportView(WorkspaceView):
    """Every member may take away what they may read. Real names are in no file."""

    @extend_schema(
        operation_id="search_export",
        parameters=[ExportQuestionSerializer],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
        description="Everything the question finds, as far as 10,000 rows; or the chosen excerpts.",
    )
    def get(self, request: Request, workspace_id: UUID) -> StreamingHttpResponse:
        question = ExportQuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        values: dict[str, Any] = question.validated_data
        batches = (
            batches_of_chosen(self.workspace.id, values["excerpt"])
            if values["excerpt"]
            else batches_of_search(self.workspace.id, values)
        )
        table = write_table(batches, link_to=self._link_to)
        length = table.tell()
        table.seek(0)
        response = StreamingHttpResponse(
            FileBlocks(table, length), content_type="text/csv; charset=utf-8"
        )
        response["Content-Length"] = str(length)
        name = download_name(self.workspace.name, of="excerpts", extension=".csv")
        response["Content-Disposition"] = str(content_disposition_header(True, name))
        response["Cache-Control"] = "private, no-cache"
        return response

    def _link_to(self, excerpt: Excerpt) -> str:
        """The page that opens at the second where it was said."""
        path = f"/w/{self.workspace.id}/sessions/{excerpt.session_id}?excerpt={excerpt.id}"
        return self.request.build_absolute_uri(path)
