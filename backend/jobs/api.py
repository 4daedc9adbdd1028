"""Looking at jobs, cancelling them and trying them again."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import InvalidInputError
from backend.common.identifiers import parse_id
from backend.jobs import services
from backend.jobs.models import ACTIVE_STATES, Job, JobKind
from backend.jobs.selectors import failed_parts
from backend.jobs.serializers import JobSerializer
from backend.workspaces.door import WorkspaceView


class JobsView(WorkspaceView, ListAPIView):
    """Newest first. Search indexing is quick and constant; it is shown only when asked for.

    Digests are their readers' own business, and in no list.
    """

    serializer_class = JobSerializer

    @extend_schema(
        operation_id="jobs_list",
        parameters=[
            OpenApiParameter("active", OpenApiTypes.BOOL, description="only unfinished jobs"),
            OpenApiParameter("session", OpenApiTypes.UUID),
            OpenApiParameter("kind", OpenApiTypes.STR, enum=list(JobKind.values)),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Job]:
        if getattr(self, "swagger_fake_view", False):
            return Job.objects.none()
        jobs = Job.objects.filter(workspace=self.workspace).order_by("-created_at", "id")
        jobs = jobs.prefetch_related(failed_parts())
        query = self.request.query_params
        if query.get("active") in ("true", "1"):
            jobs = jobs.filter(state__in=ACTIVE_STATES)
        if session := query.get("session"):
            jobs = jobs.filter(session_id=parse_id(session, name="session"))
        jobs = jobs.exclude(kind=JobKind.SEND_DIGEST)
        if kind := query.get("kind"):
            if kind not in JobKind.values:
                raise InvalidInputError(f"There is no kind of job called {kind!r}.")
            return jobs.filter(kind=kind)
        return jobs.exclude(kind=JobKind.REINDEX)


class JobView(WorkspaceView):
    @extend_schema(operation_id="job_read", responses=JobSerializer)
    def get(self, request: Request, workspace_id: Any, job_id: Any) -> Response:
        return Response(JobSerializer(self.get_row(Job.objects.all(), job_id)).data)


class JobCancelView(WorkspaceView):
    @extend_schema(operation_id="job_cancel", request=None, responses=JobSerializer)
    def post(self, request: Request, workspace_id: Any, job_id: Any) -> Response:
        job = services.cancel_job(job=self.get_row(Job.objects.all(), job_id))
        return Response(JobSerializer(job).data)


class JobRetryView(WorkspaceView):
    @extend_schema(operation_id="job_retry", request=None, responses=JobSerializer)
    def post(self, request: Request, workspace_id: Any, job_id: Any) -> Response:
        job = services.retry_job(job=self.get_row(Job.objects.all(), job_id))
        return Response(JobSerializer(job).data)
