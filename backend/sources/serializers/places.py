"""The shapes of where people stopped."""

from typing import Any

from rest_framework import serializers

from backend.sources.models import ReadingPlace

_WORD_ID_MAXIMUM = 2**31 - 1
_POSITION_MAXIMUM_MS = 1000 * 3600 * 24 * 30


class ReadingPlaceSerializer(serializers.ModelSerializer[ReadingPlace]):
    """Where this person stopped: a word, and where there is a recording, a time in it."""

    class Meta:
        model = ReadingPlace
        fields = ["word_id", "position_ms", "updated_at"]


class ReadingPlaceInputSerializer(serializers.Serializer[Any]):
    word_id = serializers.IntegerField(min_value=0, max_value=_WORD_ID_MAXIMUM, allow_null=True)
    position_ms = serializers.IntegerField(
        min_value=0, max_value=_POSITION_MAXIMUM_MS, allow_null=True
    )
