"""The shapes of synonyms."""

from typing import Any

from rest_framework import serializers

from backend.discovery.synonyms import MOST_GROUPS


class SynonymGroupSerializer(serializers.Serializer[Any]):
    """Words and phrases that mean the same."""

    id = serializers.UUIDField(read_only=True)
    words = serializers.ListField(
        child=serializers.CharField(),
        max_length=100,
        help_text="2 to 12 words or phrases, each in one group only.",
    )


class SynonymGroupsSerializer(serializers.Serializer[Any]):
    """All groups of the workspace, the oldest first."""

    results = SynonymGroupSerializer(many=True)
    most = serializers.IntegerField(default=MOST_GROUPS, help_text="How many there may be.")


class AlsoSearchedSerializer(serializers.Serializer[Any]):
    """Words of the search, and what was searched besides because it means the same."""

    typed = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
