"""Uploads by the tus 1.0 protocol: creation and termination; https://tus.io/protocols."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import EarshotError, InvalidInputError
from backend.common.identifiers import parse_id
from backend.sources.file_names import DEFAULT_NAME, read_metadata
from backend.sources.models import Source
from backend.sources.selectors import sources_of, uploads_of
from backend.sources.serializers import UploadSerializer
from backend.sources.services import arrived_bytes, create_upload, delete_upload, receive_part
from backend.studies.models import Session
from backend.studies.selectors import sessions_of
from backend.workspaces.door import WorkspaceView
from backend.workspaces.roles import Permission

VERSION = "1.0.0"
PART_CONTENT_TYPE = "application/offset+octet-stream"


def _header(name: str, kind: OpenApiTypes = OpenApiTypes.STR, **rest: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, **rest)


class WrongVersionError(EarshotError):
    """The client speaks another version of the protocol."""

    status = 412
    code = "wrong_version"
    headers = {"Tus-Version": VERSION}


class WrongContentError(EarshotError):
    """The body is not announced as a part of a file."""

    status = 415


class TusView(WorkspaceView):
    """What all addresses of the protocol share. Bodies are streams: no parser may touch them."""

    parser_classes: list[Any] = []
    permissions = {"HEAD": Permission.EDIT_RESEARCH}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        override = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and override in ("PATCH", "DELETE", "HEAD"):
            request.method = override
        return super().dispatch(request, *args, **kwargs)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        return response

    @extend_schema(exclude=True)
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        headers = {
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,termination",
            "Tus-Max-Size": str(settings.UPLOAD_MAXIMUM_BYTES),
        }
        return Response(status=204, headers=headers)

    def require_version(self) -> None:
        if self.request.headers.get("Tus-Resumable") != VERSION:
            raise WrongVersionError(
                "This upload speaks another version of its protocol.",
                remedy=f"Use a client for tus {VERSION}.",
            )

    def read_number(self, name: str) -> int:
        """A header that is a number of bytes. Raises InvalidInputError."""
        text = self.request.headers.get(name, "")
        if not re.fullmatch(r"[0-9]{1,18}", text):
            raise InvalidInputError(f"The header {name} must be a number of bytes.")
        return int(text)


class SessionUploadsView(TusView):
    @extend_schema(
        operation_id="uploads_create",
        request=None,
        responses={201: UploadSerializer},
        parameters=[
            _header("Tus-Resumable", required=True),
            _header("Upload-Length", OpenApiTypes.INT, required=True),
            _header(
                "Upload-Metadata",
                description=(
                    "filename, filetype; beside: the source that a transcript is another version of"
                ),
            ),
        ],
    )
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        session = self.get_row(sessions_of(self.workspace), session_id)
        self.require_version()
        metadata = read_metadata(request.headers.get("Upload-Metadata", ""))
        upload = create_upload(
            session=session,
            file_name=metadata.get("filename") or metadata.get("name") or DEFAULT_NAME,
            content_type=metadata.get("filetype", ""),
            size_bytes=self.read_number("Upload-Length"),
            beside=self._find_source(session, metadata.get("beside", "")),
            user=request.user,
        )
        address = f"/api/workspaces/{self.workspace.id}/uploads/{upload.id}"
        return Response(UploadSerializer(upload).data, status=201, headers={"Location": address})

    def _find_source(self, session: Session, source_id: str) -> Source | None:
        if not source_id:
            return None
        sources = sources_of(self.workspace).filter(session=session)
        source = sources.filter(id=parse_id(source_id, name="beside")).first()
        if source is None:
            raise InvalidInputError(
                "The recording that this transcript belongs to is not in this session.",
                remedy="Reload the page, then import the file again.",
            )
        return source


class UploadView(TusView):
    @extend_schema(exclude=True)
    def head(self, request: Request, workspace_id: UUID, upload_id: UUID) -> Response:
        upload = self.get_row(uploads_of(self.workspace), upload_id)
        self.require_version()
        headers = {
            "Upload-Offset": str(arrived_bytes(upload)),
            "Upload-Length": str(upload.size_bytes),
            "Cache-Control": "no-store",
        }
        return Response(status=200, headers=headers)

    @extend_schema(
        operation_id="upload_append",
        request={PART_CONTENT_TYPE: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[
            _header("Tus-Resumable", required=True),
            _header("Upload-Offset", OpenApiTypes.INT, required=True),
        ],
    )
    def patch(self, request: Request, workspace_id: UUID, upload_id: UUID) -> Response:
        upload = self.get_row(uploads_of(self.workspace), upload_id)
        self.require_version()
        if request.content_type != PART_CONTENT_TYPE:
            raise WrongContentError(f"Send the part of the file as {PART_CONTENT_TYPE}.")
        offset_bytes = self.read_number("Upload-Offset")
        # The plain request: DRF's would look for a parser, and Django's `body` reads it all.
        receive_part(upload=upload, offset_bytes=offset_bytes, read=request._request.read)
        return Response(status=204, headers={"Upload-Offset": str(upload.offset_bytes)})

    @extend_schema(
        operation_id="upload_delete",
        responses={204: None},
        parameters=[_header("Tus-Resumable", required=True)],
    )
    def delete(self, request: Request, workspace_id: UUID, upload_id: UUID) -> Response:
        upload = self.get_row(uploads_of(self.workspace), upload_id)
        self.require_version()
        delete_upload(upload=upload)
        return Response(status=204)
