"""The shapes of open questions."""

from typing import Any

from rest_framework import serializers

from backend.discovery.models import QuestionState


class AskInputSerializer(serializers.Serializer[Any]):
    """What somebody would like to know."""

    words = serializers.CharField(max_length=300)


class QuestionStudySerializer(serializers.Serializer[Any]):
    """The study that looks into it."""

    study_id = serializers.UUIDField()


class StudyReferenceSerializer(serializers.Serializer[Any]):
    """A study by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class OpenQuestionSerializer(serializers.Serializer[Any]):
    """A question with how many people ask it, and the evidence there is by now.

    `excerpts` and `people` are null where nothing was counted yet.
    """

    id = serializers.UUIDField(source="row.id")
    words = serializers.CharField(source="row.words")
    state = serializers.ChoiceField(source="row.state", choices=QuestionState.choices)
    study = StudyReferenceSerializer(source="row.study", allow_null=True)
    askers = serializers.IntegerField()
    times = serializers.IntegerField()
    first_asked_at = serializers.DateTimeField()
    last_asked_at = serializers.DateTimeField()
    is_mine = serializers.BooleanField()
    excerpts = serializers.IntegerField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)


class OpenQuestionsSerializer(serializers.Serializer[Any]):
    """Open questions, of a workspace with so many people."""

    people_total = serializers.IntegerField()
    results = OpenQuestionSerializer(many=True)


class OpenQuestionCountSerializer(serializers.Serializer[Any]):
    """How many questions are open."""

    count = serializers.IntegerField()


class QuestionLogSerializer(serializers.Serializer[Any]):
    """Whether searches that find little or nothing are written down."""

    is_on = serializers.BooleanField()
