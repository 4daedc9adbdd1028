"""The shapes of speakers."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.sources.models import Speaker, SpeakerRole, TurnScope
from backend.studies.selectors import persona_of


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """A voice; its participant by code name, never by real name."""

    participant_id = serializers.UUIDField(allow_null=True)
    code_name = serializers.SerializerMethodField()
    persona_id = serializers.SerializerMethodField()

    class Meta:
        model = Speaker
        fields = ["id", "label", "role", "participant_id", "code_name", "persona_id"]

    def get_code_name(self, speaker: Speaker) -> str | None:
        return speaker.participant.code_name if speaker.participant else None

    def get_persona_id(self, speaker: Speaker) -> UUID | None:
        persona = persona_of(speaker.participant) if speaker.participant else None
        return persona.id if persona else None


class SpeakerInputSerializer(serializers.Serializer[Any]):
    label = serializers.CharField(max_length=100)  # type: ignore[assignment]
    role = serializers.ChoiceField(choices=SpeakerRole.choices, required=False)
    participant_id = serializers.UUIDField(required=False, allow_null=True)


class NewSpeakerInputSerializer(SpeakerInputSerializer):
    source_id = serializers.UUIDField()


class AssignSpeakerInputSerializer(serializers.Serializer[Any]):
    """From which turn, how far, and to whom (null: nobody is named)."""

    segment_id = serializers.UUIDField()
    scope = serializers.ChoiceField(choices=TurnScope.choices)
    speaker_id = serializers.UUIDField(allow_null=True)


class MergeSpeakerInputSerializer(serializers.Serializer[Any]):
    into_speaker_id = serializers.UUIDField()


class ChangeSerializer(serializers.Serializer[Any]):
    """Something done to many rows at once that can be undone."""

    id = serializers.UUIDField()
    summary = serializers.CharField()


class TurnSpeakerSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    speaker_id = serializers.UUIDField(allow_null=True)
    is_speaker_suggested = serializers.BooleanField()


class SpeakerChangeSerializer(serializers.Serializer[Any]):
    """What was changed (null: nothing had to be): turns of any version of the transcript, and the
    speakers there are now.
    """

    change = ChangeSerializer(allow_null=True)
    segments = TurnSpeakerSerializer(many=True)
    speakers = SpeakerSerializer(many=True)


class SpeakerShareSerializer(serializers.Serializer[Any]):
    """How much one speaker talks; `speaker_id` is null for turns of nobody that is named."""

    speaker_id = serializers.UUIDField(source="speaker.id", default=None, allow_null=True)
    label = serializers.CharField(source="speaker.label", default="")  # type: ignore[assignment]
    role = serializers.ChoiceField(
        source="speaker.role", choices=SpeakerRole.choices, default=None, allow_null=True
    )
    code_name = serializers.CharField(
        source="speaker.participant.code_name", default=None, allow_null=True
    )
    speech_ms = serializers.IntegerField()
    share = serializers.FloatField(help_text="0 to 1: by time or, without audio, by words")
    word_count = serializers.IntegerField()
    turn_count = serializers.IntegerField()
    longest_turn_ms = serializers.IntegerField()


class TalkShareSerializer(serializers.Serializer[Any]):
    """How much everybody talks, whoever talks most first. Where two talk at once, both count."""

    speech_ms = serializers.IntegerField()
    speakers = SpeakerShareSerializer(many=True)
