"""The shapes of reels."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.sharing.models import Reel, ReelItem
from backend.sharing.services import MAX_ITEMS
from backend.tagging.serializers import AuthorSerializer, ExcerptSerializer


class ReelRowSerializer(serializers.ModelSerializer[Reel]):
    """A reel, counted. Needs rows of selectors.summarise_reels."""

    excerpt_count = serializers.IntegerField()
    people_count = serializers.IntegerField(help_text="Different participants.")
    length_ms = serializers.IntegerField(help_text="Of what was recorded.")
    missing_count = serializers.IntegerField(
        help_text="Excerpts that were deleted, or whose people have withdrawn."
    )
    created_by = AuthorSerializer(allow_null=True)

    class Meta:
        model = Reel
        fields = [
            "id",
            "title",
            "description",
            "excerpt_count",
            "people_count",
            "length_ms",
            "missing_count",
            "created_by",
            "created_at",
            "updated_at",
        ]


class ReelItemSerializer(serializers.ModelSerializer[ReelItem]):
    """An excerpt at its place."""

    excerpt = ExcerptSerializer()

    class Meta:
        model = ReelItem
        fields = ["id", "excerpt"]


class ReelDetailSerializer(ReelRowSerializer):
    """A reel with its excerpts in order, which the context brings as `items`."""

    items = serializers.SerializerMethodField()

    class Meta(ReelRowSerializer.Meta):
        fields = [*ReelRowSerializer.Meta.fields, "items"]

    @extend_schema_field(ReelItemSerializer(many=True))
    def get_items(self, reel: Reel) -> Any:
        return ReelItemSerializer(self.context["items"], many=True, context=self.context).data


class ReelAddedSerializer(serializers.Serializer[Any]):
    """A reel into which something was put."""

    reel = ReelDetailSerializer()
    added_ids = serializers.ListField(child=serializers.UUIDField(), help_text="Ids of new items.")
    known_count = serializers.IntegerField(help_text="How many were in it already.")


def _ids(**options: Any) -> Any:
    return serializers.ListField(child=serializers.UUIDField(), max_length=MAX_ITEMS, **options)


class ReelChangesSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class ReelInputSerializer(ReelChangesSerializer):
    excerpt_ids = _ids(required=False, default=list)


class ReelAdditionSerializer(serializers.Serializer[Any]):
    """Excerpts in their order; `before` names the item to stand before; without: at the end."""

    excerpt_ids = _ids(allow_empty=False)
    before = serializers.UUIDField(required=False, allow_null=True, default=None)


class ReelItemsSerializer(serializers.Serializer[Any]):
    item_ids = _ids(allow_empty=False)
