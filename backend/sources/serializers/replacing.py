"""The shapes of replacing words throughout a transcript."""

from typing import Any

from rest_framework import serializers

from backend.sources.serializers.speakers import ChangeSerializer
from backend.sources.serializers.transcripts import SegmentSerializer

PHRASE_LENGTH_MAXIMUM = 100
# More than anybody says in one go.
TURN_LENGTH_MAXIMUM = 100_000


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


class SegmentTextInputSerializer(serializers.Serializer[Any]):
    """What a turn is to say (nothing: it goes), and what it said when the page read it."""

    text = serializers.CharField(allow_blank=True, max_length=TURN_LENGTH_MAXIMUM)
    expected_text = serializers.CharField(allow_blank=True, max_length=TURN_LENGTH_MAXIMUM)


class SplitInputSerializer(serializers.Serializer[Any]):
    """The word that another turn begins with, and whose that is (left out: the same speaker's)."""

    word_id = serializers.IntegerField(min_value=1)
    speaker_id = serializers.UUIDField(required=False, allow_null=True)


class JoinInputSerializer(serializers.Serializer[Any]):
    """What the turn said when the page read it."""

    expected_text = serializers.CharField(
        required=False, allow_null=True, default=None, max_length=TURN_LENGTH_MAXIMUM
    )


class BoundaryInputSerializer(serializers.Serializer[Any]):
    """The word that the turn is to begin with: one of its own, or of the turn before it."""

    word_id = serializers.IntegerField(min_value=1)


class TextEditSerializer(serializers.Serializer[Any]):
    """What was done (null: nothing had to be), and the turns as they are now."""

    change = ChangeSerializer(allow_null=True)
    segments = SegmentSerializer(many=True)
    deleted_segment_ids = serializers.ListField(child=serializers.UUIDField())
