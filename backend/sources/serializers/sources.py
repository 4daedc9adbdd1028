"""The shapes of sources: what a session left behind."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.sources.models import Source
from backend.sources.serializers.imports import ImportedFileSerializer
from backend.sources.serializers.media import MediaSerializer
from backend.sources.serializers.speakers import SpeakerSerializer
from backend.sources.serializers.transcripts import TranscriptReferenceSerializer

TEXT_LENGTH_MAXIMUM = 500_000


class DuplicateSerializer(serializers.Serializer[Any]):
    """The session that holds the same file."""

    session_id = serializers.UUIDField()
    title = serializers.CharField()


class SourceSerializer(serializers.ModelSerializer[Source]):
    """One thing a session left behind: a recording or a text, with its current transcript."""

    # Needs sources fetched by sources_of(), and may find `duplicates` in its context.

    media = serializers.SerializerMethodField()
    transcript = serializers.SerializerMethodField()
    speakers = SpeakerSerializer(many=True)
    imported_files = ImportedFileSerializer(many=True)
    duplicate_of = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields = [
            "id",
            "kind",
            "name",
            "media",
            "transcript",
            "speakers",
            "imported_files",
            "duplicate_of",
        ]

    @extend_schema_field(MediaSerializer(allow_null=True))
    def get_media(self, source: Source) -> dict[str, Any] | None:
        return MediaSerializer(source.media).data if hasattr(source, "media") else None

    @extend_schema_field(TranscriptReferenceSerializer(allow_null=True))
    def get_transcript(self, source: Source) -> dict[str, Any] | None:
        current = next((t for t in source.transcripts.all() if t.is_current), None)
        return TranscriptReferenceSerializer(current).data if current else None

    @extend_schema_field(DuplicateSerializer(allow_null=True))
    def get_duplicate_of(self, source: Source) -> dict[str, Any] | None:
        session = self.context.get("duplicates", {}).get(source.id)
        return {"session_id": session.id, "title": session.title} if session else None


class TextInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT_LENGTH_MAXIMUM, trim_whitespace=False)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
