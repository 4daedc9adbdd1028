"""The shape of a job in the API."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.jobs.models import Job, JobState
from backend.jobs.selectors import failed_parts


class JobErrorSerializer(serializers.Serializer):
    message = serializers.CharField()
    remedy = serializers.CharField()


class FailedPartSerializer(serializers.Serializer):
    """A stretch of the recording that could not be recognised, and why."""

    start_ms = serializers.IntegerField()
    end_ms = serializers.IntegerField()
    message = serializers.CharField()


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job with its progress; `seconds_left` is an estimate from the pace of this stage."""

    error = serializers.SerializerMethodField()
    failed_parts = serializers.SerializerMethodField()
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
            "failed_parts",
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
        if job.state != JobState.RUNNING or not job.stage_started_at:
            return None
        done_in_stage = job.progress_done - job.stage_started_done
        if done_in_stage <= 0:
            return None
        elapsed = (timezone.now() - job.stage_started_at).total_seconds()
        remaining = max(0, job.progress_total - job.progress_done)
        return round(elapsed * remaining / done_in_stage)

    @extend_schema_field(FailedPartSerializer(many=True))
    def get_failed_parts(self, job: Job) -> list[dict[str, Any]]:
        # Lists have read them already, for all jobs at once.
        prefetch_related_objects([job], failed_parts())
        return [
            {"start_ms": part.start_ms, "end_ms": part.end_ms, "message": part.error_message}
            for part in job.failed_parts  # type: ignore[attr-defined]
        ]
