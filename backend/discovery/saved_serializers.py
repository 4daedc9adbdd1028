"""The shapes of saved searches and of what is new in them."""

from typing import Any

from rest_framework import serializers

from backend.discovery.saved_searches import MOST_COUNTED, MOST_SAVED
from backend.discovery.serializers import SAVED_WORDS_MAXIMUM, SearchQuestionSerializer


class SavedSearchSerializer(serializers.Serializer[Any]):
    """A saved search. `question` is what the search takes."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    question = serializers.DictField()
    last_seen_at = serializers.DateTimeField()
    is_in_digest = serializers.SerializerMethodField(help_text="Whether it is in their digest.")

    def get_is_in_digest(self, row: Any) -> bool:
        return row.in_digest_since is not None


class SavedSearchesSerializer(serializers.Serializer[Any]):
    """Somebody's saved searches."""

    results = SavedSearchSerializer(many=True)


class SavedSearchCountSerializer(serializers.Serializer[Any]):
    """How much a saved search finds; `new_excerpts`: marked since it was seen."""

    id = serializers.UUIDField()
    excerpts = serializers.IntegerField()
    people = serializers.IntegerField()
    new_excerpts = serializers.IntegerField()


class SavedSearchCountsSerializer(serializers.Serializer[Any]):
    """What is in some saved searches, of so many people."""

    people_total = serializers.IntegerField()
    results = SavedSearchCountSerializer(many=True)


class CountedIdsSerializer(serializers.Serializer[Any]):
    """Which saved searches to count."""

    id = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_COUNTED, help_text="Repeat it for several."
    )


class SavedSearchChangesSerializer(serializers.Serializer[Any]):
    """What it is called, and whether it is in the weekly digest; what is left out stays."""

    name = serializers.CharField(max_length=100, required=False)
    is_in_digest = serializers.BooleanField(required=False)


class SavedSearchOrderSerializer(serializers.Serializer[Any]):
    """Saved searches in the order to show them in."""

    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_SAVED)


class NewSavedSearchSerializer(serializers.Serializer[Any]):
    """A search to keep: its words and filters, as the search takes them."""

    name = serializers.CharField(max_length=100)
    search = serializers.DictField(
        help_text="The words (q) and filters of the search; pages are left out."
    )

    def validate_search(self, value: dict[str, Any]) -> dict[str, Any]:
        asked = SearchQuestionSerializer(data=value)
        if not asked.is_valid() or len(asked.validated_data["q"]) > SAVED_WORDS_MAXIMUM:
            raise serializers.ValidationError("This is not a search that can be made.")
        unsaved = {"offset", "limit"}
        return {
            name: each
            for name, each in value.items()
            if name in asked.fields and name not in unsaved and each not in (None, "", [])
        }

    @property
    def question(self) -> dict[str, Any]:
        return self.validated_data["search"]
