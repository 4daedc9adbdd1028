"""The shapes of what is done with the codebook: locking, moving, merging, near-duplicates."""

from typing import Any

from rest_framework import serializers

from backend.tagging.history.serializers import ChangeReferenceSerializer
from backend.tagging.near_duplicates import Likeness
from backend.tagging.serializers import TagSerializer


class CodebookSerializer(serializers.Serializer[Any]):
    """Whether the codebook is locked, what this member may do, and what they may undo."""

    is_locked = serializers.BooleanField()
    may_edit = serializers.BooleanField()
    may_lock = serializers.BooleanField()
    undo = ChangeReferenceSerializer(allow_null=True)
    redo = ChangeReferenceSerializer(allow_null=True)


class CodebookLockSerializer(serializers.Serializer[Any]):
    is_locked = serializers.BooleanField()


class TagMoveSerializer(serializers.Serializer[Any]):
    """`position` counts the new siblings, from 0, without the tag itself."""

    parent_id = serializers.UUIDField(allow_null=True)
    position = serializers.IntegerField(min_value=0, max_value=1_000_000)


class TagMergeSerializer(serializers.Serializer[Any]):
    into_id = serializers.UUIDField()


class MergePreviewSerializer(serializers.Serializer[Any]):
    """What merging would move. `both`: excerpts that carry the two already."""

    excerpts = serializers.IntegerField()
    people = serializers.IntegerField()
    both = serializers.IntegerField()
    children = serializers.IntegerField()
    merged_children = serializers.ListField(
        child=serializers.CharField(),
        help_text="Tags under it that have a namesake there, and are merged with that.",
    )
    into_excerpts_after = serializers.IntegerField()
    into_people_after = serializers.IntegerField()


class MergedTagSerializer(serializers.Serializer[Any]):
    change = ChangeReferenceSerializer()
    tag = TagSerializer()


class NearDuplicateSerializer(serializers.Serializer[Any]):
    tag_id = serializers.UUIDField()
    other_id = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=[(reason.value, reason.value) for reason in Likeness])
    shared_excerpts = serializers.IntegerField()
    either_excerpts = serializers.IntegerField()


class DifferentTagsSerializer(serializers.Serializer[Any]):
    """`is_different`: suggest the two as near-duplicates never again; false: again."""

    other_id = serializers.UUIDField()
    is_different = serializers.BooleanField()
