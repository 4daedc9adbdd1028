"""The shapes of uploads and of the room for them."""

from typing import Any

from rest_framework import serializers

from backend.sources.models import Upload


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """A file on its way in."""

    class Meta:
        model = Upload
        fields = ["id", "file_name", "size_bytes", "offset_bytes", "created_at"]


class StorageSerializer(serializers.Serializer[Any]):
    """Room for recordings, and the speech model that new ones are transcribed with."""

    used_bytes = serializers.IntegerField()
    quota_bytes = serializers.IntegerField()
    upload_maximum_bytes = serializers.IntegerField()
    speech_model = serializers.CharField()
