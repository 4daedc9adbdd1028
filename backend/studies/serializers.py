"""The shapes of studies, participants and sessions. Real names need `may_see_names` in context."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.studies.models import ConsentState, Participant, SessionKind, Study
from backend.studies.selectors import persona_of

_LANGUAGE = r"^[a-z]{2,3}$"


class StudySerializer(serializers.ModelSerializer[Study]):
    """A piece of research, with counts of what it holds."""

    # Needs studies fetched by studies_of().
    questions = serializers.ListField(child=serializers.CharField())
    session_count = serializers.IntegerField()
    participant_count = serializers.IntegerField()
    excerpt_count = serializers.IntegerField()
    heard_ms = serializers.IntegerField()
    last_activity_at = serializers.DateTimeField()

    class Meta:
        model = Study
        fields = [
            "id",
            "title",
            "description",
            "product_area",
            "questions",
            "session_count",
            "participant_count",
            "excerpt_count",
            "heard_ms",
            "last_activity_at",
            "is_sample",
            "created_at",
        ]


class StudyInputSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    product_area = serializers.CharField(max_length=100, required=False, allow_blank=True)
    questions = serializers.ListField(
        child=serializers.CharField(max_length=500), max_length=50, required=False
    )


class NamedSerializer(serializers.ModelSerializer[Participant]):
    """A participant as the reader's role may see them."""

    real_name = serializers.SerializerMethodField()
    persona_id = serializers.SerializerMethodField()

    def get_real_name(self, participant: Participant) -> str | None:
        return participant.real_name if self.context.get("may_see_names") else None

    def get_persona_id(self, participant: Participant) -> UUID | None:
        persona = persona_of(participant)
        return persona.id if persona else None


class ParticipantReferenceSerializer(NamedSerializer):
    """Who was heard, in short. `real_name` is null for roles that may not see names."""

    # Needs participants fetched by with_persona().

    class Meta:
        model = Participant
        fields = ["id", "code_name", "real_name", "persona_id"]


class ParticipantSerializer(NamedSerializer):
    """A person who was heard. `real_name` is null for roles that may not see names."""

    # Needs participants fetched by participants_of().

    attributes = serializers.DictField(child=serializers.CharField())
    persona_name = serializers.SerializerMethodField()
    session_count = serializers.IntegerField()
    excerpt_count = serializers.IntegerField()

    class Meta:
        model = Participant
        fields = [
            "id",
            "code_name",
            "real_name",
            "attributes",
            "consent",
            "persona_id",
            "persona_name",
            "session_count",
            "excerpt_count",
        ]

    def get_persona_name(self, participant: Participant) -> str | None:
        persona = persona_of(participant)
        return persona.name if persona else None


class ParticipantInputSerializer(serializers.Serializer[Any]):
    code_name = serializers.CharField(max_length=50)
    real_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    attributes = serializers.DictField(child=serializers.CharField(max_length=200), required=False)
    consent = serializers.ChoiceField(choices=ConsentState.choices, required=False)

    def validate_attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        if len(attributes) > 50:
            raise serializers.ValidationError("A participant has at most 50 attributes.")
        # Search finds attributes as "name=value".
        if any("=" in name or not name.strip() or len(name) > 60 for name in attributes):
            raise serializers.ValidationError(
                "An attribute's name has 1 to 60 characters and no equals sign."
            )
        return {name.strip(): value for name, value in attributes.items()}


class SessionInputSerializer(serializers.Serializer[Any]):
    study_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SessionKind.choices)
    title = serializers.CharField(max_length=200)
    held_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.RegexField(
        _LANGUAGE,
        required=False,
        allow_blank=True,
        error_messages={"invalid": "Give a language as two or three letters, like “en”."},
    )
    participant_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=100, required=False
    )
