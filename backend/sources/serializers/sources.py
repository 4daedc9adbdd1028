"""The shapes of sources: what a session left behind."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.sources.models import Source
from backend.sources.serializers.imports import ImportedFileSerializer
from backend.sources.serializers.media import MediaSerializer
from backend.sources.serializers.speakers import SpeakerSerializer
from backend.sources.serializers.transcripts import TranscriptReferenceSerializer
from backend.sources.withdrawal import are_alone, withdrawn_among

TEXT_LENGTH_MAXIMUM = 500_000


class DuplicateSerializer(serializers.Serializer[Any]):
    """The session that holds the same file."""

    session_id = serializers.UUIDField()
    title = serializers.CharField()


class SourceSerializer(serializers.ModelSerializer[Source]):
    """One thing a session left behind: a recording or a text, with its current transcript.

    `withdrawn` are the code names of those heard in it who took back their consent. It is closed
    where they are all that is heard: it is kept, and plays for nobody.
    """

    # Needs sources fetched by sources_of(), and may find `duplicates` in its context.

    media = serializers.SerializerMethodField()
    transcript = serializers.SerializerMethodField()
    speakers = SpeakerSerializer(many=True)
    imported_files = ImportedFileSerializer(many=True)
    duplicate_of = serializers.SerializerMethodField()
    withdrawn = serializers.SerializerMethodField()
    is_closed = serializers.SerializerMethodField()

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
            "withdrawn",
            "is_closed",
        ]

    @extend_schema_field(MediaSerializer(allow_null=True))
    def get_media(self, source: Source) -> dict[str, Any] | None:
        if not hasattr(source, "media"):
            return None
        context = {
            "is_closed": self.get_is_closed(source),
            "is_whole": not self.get_withdrawn(source),
        }
        return MediaSerializer(source.media, context=context).data

    @extend_schema_field(TranscriptReferenceSerializer(allow_null=True))
    def get_transcript(self, source: Source) -> dict[str, Any] | None:
        current = next((t for t in source.transcripts.all() if t.is_current), None)
        return TranscriptReferenceSerializer(current).data if current else None

    @extend_schema_field(DuplicateSerializer(allow_null=True))
    def get_duplicate_of(self, source: Source) -> dict[str, Any] | None:
        session = self.context.get("duplicates", {}).get(source.id)
        return {"session_id": session.id, "title": session.title} if session else None

    def get_withdrawn(self, source: Source) -> list[str]:
        return [person.code_name for person in withdrawn_among(source.speakers.all())]

    def get_is_closed(self, source: Source) -> bool:
        return are_alone(source.speakers.all())


class TextInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT_LENGTH_MAXIMUM, trim_whitespace=False)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
