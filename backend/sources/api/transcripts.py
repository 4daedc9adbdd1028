"""Transcripts and speakers. Correcting words and speakers is tagging's: excerpts follow there."""

from uuid import UUID

from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import InvalidInputError
from backend.sources.models import Source
from backend.sources.selectors import (
    opening_transcript_of,
    segments_of,
    sources_of,
    speakers_of,
    transcripts_of,
)
from backend.sources.serializers import (
    NewSpeakerInputSerializer,
    SpeakerSerializer,
    TalkShareSerializer,
    TranscriptSerializer,
    transcript_document,
)
from backend.sources.services import create_speaker
from backend.sources.talk_share import talk_share_of
from backend.studies.selectors import get_participants, sessions_of
from backend.workspaces.door import WorkspaceView
from backend.workspaces.models import Workspace


# Three hours of speech are some 1.5 MB, and less than a third of that on the way.
@method_decorator(gzip_page, name="dispatch")
class TranscriptView(WorkspaceView):
    @extend_schema(
        operation_id="transcript_read",
        parameters=[
            OpenApiParameter(
                "after_position",
                OpenApiTypes.INT,
                description="only segments after this position: for text that is still arriving",
            )
        ],
        responses=TranscriptSerializer,
    )
    def get(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        wanted = request.query_params.get("after_position", "-1")
        after_position = _read_number(wanted, name="after_position", least=-1)
        segments = segments_of(transcript, after_position=after_position)
        return Response(transcript_document(transcript, segments))


@method_decorator(gzip_page, name="dispatch")
class OpeningTranscriptView(WorkspaceView):
    """So that the text can be asked for together with its session, whose answer would name it."""

    @extend_schema(
        operation_id="session_read_transcript",
        parameters=[
            OpenApiParameter(
                "first", OpenApiTypes.INT, description="only so many segments, from the beginning"
            )
        ],
        responses={200: TranscriptSerializer, 204: None},
    )
    def get(self, request: Request, workspace_id: UUID, session_id: UUID) -> Response:
        transcript = opening_transcript_of(self.workspace, session_id)
        if transcript is None:
            self.get_row(sessions_of(self.workspace), session_id)
            return Response(status=204)
        wanted = request.query_params.get("first")
        first = None if wanted is None else _read_number(wanted, name="first", least=1)
        return Response(transcript_document(transcript, segments_of(transcript, first=first)))


class TalkShareView(WorkspaceView):
    @extend_schema(operation_id="transcript_talk_share", responses=TalkShareSerializer)
    def get(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        shares = talk_share_of(transcript)
        speech_ms = sum(share.speech_ms for share in shares)
        return Response(TalkShareSerializer({"speech_ms": speech_ms, "speakers": shares}).data)


class SpeakersView(WorkspaceView):
    @extend_schema(
        operation_id="speakers_create",
        request=NewSpeakerInputSerializer,
        responses={201: SpeakerSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = NewSpeakerInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        source = _get_source(self.workspace, values.pop("source_id"))
        if participant_id := values.pop("participant_id", None):
            values["participant"] = get_participants(self.workspace, [participant_id])[0]
        speaker = create_speaker(source=source, **values)
        made = speakers_of(self.workspace).get(id=speaker.id)
        return Response(SpeakerSerializer(made).data, status=201)


def _get_source(workspace: Workspace, source_id: UUID) -> Source:
    source = sources_of(workspace).filter(id=source_id).first()
    if source is None:
        raise InvalidInputError(
            "This recording does not exist any more.",
            remedy="Reload the page.",
            fields={"source_id": ["There is no such source."]},
        )
    return source


def _read_number(text: str, *, name: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = None
    if number is None or not least <= number < 2**31:
        raise InvalidInputError(f"“{name}” must be a number from {least} upwards.")
    return number
