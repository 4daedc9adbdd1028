"""The shape of an empathy map."""

from typing import Any

from rest_framework import serializers

from backend.tagging.models import Aspect, Quadrant
from backend.tagging.serializers import ExcerptSerializer


class ThemeSerializer(serializers.Serializer[Any]):
    """One tag within a field, with up to three quotes: the first themes of a field have all of
    them, those that follow one, the last none."""

    tag_id = serializers.UUIDField(allow_null=True, help_text="Null: not yet tagged.")
    name = serializers.CharField()
    colour = serializers.CharField()
    people = serializers.IntegerField()
    excerpts = serializers.IntegerField()
    quotes = ExcerptSerializer(many=True)


class MapAspectSerializer(serializers.Serializer[Any]):
    aspect = serializers.ChoiceField(choices=Aspect.choices)
    people = serializers.IntegerField()
    excerpts = serializers.IntegerField()
    themes = ThemeSerializer(many=True)


class MapQuadrantSerializer(serializers.Serializer[Any]):
    quadrant = serializers.ChoiceField(choices=Quadrant.choices)
    people = serializers.IntegerField()
    excerpts = serializers.IntegerField()
    aspects = MapAspectSerializer(many=True)


class EmpathyMapSerializer(serializers.Serializer[Any]):
    """The map of a persona; `people_total` is the denominator: people of it who were heard."""

    persona_id = serializers.UUIDField()
    people_total = serializers.IntegerField()
    excerpt_count = serializers.IntegerField()
    study_count = serializers.IntegerField()
    newest_at = serializers.DateTimeField(allow_null=True)
    quadrants = MapQuadrantSerializer(many=True)
