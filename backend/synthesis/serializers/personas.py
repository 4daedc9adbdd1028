"""The shapes of personas and their claims."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.personas.models import Persona
from backend.personas.serializers import picture_url
from backend.studies.serializers import ParticipantReferenceSerializer
from backend.synthesis.models import Claim, ClaimEvidence, Stance, StorySection
from backend.synthesis.serializers.insights import InsightRowSerializer
from backend.tagging.serializers import ExcerptSerializer


class ClaimEvidenceSerializer(serializers.ModelSerializer[ClaimEvidence]):
    excerpt = ExcerptSerializer()

    class Meta:
        model = ClaimEvidence
        fields = ["id", "stance", "excerpt"]


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """One sentence of a persona. Needs rows of selectors.claims_with_evidence."""

    is_assumption = serializers.SerializerMethodField(
        help_text="Whether nothing that counts as evidence supports it."
    )
    evidence = ClaimEvidenceSerializer(many=True)

    class Meta:
        model = Claim
        fields = ["id", "section", "text", "is_assumption", "evidence"]

    def get_is_assumption(self, claim: Claim) -> bool:
        return all(evidence.stance != Stance.FOR for evidence in claim.evidence.all())


class StoryPartSerializer(serializers.Serializer[Any]):
    section = serializers.ChoiceField(choices=StorySection.choices)
    claims = ClaimSerializer(many=True)


class PersonaSerializer(serializers.ModelSerializer[Persona]):
    """A persona, counted. Needs rows of selectors.summarise_personas."""

    picture_url = serializers.SerializerMethodField()
    people_count = serializers.IntegerField()
    excerpt_count = serializers.IntegerField()
    insight_count = serializers.IntegerField()
    newest_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Persona
        fields = [
            "id",
            "name",
            "summary",
            "picture_url",
            "people_count",
            "excerpt_count",
            "insight_count",
            "newest_at",
        ]

    def get_picture_url(self, persona: Persona) -> str | None:
        return picture_url(persona)


class PersonaDetailSerializer(PersonaSerializer):
    """A persona with its page, which the context brings as `story`, `people` and `insights`."""

    story = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()
    insights = serializers.SerializerMethodField()

    class Meta(PersonaSerializer.Meta):
        fields = [*PersonaSerializer.Meta.fields, "story", "people", "insights"]

    @extend_schema_field(StoryPartSerializer(many=True))
    def get_story(self, persona: Persona) -> Any:
        story = self.context["story"]
        return StoryPartSerializer(story, many=True, context=self.context).data

    @extend_schema_field(ParticipantReferenceSerializer(many=True))
    def get_people(self, persona: Persona) -> Any:
        people = [link.participant for link in self.context["people"]]
        return ParticipantReferenceSerializer(people, many=True, context=self.context).data

    @extend_schema_field(InsightRowSerializer(many=True))
    def get_insights(self, persona: Persona) -> Any:
        return InsightRowSerializer(self.context["insights"], many=True).data


class ClaimChangesSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=5000, required=False)
    excerpt_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=500
    )


class ClaimInputSerializer(ClaimChangesSerializer):
    section = serializers.ChoiceField(choices=StorySection.choices)
    text = serializers.CharField(max_length=5000)
