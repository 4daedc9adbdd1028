"""The shapes of sessions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.jobs.serializers import JobSerializer
from backend.sources.selectors import SessionContents, SessionOverview
from backend.sources.serializers.sources import SourceSerializer
from backend.sources.serializers.uploads import UploadSerializer
from backend.sources.session_state import SessionState
from backend.studies.models import Session
from backend.studies.serializers import ParticipantReferenceSerializer


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
        context = {
            "duplicates": self._contents.duplicates,
            "may_see_names": self.context.get("may_see_names", False),
        }
        return SourceSerializer(self._contents.sources, many=True, context=context).data

    @extend_schema_field(UploadSerializer(many=True))
    def get_uploads(self, session: Session) -> Any:
        return UploadSerializer(self._contents.uploads, many=True).data

    @extend_schema_field(JobSerializer(many=True))
    def get_jobs(self, session: Session) -> Any:
        return JobSerializer(self._contents.jobs, many=True).data
