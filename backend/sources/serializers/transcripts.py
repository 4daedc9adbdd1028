"""The shapes of transcripts and their segments."""

from typing import Any

from rest_framework import serializers

from backend.sources.listen_first import doubtful_word_ids
from backend.sources.models import Doubt, Segment, Transcript, TranscriptState
from backend.sources.selectors import SEGMENT_COLUMNS
from backend.sources.speech_models import SPEECH_MODELS

_MOST_SPEAKERS = 20


class TranscriptReferenceSerializer(serializers.ModelSerializer[Transcript]):
    """A transcript without its text."""

    class Meta:
        model = Transcript
        fields = [
            "id",
            "version",
            "state",
            "engine",
            "model",
            "language",
            "is_draft",
            "notice",
            "transcribed_ms",
            "duration_ms",
            "word_count",
            "seconds_taken",
            "created_at",
        ]


class SegmentSerializer(serializers.Serializer[Any]):
    """A segment in columns: its text is `words` joined by a space; times are null without audio.

    `voice` numbers the voices told apart in this transcript, from 0. A segment whose `doubt` is
    "gap" has no words: that stretch could not be recognised. `doubtful_word_ids` are to be listened
    to before they are believed.
    """

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    speaker_id = serializers.UUIDField(allow_null=True)
    is_speaker_suggested = serializers.BooleanField()
    voice = serializers.IntegerField(allow_null=True)
    doubt = serializers.ChoiceField(choices=Doubt.choices)
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    word_ids = serializers.ListField(child=serializers.IntegerField())
    words = serializers.ListField(child=serializers.CharField())
    starts_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    ends_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    doubtful_word_ids = serializers.ListField(child=serializers.IntegerField())


class TranscriptSerializer(serializers.Serializer[Any]):
    """A transcript with its text (or the segments after a position).

    `speech` lists [start_ms, end_ms] of each stretch in which somebody speaks.
    """

    id = serializers.UUIDField()
    source_id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    version = serializers.IntegerField()
    is_current = serializers.BooleanField()
    state = serializers.ChoiceField(choices=TranscriptState.choices)
    engine = serializers.CharField()
    model = serializers.CharField()
    language = serializers.CharField()
    is_draft = serializers.BooleanField()
    notice = serializers.CharField()
    transcribed_ms = serializers.IntegerField()
    duration_ms = serializers.IntegerField(allow_null=True)
    word_count = serializers.IntegerField()
    has_audio = serializers.BooleanField()
    speech = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    )
    segments = SegmentSerializer(many=True)


def segment_columns(segment: dict[str, Any]) -> dict[str, Any]:
    """A row of segments_of as the API gives it: words in columns."""
    words = segment["words"]
    return {
        "id": segment["id"],
        "position": segment["position"],
        "speaker_id": segment["speaker_id"],
        "is_speaker_suggested": segment["is_speaker_suggested"],
        "voice": segment["voice"],
        "doubt": segment["doubt"],
        "start_ms": segment["start_ms"],
        "end_ms": segment["end_ms"],
        "word_ids": [word[0] for word in words],
        "words": [word[1] for word in words],
        "starts_ms": [word[2] for word in words],
        "ends_ms": [word[3] for word in words],
        "doubtful_word_ids": doubtful_word_ids(words, doubt=segment["doubt"]),
    }


def describe_segment(segment: Segment) -> dict[str, Any]:
    """The body of SegmentSerializer."""
    return segment_columns({name: getattr(segment, name) for name in SEGMENT_COLUMNS})


def transcript_document(transcript: Transcript, segments: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole answer as plain data: serializer fields for each word would cost seconds."""
    return {
        "id": transcript.id,
        "source_id": transcript.source_id,
        "session_id": transcript.source.session_id,
        "version": transcript.version,
        "is_current": transcript.is_current,
        "state": transcript.state,
        "engine": transcript.engine,
        "model": transcript.model,
        "language": transcript.language,
        "is_draft": transcript.is_draft,
        "notice": transcript.notice,
        "transcribed_ms": transcript.transcribed_ms,
        "duration_ms": transcript.duration_ms,
        "word_count": transcript.word_count,
        "has_audio": hasattr(transcript.source, "media"),
        "speech": transcript.speech,
        "segments": [segment_columns(segment) for segment in segments],
    }


def _expected_speakers() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=_MOST_SPEAKERS, required=False, default=None, allow_null=True
    )


class TranscribeInputSerializer(serializers.Serializer[Any]):
    """Nothing given: the installation's model, and the session's language or the one heard."""

    model = serializers.ChoiceField(choices=SPEECH_MODELS, required=False, default="")
    language = serializers.RegexField(r"^[a-z]{2,3}$", required=False, default="", allow_blank=True)
    expected_speakers = _expected_speakers()


class FindSpeakersInputSerializer(serializers.Serializer[Any]):
    """Nothing given: the session's participants and a moderator, or as many as differ."""

    expected_speakers = _expected_speakers()
