"""The shapes of transcripts that were made elsewhere."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.sources.models import ImportedFile


class SkippedSerializer(serializers.Serializer[Any]):
    """Something in the file that was left out or guessed; in DOCX `line` counts paragraphs."""

    line = serializers.IntegerField()
    reason = serializers.CharField()


class ImportedFileSerializer(serializers.ModelSerializer[ImportedFile]):
    """A file that a transcript was read from. `transcript_id` is null until it has been read.

    `original_url` answers those who may see names: such files hold them. The names of strangers
    are told in `skipped` to them only, too.
    """

    transcript_id = serializers.UUIDField(allow_null=True)
    skipped = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = ImportedFile
        fields = ["id", "name", "format", "size_bytes", "transcript_id", "skipped", "original_url"]

    @extend_schema_field(SkippedSerializer(many=True))
    def get_skipped(self, imported: ImportedFile) -> list[dict[str, Any]]:
        may_see_names = self.context.get("may_see_names", False)
        return [
            {"line": line, "reason": f"“{name[0]}”: {reason}" if name and may_see_names else reason}
            for line, reason, *name in imported.skipped
        ]

    def get_original_url(self, imported: ImportedFile) -> str:
        return f"/api/workspaces/{imported.workspace_id}/imported-files/{imported.id}/original"
