"""The shapes of the glossary."""

from typing import Any

from rest_framework import serializers

from backend.sources.glossary import TERM_LENGTH_MAXIMUM


class GlossaryTermSerializer(serializers.Serializer[Any]):
    """A term (`study_id` null: of all studies), how often it was misheard, and whether recognition
    is told of it.
    """

    id = serializers.UUIDField(source="term.id")
    text = serializers.CharField(source="term.text")
    study_id = serializers.UUIDField(source="term.study_id", allow_null=True)
    times_corrected = serializers.IntegerField()
    is_sent = serializers.BooleanField()


class SuggestionSerializer(serializers.Serializer[Any]):
    """What was corrected to again and again, and is no term yet."""

    text = serializers.CharField()
    times_corrected = serializers.IntegerField()


class GlossarySerializer(serializers.Serializer[Any]):
    """The terms, most often misheard first. At most `sent_maximum` help; more do harm."""

    results = GlossaryTermSerializer(source="terms", many=True)
    sent_maximum = serializers.IntegerField()
    suggestions = SuggestionSerializer(many=True)


class GlossaryTermInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TERM_LENGTH_MAXIMUM)
    study_id = serializers.UUIDField(required=False, allow_null=True)


class GlossaryFiltersSerializer(serializers.Serializer[Any]):
    study = serializers.UUIDField(
        required=False, help_text="terms of this study and of all; without it, only those of all"
    )
