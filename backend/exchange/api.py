"""Codebooks in and out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import ConflictError, InvalidInputError
from backend.exchange import services
from backend.exchange.codebook import MAX_BYTES
from backend.exchange.codebook.csv import write_csv
from backend.exchange.codebook.qdc import write_qdc
from backend.exchange.serializers import (
    CodebookExportQuerySerializer,
    CodebookImportInputSerializer,
    CodebookImportQuerySerializer,
    CodebookImportSerializer,
)
from backend.tagging.services import refuse_locked
from backend.workspaces.door import WorkspaceView

_WRITERS = {"csv": (write_csv, "text/csv; charset=utf-8"), "qdc": (write_qdc, "application/xml")}


class CodebookExportView(WorkspaceView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # `?format=` names the file's format, not that of the answer.
        renderers = self.get_renderers()
        return renderers[0], renderers[0].media_type

    @extend_schema(
        operation_id="codebook_export",
        parameters=[CodebookExportQuerySerializer],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, workspace_id: UUID) -> HttpResponse:
        query = CodebookExportQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        format = query.validated_data["format"]
        codes = services.export_codes(self.workspace.id)
        if not codes:
            raise ConflictError("The codebook is empty.", remedy="Make a tag first.")
        write, content_type = _WRITERS[format]
        response = HttpResponse(write(codes), content_type=content_type)
        name = f"codebook-{timezone.localdate().isoformat()}.{format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class CodebookImportView(WorkspaceView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="codebook_import",
        parameters=[CodebookImportQuerySerializer],
        request={"multipart/form-data": CodebookImportInputSerializer},
        responses=CodebookImportSerializer,
        description="New tags are made and known ones changed, as one change that can be undone.",
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        refuse_locked(self.membership)
        query = CodebookImportQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        data = CodebookImportInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        file = data.validated_data["file"]
        if file.size > MAX_BYTES:
            raise InvalidInputError(
                f"The file is larger than {MAX_BYTES // 1024**2} MB: that is no codebook.",
                remedy="Choose the codebook alone, as CSV or QDC.",
                fields={"file": ["Too large."]},
            )
        outcome = services.import_codebook(
            workspace_id=self.workspace.id,
            content=file.read(),
            name=file.name,
            user=request.user,
            is_preview=query.validated_data["preview"],
        )
        return Response(CodebookImportSerializer(outcome).data)
