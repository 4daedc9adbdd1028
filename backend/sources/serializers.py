"""The shapes of sessions, uploads, sources, speakers and transcripts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.jobs.serializers import JobSerializer
from backend.sources.models import (
    MediaFile,
    Source,
    Speaker,
    SpeakerRole,
    Transcript,
    TranscriptState,
    Upload,
)
from backend.sources.selectors import SessionContents, SessionOverview
from backend.sources.session_state import SessionState
from backend.sources.speech_models import SPEECH_MODELS
from backend.studies.models import Session
from backend.studies.selectors import persona_of
from backend.studies.serializers import ParticipantReferenceSerializer

TEXT_LENGTH_MAXIMUM = 500_000


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """A file on its way in."""

    class Meta:
        model = Upload
        fields = ["id", "file_name", "size_bytes", "offset_bytes", "created_at"]


class MediaSerializer(serializers.ModelSerializer[MediaFile]):
    """A recording. `media_url` and `peaks_url` are null until it is prepared."""

    media_url = serializers.SerializerMethodField()
    peaks_url = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = MediaFile
        fields = [
            "duration_ms",
            "container",
            "has_video",
            "is_truncated",
            "size_bytes",
            "media_url",
            "peaks_url",
            "original_url",
        ]

    def get_media_url(self, media: MediaFile) -> str | None:
        return _address(media, "media") if media.playback_path else None

    def get_peaks_url(self, media: MediaFile) -> str | None:
        return _address(media, "peaks") if media.peaks_path else None

    def get_original_url(self, media: MediaFile) -> str:
        return _address(media, "original")


def _address(media: MediaFile, leaf: str) -> str:
    return f"/api/workspaces/{media.workspace_id}/sources/{media.source_id}/{leaf}"


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


class DuplicateSerializer(serializers.Serializer[Any]):
    """The session that holds the same file."""

    session_id = serializers.UUIDField()
    title = serializers.CharField()


class SourceSerializer(serializers.ModelSerializer[Source]):
    """One thing a session left behind: a recording or a text, with its current transcript."""

    # Needs sources fetched by sources_of(), and may find `duplicates` in its context.

    media = serializers.SerializerMethodField()
    transcript = serializers.SerializerMethodField()
    speakers = SpeakerSerializer(many=True)
    duplicate_of = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields = ["id", "kind", "name", "media", "transcript", "speakers", "duplicate_of"]

    @extend_schema_field(MediaSerializer(allow_null=True))
    def get_media(self, source: Source) -> dict[str, Any] | None:
        return MediaSerializer(source.media).data if hasattr(source, "media") else None

    @extend_schema_field(TranscriptReferenceSerializer(allow_null=True))
    def get_transcript(self, source: Source) -> dict[str, Any] | None:
        current = next((t for t in source.transcripts.all() if t.is_current), None)
        return TranscriptReferenceSerializer(current).data if current else None

    @extend_schema_field(DuplicateSerializer(allow_null=True))
    def get_duplicate_of(self, source: Source) -> dict[str, Any] | None:
        session = self.context.get("duplicates", {}).get(source.id)
        return {"session_id": session.id, "title": session.title} if session else None


class SessionSerializer(serializers.ModelSerializer[Session]):
    """One occasion of listening, and where it stands. Recordings last `duration_ms` in all."""

    # Needs sessions fetched by sessions_of(), and `overviews` by session id in context.

    study_id = serializers.UUIDField()
    study_title = serializers.CharField(source="study.title")
    participants = ParticipantReferenceSerializer(many=True)
    duration_ms = serializers.SerializerMethodField()
    excerpt_count = serializers.IntegerField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = [
            "id",
            "study_id",
            "study_title",
            "kind",
            "title",
            "held_on",
            "language",
            "participants",
            "duration_ms",
            "excerpt_count",
            "state",
            "created_at",
        ]

    def get_duration_ms(self, session: Session) -> int | None:
        return self._overview(session).duration_ms

    @extend_schema_field(serializers.ChoiceField(choices=SessionState.choices))
    def get_state(self, session: Session) -> str:
        return self._overview(session).state.value

    def _overview(self, session: Session) -> SessionOverview:
        return self.context["overviews"][session.id]


class SessionDetailSerializer(SessionSerializer):
    """A session with what it holds, and the latest job of each kind of each source."""

    # Needs `contents` in context as well.

    sources = serializers.SerializerMethodField()
    uploads = serializers.SerializerMethodField()
    jobs = serializers.SerializerMethodField()

    class Meta(SessionSerializer.Meta):
        fields = [*SessionSerializer.Meta.fields, "sources", "uploads", "jobs"]

    @property
    def _contents(self) -> SessionContents:
        return self.context["contents"]

    @extend_schema_field(SourceSerializer(many=True))
    def get_sources(self, session: Session) -> Any:
        context = {"duplicates": self._contents.duplicates}
        return SourceSerializer(self._contents.sources, many=True, context=context).data

    @extend_schema_field(UploadSerializer(many=True))
    def get_uploads(self, session: Session) -> Any:
        return UploadSerializer(self._contents.uploads, many=True).data

    @extend_schema_field(JobSerializer(many=True))
    def get_jobs(self, session: Session) -> Any:
        return JobSerializer(self._contents.jobs, many=True).data


class TextInputSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT_LENGTH_MAXIMUM, trim_whitespace=False)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class TranscribeInputSerializer(serializers.Serializer[Any]):
    """Nothing given: the installation's model, and the session's language or the one heard."""

    model = serializers.ChoiceField(choices=SPEECH_MODELS, required=False, default="")
    language = serializers.RegexField(r"^[a-z]{2,3}$", required=False, default="", allow_blank=True)


class SpeakerInputSerializer(serializers.Serializer[Any]):
    label = serializers.CharField(max_length=100)  # type: ignore[assignment]
    role = serializers.ChoiceField(choices=SpeakerRole.choices, required=False)
    participant_id = serializers.UUIDField(required=False, allow_null=True)


class NewSpeakerInputSerializer(SpeakerInputSerializer):
    source_id = serializers.UUIDField()


class SegmentSerializer(serializers.Serializer[Any]):
    """A segment in columns: its text is `words` joined by a space; times are null without audio."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    speaker_id = serializers.UUIDField(allow_null=True)
    start_ms = serializers.IntegerField(allow_null=True)
    end_ms = serializers.IntegerField(allow_null=True)
    word_ids = serializers.ListField(child=serializers.IntegerField())
    words = serializers.ListField(child=serializers.CharField())
    starts_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    ends_ms = serializers.ListField(child=serializers.IntegerField(allow_null=True))


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
    segments = SegmentSerializer(many=True)


def segment_columns(segment: dict[str, Any]) -> dict[str, Any]:
    """A segment row as the API gives it: words in columns."""
    words = segment["words"]
    return {
        "id": segment["id"],
        "position": segment["position"],
        "speaker_id": segment["speaker_id"],
        "start_ms": segment["start_ms"],
        "end_ms": segment["end_ms"],
        "word_ids": [word[0] for word in words],
        "words": [word[1] for word in words],
        "starts_ms": [word[2] for word in words],
        "ends_ms": [word[3] for word in words],
    }


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
        "segments": [segment_columns(segment) for segment in segments],
    }


class PeaksSerializer(serializers.Serializer[Any]):
    """A waveform: the loudest sample of each stretch, 0 (silence) to 100."""

    version = serializers.IntegerField()
    samples_per_second = serializers.IntegerField()
    length = serializers.IntegerField()
    peaks = serializers.ListField(child=serializers.IntegerField())


class StorageSerializer(serializers.Serializer[Any]):
    """Room for recordings, and the speech model that new ones are transcribed with."""

    used_bytes = serializers.IntegerField()
    quota_bytes = serializers.IntegerField()
    upload_maximum_bytes = serializers.IntegerField()
    speech_model = serializers.CharField()
