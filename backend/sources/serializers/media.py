"""The shapes of recordings."""

from typing import Any

from rest_framework import serializers

from backend.sources.models import MediaFile


class MediaSerializer(serializers.ModelSerializer[MediaFile]):
    """A recording. `media_url` and `peaks_url` are null until it is prepared, and where it is
    closed; `original_url` where anybody is heard who took back their consent.
    """

    # Needs `is_closed` and `is_whole` in its context.

    media_url = serializers.SerializerMethodField()
    peaks_url = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = MediaFile
        fields = [
            "duration_ms",
            "container",
            "has_video",
            "is_truncated",
            "size_bytes",
            "media_url",
            "peaks_url",
            "original_url",
        ]

    def get_media_url(self, media: MediaFile) -> str | None:
        return _address(media, "media") if self._may_play(media.playback_path) else None

    def get_peaks_url(self, media: MediaFile) -> str | None:
        return _address(media, "peaks") if self._may_play(media.peaks_path) else None

    def get_original_url(self, media: MediaFile) -> str | None:
        return _address(media, "original") if self.context["is_whole"] else None

    def _may_play(self, path: str) -> bool:
        return bool(path) and not self.context["is_closed"]


def _address(media: MediaFile, leaf: str) -> str:
    return f"/api/workspaces/{media.workspace_id}/sources/{media.source_id}/{leaf}"


class PeaksSerializer(serializers.Serializer[Any]):
    """A waveform: the loudest sample of each stretch, 0 (silence) to 100."""

    version = serializers.IntegerField()
    samples_per_second = serializers.IntegerField()
    length = serializers.IntegerField()
    peaks = serializers.ListField(child=serializers.IntegerField())
