"""Reading jobs: what a list needs at hand."""

from django.db.models import Prefetch

from backend.jobs.models import JobState, Part


def failed_parts() -> "Prefetch[str]":
    """To be prefetched, for all jobs at once: job.failed_parts, in order."""
    parts = Part.objects.filter(state=JobState.FAILED).defer("content", "result")
    return Prefetch("parts", parts, to_attr="failed_parts")
