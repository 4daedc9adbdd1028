"""The shapes of versions, their comparison, and reviews in the API."""

from typing import Any

from rest_framework import serializers

from backend.sources.models import Transcript
from backend.sources.serializers import TranscriptReferenceSerializer
from backend.tagging.models import Review, ReviewState
from backend.tagging.serializers import AuthorSerializer, ExcerptSerializer


class VersionSerializer(TranscriptReferenceSerializer):
    """A version of a transcript. Needs rows of selectors.list_versions."""

    corrections_count = serializers.IntegerField()
    excerpt_count = serializers.IntegerField(help_text="Excerpts that hang on this version now.")
    created_by = AuthorSerializer(allow_null=True)
    imported_name = serializers.CharField(
        allow_null=True, help_text="The file it was imported from, if it was not recognised here."
    )

    class Meta:
        model = Transcript
        fields = [
            *TranscriptReferenceSerializer.Meta.fields,
            "is_current",
            "corrections_count",
            "excerpt_count",
            "created_by",
            "imported_name",
        ]


class VersionsSerializer(serializers.Serializer[Any]):
    """Every version of a source's transcript, newest first."""

    results = VersionSerializer(many=True)


class CarrySummarySerializer(serializers.Serializer[Any]):
    """What became of the excerpts when a version was put in use."""

    transcript_id = serializers.UUIDField()
    carried = serializers.IntegerField(help_text="They say the same words.")
    reworded = serializers.IntegerField(help_text="They say other words: look at their reviews.")
    uncertain = serializers.IntegerField(help_text="They stay on the earlier version.")


class SpanSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_changed = serializers.BooleanField()


class ComparisonRowSerializer(serializers.Serializer[Any]):
    """A sentence or turn. Words that differ in case or punctuation only are the same."""

    kind = serializers.ChoiceField(
        choices=[(kind, kind) for kind in ("same", "changed", "removed", "added")]
    )
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    old_text = serializers.CharField()
    new_text = serializers.CharField()
    old = SpanSerializer(many=True)
    new = SpanSerializer(many=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    """Two versions side by side; `old` is the earlier one, whichever was asked for first."""

    old = TranscriptReferenceSerializer()
    new = TranscriptReferenceSerializer()
    same_words = serializers.IntegerField()
    changed_words = serializers.IntegerField()
    removed_words = serializers.IntegerField()
    added_words = serializers.IntegerField()
    rows = ComparisonRowSerializer(many=True)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """An excerpt to look at, as it was and as it is or might be. The times are the excerpt's."""

    old_transcript_id = serializers.UUIDField()
    transcript_id = serializers.UUIDField()
    start_ms = serializers.IntegerField(source="excerpt.start_ms", allow_null=True)
    end_ms = serializers.IntegerField(source="excerpt.end_ms", allow_null=True)
    excerpt = ExcerptSerializer()
    resolved_by = AuthorSerializer(allow_null=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "outcome",
            "state",
            "old_text",
            "old_transcript_id",
            "transcript_id",
            "proposed_text",
            "proposed_first_word_id",
            "proposed_last_word_id",
            "start_ms",
            "end_ms",
            "excerpt",
            "resolved_by",
            "resolved_at",
        ]


class ReviewFiltersSerializer(serializers.Serializer[Any]):
    source = serializers.UUIDField(required=False)  # type: ignore[assignment]
    state = serializers.ChoiceField(choices=ReviewState.choices, required=False)


class AcceptedReviewsSerializer(serializers.Serializer[Any]):
    """How many reviews were accepted at once."""

    accepted = serializers.IntegerField()


class AcceptReviewSerializer(serializers.Serializer[Any]):
    """Other words than those proposed, or none."""

    first_word_id = serializers.IntegerField(min_value=0, required=False)
    last_word_id = serializers.IntegerField(min_value=0, required=False)
