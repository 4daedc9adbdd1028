"""What may be said about a persona in a request, and where its picture is."""

from typing import Any

from rest_framework import serializers

from backend.personas.models import Persona
from backend.personas.pictures import fingerprint_of


class PersonaInputSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    summary = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class PictureInputSerializer(serializers.Serializer[Any]):
    # Read by Pillow in personas.pictures, which says what is wrong with it.
    picture = serializers.FileField()


class ParticipantPersonaSerializer(serializers.Serializer[Any]):
    persona_id = serializers.UUIDField(allow_null=True)


def picture_url(persona: Persona) -> str | None:
    """Where the picture is served; a new picture has a new address."""
    if not persona.picture_path:
        return None
    version = fingerprint_of(persona.picture_path)
    return f"/api/workspaces/{persona.workspace_id}/personas/{persona.id}/picture?v={version}"
