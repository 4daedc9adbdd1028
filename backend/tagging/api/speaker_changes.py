"""Giving turns to speakers, and merging speakers: the excerpts on the words follow."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.models import Segment
from backend.sources.selectors import kept_speakers, speakers_of, transcripts_of
from backend.sources.serializers import (
    AssignSpeakerInputSerializer,
    MergeSpeakerInputSerializer,
    SpeakerChangeSerializer,
)
from backend.tagging import services
from backend.tagging.services import SpeakerEdit
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row, find_rows


class SpeakerChangeView(WorkspaceView):
    def answer(self, edit: SpeakerEdit) -> Response:
        turns = Segment.objects.filter(id__in=edit.turn_ids)
        columns = ("id", "speaker_id", "is_speaker_suggested")
        speakers = speakers_of(self.workspace).filter(source=edit.source)
        shown = {
            "change": edit.change,
            "segments": turns.order_by("transcript_id", "position").values(*columns),
            "speakers": speakers.order_by("created_at", "id"),
        }
        return Response(SpeakerChangeSerializer(shown).data)


class AssignSpeakerView(SpeakerChangeView):
    @extend_schema(
        operation_id="transcript_assign_speaker",
        request=AssignSpeakerInputSerializer,
        responses=SpeakerChangeSerializer,
    )
    def post(self, request: Request, workspace_id: UUID, transcript_id: UUID) -> Response:
        transcript = self.get_row(transcripts_of(self.workspace), transcript_id)
        data = AssignSpeakerInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        segment = self.find(
            transcript.segments.select_related("transcript"), "segment_id", data.validated_data
        )
        speaker = self.find(kept_speakers(), "speaker_id", data.validated_data)
        edit = services.assign_speaker(
            segment=segment,
            scope=data.validated_data["scope"],
            speaker=speaker,
            user=request.user,
        )
        return self.answer(edit)

    def find(self, rows: Any, field: str, values: dict[str, Any]) -> Any:
        return find_row(rows, values[field], workspace_id=self.workspace.id, field=field)


class MergeSpeakerView(SpeakerChangeView):
    @extend_schema(
        operation_id="speaker_merge",
        request=MergeSpeakerInputSerializer,
        responses=SpeakerChangeSerializer,
    )
    def post(self, request: Request, workspace_id: UUID, speaker_id: UUID) -> Response:
        speaker = self.get_row(speakers_of(self.workspace), speaker_id)
        data = MergeSpeakerInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        [into] = find_rows(
            kept_speakers(),
            [data.validated_data["into_speaker_id"]],
            workspace_id=self.workspace.id,
            field="into_speaker_id",
        )
        return self.answer(services.merge_speakers(speaker=speaker, into=into, user=request.user))
