"""The files that transcripts were imported from."""

from uuid import UUID

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from backend.sources import storage
from backend.sources.file_names import content_type_of
from backend.sources.media_response import respond_with_file
from backend.sources.selectors import imported_files_of
from backend.sources.withdrawal import refuse_if_heard
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission


class ImportedOriginalView(WorkspaceView):
    """The file as it was uploaded. Meeting programs write people's real names into theirs."""

    permissions = {"GET": Permission.SEE_NAMES}

    @extend_schema(
        operation_id="imported_file_original",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, workspace_id: UUID, imported_file_id: UUID) -> HttpResponseBase:
        imported = self.get_row(imported_files_of(self.workspace), imported_file_id)
        refuse_if_heard(imported.source)
        return respond_with_file(
            request._request,
            storage.absolute(imported.original_path),
            content_type=content_type_of(imported.original_path),
            download_name=imported.name,
        )
