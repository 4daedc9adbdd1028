"""What may be asked of a file of excerpts."""

from rest_framework import serializers

from backend.discovery.serializers import SearchQuestionSerializer

# More ids than this don't fit into an address.
MAX_CHOSEN = 200


class ExportQuestionSerializer(SearchQuestionSerializer):
    """A question, all of whose excerpts are wanted; or the excerpts that somebody chose."""

    excerpt = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        default=list,
        max_length=MAX_CHOSEN,
        help_text="Ids of chosen excerpts. With them, the question is not looked at.",
    )
