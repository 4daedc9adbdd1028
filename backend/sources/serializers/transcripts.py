"""The shapes of transcripts and their segments."""

from typing import Any

from rest_framework import serializers

from backend.sources.columns import relative_times, transpose, word_columns
from backend.sources.listen_first import doubtful_word_ids
from backend.sources.models import Doubt, Segment, SegmentStyle, Transcript, TranscriptState
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


def _numbers(length: int) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.IntegerField(), min_length=length, max_length=length
    )


def _times() -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(allow_null=True), allow_null=True)


class SegmentSerializer(serializers.Serializer[Any]):
    """A segment in columns: its text is `words` joined by a space.

    `word_id_runs` lists [first id, count, step]. A word begins `gaps_ms` after the end of the one
    before it that has times (the first: after `start_ms`, or 0) and lasts `lengths_ms`; both are
    null without audio. `doubtful` lists [first, count] of the words, by index, that are to be
    listened to before they are believed. `voice` numbers the voices told apart in this transcript,
    from 0. A segment whose `doubt` is "gap" has no words: that stretch could not be recognised.
    `style` says what a paragraph of written notes is. One that is withheld was said by somebody
    who took back their consent: its words are not given to anybody.
    """

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    speaker_id = serializers.UUIDField(allow_null=True)
    is_speaker_suggested = serializers.BooleanField()
    voice = serializers.IntegerField(allow_null=True)
    doubt = serializers.ChoiceField(choices=Doubt.choices)
    style = serializers.ChoiceField(choices=SegmentStyle.choices)  # type: ignore[assignment]
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    word_id_runs = serializers.ListField(child=_numbers(3))
    words = serializers.ListField(child=serializers.CharField())
    gaps_ms = _times()
    lengths_ms = _times()
    doubtful = serializers.ListField(child=_numbers(2))
    is_withheld = serializers.BooleanField()


class SegmentsSerializer(serializers.Serializer[Any]):
    """All segments of a transcript in columns, in reading order: SegmentSerializer's, transposed.

    `position_steps` are each the difference to the position before. A segment begins `pauses_ms`
    after the end of the one before that has times (the first: after 0) and lasts `durations_ms`.
    `word_id_runs` goes through all words.
    """

    id = serializers.ListField(child=serializers.UUIDField())
    position_steps = serializers.ListField(child=serializers.IntegerField())
    speaker_id = serializers.ListField(child=serializers.UUIDField(allow_null=True))
    is_speaker_suggested = serializers.ListField(child=serializers.BooleanField())
    voice = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    doubt = serializers.ListField(child=serializers.ChoiceField(choices=Doubt.choices))
    style = serializers.ListField(  # type: ignore[assignment]
        child=serializers.ChoiceField(choices=SegmentStyle.choices)
    )
    pauses_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    durations_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    word_id_runs = serializers.ListField(child=_numbers(3))
    words = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    gaps_ms = serializers.ListField(child=_times())
    lengths_ms = serializers.ListField(child=_times())
    doubtful = serializers.ListField(child=serializers.ListField(child=_numbers(2)))
    is_withheld = serializers.ListField(child=serializers.BooleanField())


class SpeechSerializer(serializers.Serializer[Any]):
    """Each stretch in which somebody speaks: the silence before it, and how long it lasts."""

    pauses_ms = serializers.ListField(child=serializers.IntegerField())
    durations_ms = serializers.ListField(child=serializers.IntegerField())


class TranscriptSerializer(serializers.Serializer[Any]):
    """A transcript with its text (or the segments after a position)."""

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
    speech = SpeechSerializer()
    segments = SegmentsSerializer()


def segment_columns(segment: dict[str, Any]) -> dict[str, Any]:
    """A row of segments_of as the API gives it: words in columns."""
    words, start_ms = segment["words"], segment["start_ms"]
    doubtful = doubtful_word_ids(words, doubt=segment["doubt"])
    columns = {name: segment[name] for name in SEGMENT_COLUMNS if name != "words"}
    return columns | word_columns(words, start_ms=start_ms, doubtful=doubtful)


def describe_segment(segment: Segment) -> dict[str, Any]:
    """The body of SegmentSerializer."""
    shown = {name: getattr(segment, name) for name in SEGMENT_COLUMNS}
    return segment_columns({**shown, "words": []} if segment.is_withheld else shown)


def transcript_document(transcript: Transcript, segments: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole answer as plain data: serializer fields for each word would cost seconds."""
    silences_ms, stretches_ms = relative_times(transcript.speech)
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
        "speech": {"pauses_ms": silences_ms, "durations_ms": stretches_ms},
        "segments": transpose([segment_columns(segment) for segment in segments]),
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
