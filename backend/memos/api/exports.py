"""Memos as files to take away."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from backend.common.errors import InvalidInputError
from backend.memos.addresses import page_of
from backend.memos.api.memos import MemoView
from backend.memos.exports import CONTENT_TYPES, EXPORT_FORMATS, export_memos, rows_of
from backend.memos.models import Memo
from backend.memos.selectors import with_subjects
from backend.memos.serializers import MemoFiltersSerializer
from backend.sources.file_names import download_name


class MemosExportView(MemoView):
    @extend_schema(
        operation_id="memos_export",
        parameters=[
            MemoFiltersSerializer,
            OpenApiParameter("format", str, required=True, enum=EXPORT_FORMATS),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, workspace_id: UUID) -> HttpResponse:
        format = request.query_params.get("format", "")
        if format not in EXPORT_FORMATS:
            raise InvalidInputError(
                "Memos can't be saved in this format.",
                remedy=f"Choose one of {', '.join(EXPORT_FORMATS)}.",
                fields={"format": ["There is no such format."]},
            )
        threads = with_subjects(self.workspace.id, self.list_threads())
        rows = rows_of(threads, link_to=self._link_to)
        name = self.workspace.name
        content = export_memos(rows, format=format, title=f"{name}: memos")
        response = HttpResponse(content, content_type=CONTENT_TYPES[format])
        response["Content-Disposition"] = str(
            content_disposition_header(
                True, download_name(name, of="memos", extension=f".{format}")
            )
        )
        response["Cache-Control"] = "private, no-cache"
        return response

    def _link_to(self, memo: Memo) -> str:
        subject = memo.subject  # type: ignore[attr-defined]
        path = page_of(self.workspace.id, subject, memo_id=memo.id)
        return self.request.build_absolute_uri(path)
