"""The shapes of taking a codebook from a file."""

from typing import Any

from rest_framework import serializers

from backend.tagging.history.serializers import ChangeReferenceSerializer

# Of a file that is nearly all wrong, the first few lines say enough.
MAX_SHOWN = 200


class CodebookImportInputSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="a codebook as CSV or QDC")


class SkippedLineSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    reason = serializers.CharField()


class ImportedTagSerializer(serializers.Serializer[Any]):
    path = serializers.ListField(child=serializers.CharField())
    outcome = serializers.ChoiceField(choices=["created", "updated", "unchanged"])
    differences = serializers.ListField(child=serializers.CharField())


class CodebookImportSerializer(serializers.Serializer[Any]):
    """What was done, or would be: `skipped` lines were left out, of `notes` not all was taken.

    Both lists are cut; the counts are of everything.
    """

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    skipped_count = serializers.IntegerField()
    skipped = SkippedLineSerializer(many=True)
    notes = SkippedLineSerializer(many=True)
    tags = ImportedTagSerializer(many=True)
    change = ChangeReferenceSerializer(allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return super().to_representation(
            {
                "created": instance.count("created"),
                "updated": instance.count("updated"),
                "unchanged": instance.count("unchanged"),
                "skipped_count": len(instance.skipped),
                "skipped": instance.skipped[:MAX_SHOWN],
                "notes": instance.notes[:MAX_SHOWN],
                "tags": instance.tags,
                "change": instance.change,
            }
        )


class CodebookImportQuerySerializer(serializers.Serializer[Any]):
    preview = serializers.BooleanField(
        required=False, default=False, help_text="say what would happen, and do nothing"
    )


class CodebookExportQuerySerializer(serializers.Serializer[Any]):
    format = serializers.ChoiceField(choices=["csv", "qdc"])
