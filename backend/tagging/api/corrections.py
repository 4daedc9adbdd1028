"""Correcting transcripts. It is done here because the excerpts on the words follow."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.models import Segment, TurnScope
from backend.sources.selectors import kept_speakers, speakers_of
from backend.sources.serializers import (
    SegmentSerializer,
    SpeakerInputSerializer,
    SpeakerSerializer,
    describe_segment,
)
from backend.studies.models import Participant
from backend.tagging import services
from backend.tagging.serializers import SegmentSpeakerSerializer, WordInputSerializer
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row


class CorrectionView(WorkspaceView):
    def find(self, segment_id: Any) -> Segment:
        segments = Segment.objects.filter(
            transcript__source__session__deleted_at__isnull=True,
            transcript__source__session__study__deleted_at__isnull=True,
        )
        return self.get_row(segments, segment_id)

    def answer(self, segment: Segment) -> Response:
        return Response(describe_segment(segment))


class SegmentView(CorrectionView):
    @extend_schema(
        operation_id="segment_update",
        request=SegmentSpeakerSerializer,
        responses=SegmentSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, segment_id: Any) -> Response:
        segment = self.find(segment_id)
        data = SegmentSpeakerSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        speaker = find_row(
            kept_speakers(),
            data.validated_data["speaker_id"],
            workspace_id=self.workspace.id,
            field="speaker_id",
        )
        services.assign_speaker(
            segment=segment, scope=TurnScope.SEGMENT, speaker=speaker, user=request.user
        )
        segment.refresh_from_db()
        return self.answer(segment)


class WordView(CorrectionView):
    @extend_schema(
        operation_id="word_correct", request=WordInputSerializer, responses=SegmentSerializer
    )
    def post(self, request: Request, workspace_id: Any, segment_id: Any, word_id: int) -> Response:
        segment = self.find(segment_id)
        data = WordInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        text = data.validated_data["text"]
        corrected = services.correct_word(
            segment=segment, word_id=word_id, text=text, user=request.user
        )
        return self.answer(corrected)


class SpeakerView(WorkspaceView):
    @extend_schema(
        operation_id="speaker_update",
        request=SpeakerInputSerializer,
        responses=SpeakerSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, speaker_id: Any) -> Response:
        speaker = self.get_row(speakers_of(self.workspace), speaker_id)
        data = SpeakerInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        changes = dict(data.validated_data)
        if "participant_id" in changes:
            changes["participant"] = find_row(
                Participant.objects.all(),
                changes.pop("participant_id"),
                workspace_id=self.workspace.id,
                field="participant_id",
            )
        services.update_speaker(speaker=speaker, changes=changes, user=request.user)
        return Response(SpeakerSerializer(speakers_of(self.workspace).get(id=speaker.id)).data)
