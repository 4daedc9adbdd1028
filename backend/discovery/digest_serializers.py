"""The shapes of digests and of how somebody gets them."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rest_framework import serializers

from backend.tagging.serializers import ExcerptSerializer


class DigestSearchSerializer(serializers.Serializer[Any]):
    """What was new in a saved search; `newest` are its newest excerpts that are still there."""

    saved_search_id = serializers.UUIDField(source="row.saved_search_id")
    name = serializers.CharField(source="row.saved_search.name")
    question = serializers.DictField(source="row.saved_search.question")
    excerpts = serializers.IntegerField(source="row.excerpts")
    people = serializers.IntegerField(source="row.people")
    newest = ExcerptSerializer(many=True)


class DigestAnswerSerializer(serializers.Serializer[Any]):
    """A question the reader asked, and what there was on it."""

    question_id = serializers.UUIDField()
    words = serializers.CharField(source="question.words")
    excerpts = serializers.IntegerField()
    people = serializers.IntegerField()


class DigestSerializer(serializers.Serializer[Any]):
    """What was new in somebody's searches, from `since` until `until`. Numbers are of that time."""

    id = serializers.UUIDField(source="row.id")
    since = serializers.DateTimeField(source="row.since")
    until = serializers.DateTimeField(source="row.until")
    people_total = serializers.IntegerField(source="row.people_total")
    mailed_at = serializers.DateTimeField(source="row.mailed_at", allow_null=True)
    mail_error = serializers.CharField(source="row.mail_error", allow_blank=True)
    searches = DigestSearchSerializer(many=True)
    answers = DigestAnswerSerializer(many=True)


class LatestDigestSerializer(serializers.Serializer[Any]):
    """The last digest with news, if there is one and it is not old."""

    digest = DigestSerializer(allow_null=True)


class MailFaultsSerializer(serializers.Serializer[Any]):
    """Mails of digests that could not be sent."""

    count = serializers.IntegerField()
    message = serializers.CharField()
    last_tried_at = serializers.DateTimeField()


class DigestSettingsSerializer(serializers.Serializer[Any]):
    """How the caller gets digests. `mail_faults` are for owners, null to others."""

    can_mail = serializers.BooleanField(help_text="Whether this installation sends mail.")
    is_mailed = serializers.BooleanField()
    time_zone = serializers.CharField(help_text="By whose clock it is Monday, eight o'clock.")
    searches = serializers.IntegerField(help_text="How many of their searches are in it.")
    next_at = serializers.DateTimeField()
    mail_faults = MailFaultsSerializer(allow_null=True)


class DigestChoiceSerializer(serializers.Serializer[Any]):
    """What is left out stays."""

    is_mailed = serializers.BooleanField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)

    def validate_time_zone(self, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise serializers.ValidationError("This time zone is not known.") from error
        return value


class StopMailsSerializer(serializers.Serializer[Any]):
    """Whether digests come by mail from now on."""

    is_mailed = serializers.BooleanField()
