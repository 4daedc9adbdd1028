"""The shapes of replacing words throughout a transcript."""

from typing import Any

from rest_framework import serializers

from backend.sources.serializers.speakers import ChangeSerializer
from backend.sources.serializers.transcripts import SegmentSerializer

PHRASE_LENGTH_MAXIMUM = 100


class ReplacementInputSerializer(serializers.Serializer[Any]):
    """Whole words, one or several on either side; punctuation around them is kept."""

    find = serializers.CharField(max_length=PHRASE_LENGTH_MAXIMUM)
    replace = serializers.CharField(max_length=PHRASE_LENGTH_MAXIMUM)
    match_case = serializers.BooleanField(required=False, default=False)


class ReplaceInputSerializer(ReplacementInputSerializer):
    """Which matches of the preview are to be replaced, by their first words."""

    first_word_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=0), allow_empty=False, max_length=100_000
    )


class MatchSerializer(serializers.Serializer[Any]):
    """A place where the words are found, what would stand there, and what stands around it."""

    segment_id = serializers.UUIDField()
    first_word_id = serializers.IntegerField(source="match.first_word_id")
    last_word_id = serializers.IntegerField(source="match.last_word_id")
    before = serializers.CharField(source="match.before")
    after = serializers.CharField(source="match.after")
    context_before = serializers.CharField(source="match.context_before")
    context_after = serializers.CharField(source="match.context_after")
    start_ms = serializers.IntegerField(source="match.start_ms", allow_null=True)
    blocked_reason = serializers.CharField(
        help_text="why this place can't be replaced; empty: it can"
    )


class ReplacementPreviewSerializer(serializers.Serializer[Any]):
    matches = MatchSerializer(many=True)


class TextChangeSerializer(serializers.Serializer[Any]):
    """How many places were replaced, and the segments as they are now."""

    change = ChangeSerializer()
    replaced = serializers.IntegerField()
    segments = SegmentSerializer(many=True)


class TextUndoSerializer(serializers.Serializer[Any]):
    """The segments as they are again."""

    segments = SegmentSerializer(many=True)
