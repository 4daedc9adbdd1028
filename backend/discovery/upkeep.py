"""What the index needs from time to time without anybody asking: to be filled again if it was lost,
and to be compared with the database.
"""

from datetime import timedelta

from django.utils import timezone

from backend.discovery.engine import is_index_lost, telling_outages
from backend.jobs.models import ACTIVE_STATES, Job, JobKind, JobState, SearchChange, SubjectKind
from backend.jobs.services import enqueue_reindex, record_change
from backend.workspaces.models import Workspace

RETRY_PATIENCE = timedelta(seconds=30)


def have_lost_index_filled() -> bool:
    """Enqueue a job if the index is missing, damaged or empty: whoever does it fills the whole.

    Not while one is on its way, nor just after one has failed. Returns whether the index is lost.
    Raises UnavailableError if the engine can't say.
    """
    with telling_outages():
        is_lost = is_index_lost()
    workspace = Workspace.objects.order_by("created_at").first()
    if is_lost and workspace and not _is_seen_to():
        enqueue_reindex(workspace.id)
    return is_lost


def _is_seen_to() -> bool:
    jobs = Job.objects.filter(kind=JobKind.REINDEX)
    just_now = timezone.now() - RETRY_PATIENCE
    just_failed = jobs.filter(state=JobState.FAILED, finished_at__gt=just_now)
    return jobs.filter(state__in=ACTIVE_STATES).exists() or just_failed.exists()


def have_index_compared() -> int:
    """Note for each workspace that all of it must be compared with the index.

    Returns for how many; where a comparison waits already, it is not asked for twice.
    """
    waiting = SearchChange.objects.filter(subject_kind=SubjectKind.WORKSPACE)
    workspaces = Workspace.objects.exclude(id__in=waiting.values("workspace_id"))
    workspace_ids = list(workspaces.values_list("id", flat=True))
    for workspace_id in workspace_ids:
        record_change(
            workspace_id=workspace_id,
            subject_kind=SubjectKind.WORKSPACE,
            subject_ids=[workspace_id],
        )
    return len(workspace_ids)
