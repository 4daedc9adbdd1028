"""The shapes of claims, tags and similar excerpts that were found."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.personas.models import Persona
from backend.personas.serializers import picture_url
from backend.synthesis.models import Claim, StorySection
from backend.tagging.serializers import ExcerptSerializer


class ClaimPersonaSerializer(serializers.ModelSerializer[Persona]):
    """Whose claim it is."""

    picture_url = serializers.SerializerMethodField()

    class Meta:
        model = Persona
        fields = ["id", "name", "picture_url"]

    def get_picture_url(self, persona: Persona) -> str | None:
        return picture_url(persona)


class ClaimHitSerializer(serializers.ModelSerializer[Claim]):
    """A sentence of a persona's story. Needs rows of selectors.get_claims_in_order."""

    section = serializers.ChoiceField(choices=StorySection.choices)
    persona = ClaimPersonaSerializer()
    excerpts = serializers.IntegerField(source="excerpts_for", help_text="That support it.")
    people = serializers.IntegerField(source="people_for", help_text="Who support it.")
    is_assumption = serializers.SerializerMethodField(
        help_text="Whether nothing that counts as evidence supports it."
    )

    class Meta:
        model = Claim
        fields = ["id", "section", "persona", "excerpts", "people", "is_assumption"]

    def get_is_assumption(self, claim: Claim) -> bool:
        return vars(claim)["excerpts_for"] == 0


class TagHitSerializer(serializers.Serializer[Any]):
    """A tag, with how many excerpts carry it or a tag under it, and of how many people."""

    id = serializers.UUIDField()
    path = serializers.SerializerMethodField(help_text="Names from the top, its own last.")
    colour = serializers.CharField()
    excerpts = serializers.IntegerField(source="branch_excerpt_count")
    people = serializers.IntegerField(source="branch_people_count")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_path(self, tag: Any) -> list[str]:
        return list(tag.path)


class SimilarQuestionSerializer(serializers.Serializer[Any]):
    """How many to show."""

    limit = serializers.IntegerField(required=False, default=10, min_value=1, max_value=50)


class SimilarExcerptSerializer(serializers.Serializer[Any]):
    """An excerpt that is like another."""

    excerpt = ExcerptSerializer()
    score = serializers.FloatField(help_text="How much they share, from 0 to 1.")
    why = serializers.ChoiceField(
        choices=[("words", "words"), ("meaning", "meaning")],
        help_text="By what they are alike: the words they share, or what they mean.",
    )
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="What they share: half-open ranges of Unicode code points in the text.",
    )


class CloseExcerptsSerializer(serializers.Serializer[Any]):
    """Excerpts that say what was typed in other words, the closest first."""

    is_available = serializers.BooleanField(
        help_text="Whether there is a model of meaning, and the index is filled with its vectors."
    )
    results = SimilarExcerptSerializer(many=True)


class SimilarExcerptsSerializer(serializers.Serializer[Any]):
    """Excerpts, most alike first."""

    results = SimilarExcerptSerializer(many=True)
