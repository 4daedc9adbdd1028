"""The shapes of insights and their evidence."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.personas.models import Persona
from backend.personas.serializers import picture_url
from backend.synthesis.models import Evidence, Insight, InsightStatus, Stance
from backend.tagging.serializers import AuthorSerializer, ExcerptSerializer


class PersonaReferenceSerializer(serializers.ModelSerializer[Persona]):
    picture_url = serializers.SerializerMethodField()

    class Meta:
        model = Persona
        fields = ["id", "name", "picture_url"]

    def get_picture_url(self, persona: Persona) -> str | None:
        return picture_url(persona)


class InsightRowSerializer(serializers.ModelSerializer[Insight]):
    """An insight, its evidence counted. Needs rows of selectors.summarise_insights."""

    personas = PersonaReferenceSerializer(many=True)
    people_for = serializers.IntegerField()
    people_against = serializers.IntegerField()
    excerpts_for = serializers.IntegerField()
    excerpts_against = serializers.IntegerField()
    study_count = serializers.IntegerField()
    newest_at = serializers.DateTimeField(allow_null=True)
    created_by = AuthorSerializer(allow_null=True)

    class Meta:
        model = Insight
        fields = [
            "id",
            "statement",
            "summary",
            "status",
            "opportunity",
            "action_note",
            "personas",
            "people_for",
            "people_against",
            "excerpts_for",
            "excerpts_against",
            "study_count",
            "newest_at",
            "created_by",
            "created_at",
            "updated_at",
        ]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    excerpt = ExcerptSerializer()

    class Meta:
        model = Evidence
        fields = ["id", "stance", "note", "excerpt"]


class InsightDetailSerializer(InsightRowSerializer):
    """An insight with its evidence, which the context brings as `evidence`."""

    evidence = serializers.SerializerMethodField()

    class Meta(InsightRowSerializer.Meta):
        fields = [*InsightRowSerializer.Meta.fields, "evidence"]

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, insight: Insight) -> Any:
        rows = self.context["evidence"]
        return EvidenceSerializer(rows, many=True, context=self.context).data


class EvidenceInputSerializer(serializers.Serializer[Any]):
    excerpt_id = serializers.UUIDField()
    stance = serializers.ChoiceField(choices=Stance.choices, required=False)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class EvidenceChangesSerializer(serializers.Serializer[Any]):
    stance = serializers.ChoiceField(choices=Stance.choices, required=False)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class InsightChangesSerializer(serializers.Serializer[Any]):
    statement = serializers.CharField(max_length=500)
    summary = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=InsightStatus.choices, required=False)
    opportunity = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    action_note = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class InsightInputSerializer(InsightChangesSerializer):
    persona_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=100
    )
    evidence = serializers.ListField(
        child=EvidenceInputSerializer(), required=False, default=list, max_length=500
    )


class InsightPersonasSerializer(serializers.Serializer[Any]):
    persona_ids = serializers.ListField(child=serializers.UUIDField(), max_length=100)


class InsightFiltersSerializer(serializers.Serializer[Any]):
    """Which insights to list."""

    persona = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(choices=InsightStatus.choices, required=False)
