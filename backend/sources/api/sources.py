"""Sources: pasted text, the files of a recording, and asking for a transcript."""

from uuid import UUID

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import MissingError
from backend.jobs.serializers import JobSerializer
from backend.sources import storage
from backend.sources.file_names import content_type_of
from backend.sources.media_response import respond_with_file
from backend.sources.models import MediaFile, Source
from backend.sources.selectors import sources_of, storage_used_bytes
from backend.sources.serializers import (
    PeaksSerializer,
    SourceSerializer,
    StorageSerializer,
    TextInputSerializer,
    TranscribeInputSerializer,
)
from backend.sources.serializers.transcripts import FindSpeakersInputSerializer
from backend.sources.services import add_text, request_transcription
from backend.sources.services.media import request_find_speakers
from backend.sources.withdrawal import refuse_if_alone, refuse_if_heard
from backend.studies.selectors import sessions_of
from backend.workspaces.door import WorkspaceView

_RANGE = OpenApiParameter("Range", OpenApiTypes.STR, OpenApiParameter.HEADER)


class SessionTextView(WorkspaceView):
    @extend_schema(
        operation_id="session_add_text",
        request=TextInputSerializer,
        responses={201: SourceSerializer},
    )
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        session = self.get_row(sessions_of(self.workspace), session_id)
        data = TextInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = add_text(session=session, user=request.user, **data.validated_data)
        source = sources_of(self.workspace).get(id=made.id)
        return Response(SourceSerializer(source).data, status=201)


class TranscribeView(WorkspaceView):
    @extend_schema(
        operation_id="source_transcribe",
        request=TranscribeInputSerializer,
        responses={201: JobSerializer},
    )
    def post(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        data = TranscribeInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        job = request_transcription(source=source, user=request.user, **data.validated_data)
        return Response(JobSerializer(job).data, status=201)


class FindSpeakersView(WorkspaceView):
    @extend_schema(
        operation_id="source_find_speakers",
        request=FindSpeakersInputSerializer,
        responses={201: JobSerializer},
    )
    def post(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        data = FindSpeakersInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        job = request_find_speakers(source=source, user=request.user, **data.validated_data)
        return Response(JobSerializer(job).data, status=201)


class FileView(WorkspaceView):
    """A view that answers with a file of a recording, to those who pass the door."""

    def get_media(self, source_id: UUID) -> MediaFile:
        source = self.get_row(sources_of(self.workspace), source_id)
        if not hasattr(source, "media"):
            raise MissingError("This source is a text: there is no recording of it.")
        self.check_consent(source)
        return source.media

    def check_consent(self, source: Source) -> None:
        """Raises WithheldError. While others agree, the recording is there for what they said."""
        refuse_if_alone(source)


class PlaybackView(FileView):
    @extend_schema(
        operation_id="source_media",
        parameters=[_RANGE],
        responses={
            (200, "audio/mp4"): OpenApiTypes.BINARY,
            (206, "audio/mp4"): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, workspace_id: UUID, source_id: UUID) -> HttpResponseBase:
        media = self.get_media(source_id)
        return respond_with_file(
            request._request,
            storage.playback_file(media),
            content_type=content_type_of(media.playback_path),
        )


class PeaksView(FileView):
    @extend_schema(operation_id="source_peaks", responses=PeaksSerializer)
    def get(self, request: Request, workspace_id: UUID, source_id: UUID) -> HttpResponseBase:
        media = self.get_media(source_id)
        return respond_with_file(
            request._request, storage.peaks_file(media), content_type="application/json"
        )


class OriginalView(FileView):
    """The file as uploaded, to keep; a browser that can may play a video of it in place."""

    def check_consent(self, source: Source) -> None:
        refuse_if_heard(source)

    @extend_schema(
        operation_id="source_original",
        parameters=[_RANGE],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, workspace_id: UUID, source_id: UUID) -> HttpResponseBase:
        media = self.get_media(source_id)
        return respond_with_file(
            request._request,
            storage.original_file(media),
            content_type=content_type_of(media.original_path),
            download_name=media.source.name,
        )


class StorageView(WorkspaceView):
    @extend_schema(operation_id="storage_read", responses=StorageSerializer)
    def get(self, request: Request, workspace_id: UUID) -> Response:
        document = {
            "used_bytes": storage_used_bytes(self.workspace),
            "quota_bytes": settings.STORAGE_QUOTA_BYTES,
            "upload_maximum_bytes": settings.UPLOAD_MAXIMUM_BYTES,
            # The setting may be the path of a checkpoint, which is nobody's business.
            "speech_model": settings.WHISPER_MODEL.rpartition("/")[2],
        }
        return Response(StorageSerializer(document).data)
