"""The shapes of the history and of the live feed."""

from typing import Any

from rest_framework import serializers

from backend.sources.serializers import SegmentSerializer, segment_columns
from backend.tagging.history.selectors import News, Standing
from backend.tagging.models import Change
from backend.tagging.serializers import (
    AuthorSerializer,
    ExcerptSerializer,
    describe_author,
    describe_excerpt,
)


class ChangeReferenceSerializer(serializers.Serializer[Any]):
    """What would be undone or done again next."""

    id = serializers.UUIDField()
    summary = serializers.CharField()


class HistoryChangeSerializer(serializers.Serializer[Change]):
    """Something a person did. `number` rises when it is made, undone or done again.

    The context says `user`.
    """

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    verb = serializers.CharField(help_text="such as excerpt.create or text.split")
    summary = serializers.CharField()
    session_id = serializers.UUIDField(allow_null=True, help_text="null: in the codebook")
    created_at = serializers.DateTimeField()
    created_by = AuthorSerializer(allow_null=True)
    is_mine = serializers.BooleanField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = AuthorSerializer(allow_null=True)
    excerpt_ids = serializers.ListField(child=serializers.UUIDField())
    segment_ids = serializers.ListField(child=serializers.UUIDField())

    def to_representation(self, instance: Change) -> dict[str, Any]:
        return describe_change(instance, user=self.context["user"])


class FeedSegmentSerializer(SegmentSerializer):
    transcript_id = serializers.UUIDField()


class FeedSerializer(serializers.Serializer[Any]):
    """What is new in a session: changes in the order of their numbers, and what they touched as it
    is now. Ask again with `latest` as `after`.
    """

    latest = serializers.IntegerField()
    undo = ChangeReferenceSerializer(allow_null=True)
    redo = ChangeReferenceSerializer(allow_null=True)
    changes = HistoryChangeSerializer(many=True)
    excerpts = ExcerptSerializer(many=True)
    deleted_excerpt_ids = serializers.ListField(child=serializers.UUIDField())
    segments = FeedSegmentSerializer(many=True)
    deleted_segment_ids = serializers.ListField(child=serializers.UUIDField())
    has_speakers_changed = serializers.BooleanField()
    has_memos_changed = serializers.BooleanField()


class TurnedChangeSerializer(FeedSerializer):
    """The feed with the change that was undone or done again. Without `after`, the other lists are
    of this change alone.
    """

    change = HistoryChangeSerializer()


class FeedQuerySerializer(serializers.Serializer[Any]):
    after = serializers.IntegerField(
        required=False, min_value=0, help_text="the `latest` of the answer before"
    )


class ChangeFiltersSerializer(serializers.Serializer[Any]):
    session = serializers.UUIDField(required=False)
    scope = serializers.ChoiceField(choices=["codebook"], required=False)
    user = serializers.UUIDField(required=False)


def describe_change(change: Change, *, user: Any) -> dict[str, Any]:
    """The body of HistoryChangeSerializer."""
    return {
        "id": change.id,
        "number": change.number,
        "verb": change.verb,
        "summary": change.summary,
        "session_id": change.session_id,
        "created_at": change.created_at,
        "created_by": describe_author(change.created_by),
        "is_mine": change.created_by_id == user.pk,
        "undone_at": change.undone_at,
        "undone_by": describe_author(change.undone_by),
        "excerpt_ids": change.touched.get("excerpt_ids", []),
        "segment_ids": change.touched.get("segment_ids", []),
    }


def feed_document(
    standing: Standing, news: News, *, user: Any, may_see_names: bool
) -> dict[str, Any]:
    """The body of FeedSerializer."""
    return {
        "latest": standing.latest,
        "undo": standing.undo,
        "redo": standing.redo,
        "changes": [describe_change(change, user=user) for change in news.changes],
        "excerpts": [
            describe_excerpt(excerpt, may_see_names=may_see_names) for excerpt in news.excerpts
        ],
        "deleted_excerpt_ids": news.deleted_excerpt_ids,
        "segments": [
            {**segment_columns(segment), "transcript_id": segment["transcript_id"]}
            for segment in news.segments
        ],
        "deleted_segment_ids": news.deleted_segment_ids,
        "has_speakers_changed": news.has_speakers_changed,
        "has_memos_changed": news.has_memos_changed,
    }
