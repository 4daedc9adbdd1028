"""The shape of a job in the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.jobs.models import Job, JobState


class JobErrorSerializer(serializers.Serializer):
    message = serializers.CharField()
    remedy = serializers.CharField()


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job with its progress; `seconds_left` is an estimate from the pace of this stage."""

    error = serializers.SerializerMethodField()
    seconds_left = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "state",
            "title",
            "stage",
            "progress_done",
            "progress_total",
            "progress_unit",
            "seconds_left",
            "notice",
            "error",
            "is_cancel_requested",
            "attempt",
            "study_id",
            "session_id",
            "source_id",
            "created_at",
            "started_at",
            "finished_at",
        ]

    @extend_schema_field(JobErrorSerializer(allow_null=True))
    def get_error(self, job: Job) -> dict[str, Any] | None:
        if job.state != JobState.FAILED:
            return None
        return {"message": job.error_message, "remedy": job.error_remedy}

    def get_seconds_left(self, job: Job) -> int | None:
        if job.state != JobState.RUNNING or not job.progress_done or not job.stage_started_at:
            return None
        elapsed = (timezone.now() - job.stage_started_at).total_seconds()
        remaining = max(0, job.progress_total - job.progress_done)
        return round(elapsed * remaining / job.progress_done)
