"""What a reindex job does to the outbox and to old jobs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.discovery.engine import get_engine
from backend.jobs.models import Job, JobKind, JobState, SearchChange, SubjectKind
from worker.ledger import run_job
from worker.pipelines.reindex import run_reindex

pytestmark = pytest.mark.django_db(transaction=True)


def test_reindexing_empties_the_outbox_and_forgets_old_jobs(make, workspace, waiting_job):
    excerpt = make.excerpt()
    SearchChange.objects.create(
        workspace=workspace, subject_kind=SubjectKind.EXCERPT, subject_id=excerpt.id
    )
    long_ago = timezone.now() - timedelta(hours=2)
    old = waiting_job(JobKind.REINDEX, state=JobState.SUCCEEDED, finished_at=long_ago)
    recent = waiting_job(JobKind.REINDEX, state=JobState.FAILED, finished_at=timezone.now())
    job = waiting_job(JobKind.REINDEX)

    run_job(str(job.id), run_reindex)

    job.refresh_from_db()
    assert (job.state, job.error_detail) == (JobState.SUCCEEDED, "")
    assert get_engine().count(str(workspace.id)) == 1
    assert not SearchChange.objects.exists()
    assert set(Job.objects.values_list("id", flat=True)) == {recent.id, job.id}
    assert not Job.objects.filter(id=old.id).exists()


def test_two_reindexes_of_a_workspace_do_not_run_at_once(make, workspace, waiting_job):
    SearchChange.objects.create(
        workspace=workspace, subject_kind=SubjectKind.EXCERPT, subject_id=make.excerpt().id
    )
    waiting_job(
        JobKind.REINDEX,
        state=JobState.RUNNING,
        started_at=timezone.now() - timedelta(seconds=5),
        lease_until=timezone.now() + timedelta(seconds=30),
    )
    job = waiting_job(JobKind.REINDEX)

    run_job(str(job.id), run_reindex)

    job.refresh_from_db()
    assert job.state == JobState.SUCCEEDED
    assert SearchChange.objects.count() == 1
