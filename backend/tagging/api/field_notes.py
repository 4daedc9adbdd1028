"""Field notes of a session, written as Markdown: the excerpts on their words follow."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.selectors import sources_of
from backend.sources.serializers import ChangeSerializer, SourceSerializer
from backend.studies.models import Session
from backend.tagging import services
from backend.workspaces.door import WorkspaceView

TITLE_LENGTH_MAXIMUM = 300
NOTES_LENGTH_MAXIMUM = 1_000_000


class NotesSerializer(serializers.Serializer[Any]):
    """Field notes; their text is Markdown: headings, lists, quotes and paragraphs."""

    title = serializers.CharField(
        max_length=TITLE_LENGTH_MAXIMUM, allow_blank=True, required=False, default=""
    )
    text = serializers.CharField(
        max_length=NOTES_LENGTH_MAXIMUM, allow_blank=True, trim_whitespace=False
    )


class NotesInputSerializer(NotesSerializer):
    """What the notes are to say, and what they said when the page read them."""

    expected_text = serializers.CharField(
        max_length=NOTES_LENGTH_MAXIMUM, allow_blank=True, trim_whitespace=False
    )


class NotesEditSerializer(serializers.Serializer[Any]):
    """What was done (null: nothing had to be), and the transcript that the words are in."""

    change = ChangeSerializer(allow_null=True)
    transcript_id = serializers.UUIDField()


class SessionNotesView(WorkspaceView):
    @extend_schema(
        operation_id="notes_create", request=NotesSerializer, responses={201: SourceSerializer}
    )
    def post(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        sessions = Session.objects.filter(deleted_at__isnull=True, study__deleted_at__isnull=True)
        session = self.get_row(sessions, session_id)
        data = NotesSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = services.create_notes(session=session, user=request.user, **data.validated_data)
        source = sources_of(self.workspace).get(id=made.id)
        return Response(SourceSerializer(source).data, status=201)


class SourceNotesView(WorkspaceView):
    @extend_schema(operation_id="notes_read", responses=NotesSerializer)
    def get(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        return Response(NotesSerializer(services.read_notes(source)).data)

    @extend_schema(
        operation_id="notes_write",
        request=NotesInputSerializer,
        responses=NotesEditSerializer,
        description="409 notes_changed: the notes say something else by now.",
    )
    def put(self, request: Request, workspace_id: UUID, source_id: UUID) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        data = NotesInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        edit = services.edit_notes(source=source, user=request.user, **data.validated_data)
        return Response(
            {
                "change": ChangeSerializer(edit.change).data if edit.change else None,
                "transcript_id": edit.transcript.id,
            }
        )
