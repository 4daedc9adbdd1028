"""Editing turns of a transcript in place: the excerpts on the words follow."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.models import Segment
from backend.sources.selectors import kept_speakers
from backend.sources.serializers import (
    BoundaryInputSerializer,
    ChangeSerializer,
    JoinInputSerializer,
    SegmentTextInputSerializer,
    SplitInputSerializer,
    TextEditSerializer,
    describe_segment,
)
from backend.tagging import services
from backend.tagging.services import TextEdit
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row


class TextEditView(WorkspaceView):
    def find(self, segment_id: UUID) -> Segment:
        segments: QuerySet[Segment] = Segment.objects.filter(
            transcript__source__session__deleted_at__isnull=True,
            transcript__source__session__study__deleted_at__isnull=True,
        )
        return self.get_row(segments.select_related("transcript__source"), segment_id)

    def answer(self, edit: TextEdit) -> Response:
        return Response(
            {
                "change": ChangeSerializer(edit.change).data if edit.change else None,
                "segments": [describe_segment(segment) for segment in edit.segments],
                "deleted_segment_ids": edit.deleted_segment_ids,
            }
        )


class SegmentTextView(TextEditView):
    @extend_schema(
        operation_id="segment_edit_text",
        request=SegmentTextInputSerializer,
        responses=TextEditSerializer,
        description="409 turn_changed: somebody was quicker; `fields.segment` is the turn now.",
    )
    def put(self, request: Request, workspace_id: UUID, segment_id: UUID) -> Response:
        segment = self.find(segment_id)
        data = SegmentTextInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        edit = services.edit_text(segment=segment, user=request.user, **data.validated_data)
        return self.answer(edit)


class SplitSegmentView(TextEditView):
    @extend_schema(
        operation_id="segment_split", request=SplitInputSerializer, responses=TextEditSerializer
    )
    def post(self, request: Request, workspace_id: UUID, segment_id: UUID) -> Response:
        segment = self.find(segment_id)
        data = SplitInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(data.validated_data)
        speaker = find_row(
            kept_speakers(),
            values.get("speaker_id"),
            workspace_id=self.workspace.id,
            field="speaker_id",
        )
        edit = services.split_segment(
            segment=segment,
            word_id=values["word_id"],
            speaker=speaker,
            is_other_speaker="speaker_id" in values,
            user=request.user,
        )
        return self.answer(edit)


class JoinSegmentView(TextEditView):
    @extend_schema(
        operation_id="segment_join", request=JoinInputSerializer, responses=TextEditSerializer
    )
    def post(self, request: Request, workspace_id: UUID, segment_id: UUID) -> Response:
        segment = self.find(segment_id)
        data = JoinInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        edit = services.join_segments(segment=segment, user=request.user, **data.validated_data)
        return self.answer(edit)


class SegmentBoundaryView(TextEditView):
    @extend_schema(
        operation_id="segment_move_boundary",
        request=BoundaryInputSerializer,
        responses=TextEditSerializer,
    )
    def post(self, request: Request, workspace_id: UUID, segment_id: UUID) -> Response:
        segment = self.find(segment_id)
        data = BoundaryInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        edit = services.move_boundary(segment=segment, user=request.user, **data.validated_data)
        return self.answer(edit)
