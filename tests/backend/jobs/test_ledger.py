"""The ledger: a job is never lost and never done twice, whatever the broker does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.jobs import services
from backend.jobs.models import Job, JobKind, JobState, SearchChange, SubjectKind
from backend.jobs.services import doorbell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rings(monkeypatch):
    """Doorbells rung: (kind, job id)."""
    heard: list[tuple[str, object]] = []
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: heard.append((kind, job_id)))
    return heard


def enqueue(workspace, **values) -> Job:
    values.setdefault("kind", JobKind.TRANSCRIBE)
    values.setdefault("target_id", uuid4())
    return services.enqueue_job(workspace_id=workspace.id, **values)


def expire(job: Job) -> None:
    """The worker was lost a lease ago."""
    lost_at = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(id=job.id).update(
        lease_until=lost_at, rung_at=lost_at - timedelta(seconds=60)
    )


def test_the_doorbell_rings_once_the_caller_has_committed(
    workspace, rings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(workspace)
        assert rings == []
    assert rings == [("transcribe", job.id)]


def test_a_second_request_joins_work_that_waits(workspace):
    target = uuid4()
    first = enqueue(workspace, target_id=target)
    assert enqueue(workspace, target_id=target).id == first.id
    services.claim_job(first.id, owner="one")
    assert enqueue(workspace, target_id=target).id != first.id


def test_requests_that_join_ring_once_a_second_at_most(
    workspace, rings, django_capture_on_commit_callbacks
):
    target = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(workspace, target_id=target)
        for _ in range(5):
            enqueue(workspace, target_id=target)
    assert rings == [("transcribe", job.id)]
    Job.objects.update(rung_at=timezone.now() - timedelta(seconds=2))
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(workspace, target_id=target)
        enqueue(workspace, target_id=target)
    assert len(rings) == 2


def test_only_one_worker_gets_a_job(workspace):
    job = enqueue(workspace)
    assert services.claim_job(job.id, owner="one") is not None
    assert services.claim_job(job.id, owner="two") is None


def test_finished_work_is_not_done_again(workspace):
    job = services.claim_job(enqueue(workspace).id, owner="one")
    services.finish_job(job)
    assert services.claim_job(job.id, owner="two") is None


def test_a_lost_worker_changes_nothing_once_its_job_was_taken_over(workspace):
    job = enqueue(workspace)
    lost = services.claim_job(job.id, owner="lost")
    expire(job)
    heir = services.claim_job(job.id, owner="heir")
    assert (heir.attempt, heir.fence) == (2, 2)
    for act in (
        lambda: services.finish_job(lost),
        lambda: services.renew_lease(lost),
        lambda: services.report_progress(lost, stage="late"),
        lambda: services.fail_job(lost, message="m", remedy="r"),
    ):
        with pytest.raises(services.LeaseLostError):
            act()
    services.finish_job(heir)
    job.refresh_from_db()
    assert job.state == JobState.SUCCEEDED


def test_the_sweep_rings_for_work_nobody_heard_and_work_that_was_lost(workspace, rings, settings):
    unheard, lost, fresh = enqueue(workspace), enqueue(workspace), enqueue(workspace)
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    Job.objects.filter(id=unheard.id).update(rung_at=long_ago)
    services.claim_job(lost.id, owner="lost")
    expire(lost)
    assert services.sweep_jobs() == 2
    assert {job_id for _, job_id in rings} == {unheard.id, lost.id}
    assert fresh.id not in {job_id for _, job_id in rings}
    # Until somebody must have missed that, too, it is enough.
    assert services.sweep_jobs() == 0


def test_work_that_kills_its_worker_is_given_up_after_three_tries(workspace, rings):
    job = enqueue(workspace)
    for _ in range(3):
        assert services.claim_job(job.id, owner="w") is not None
        expire(job)
    assert services.claim_job(job.id, owner="w") is None
    services.sweep_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "3 times" in job.error_message
    assert job.error_remedy
    assert rings == []


def test_failed_work_can_be_tried_again_and_only_then(workspace):
    job = enqueue(workspace)
    with pytest.raises(ConflictError):
        services.retry_job(job=job)
    held = services.claim_job(job.id, owner="one")
    services.fail_job(held, message="No sound.", remedy="Upload it again.")
    assert services.retry_job(job=job).state == JobState.QUEUED
    held = services.claim_job(job.id, owner="two")
    services.finish_job(held)
    with pytest.raises(ConflictError):
        services.retry_job(job=job)


def test_cancelling(workspace):
    waiting, running = enqueue(workspace), enqueue(workspace)
    held = services.claim_job(running.id, owner="one")
    assert services.renew_lease(held) is False
    assert services.cancel_job(job=waiting).state == JobState.CANCELLED
    assert services.cancel_job(job=running).state == JobState.RUNNING
    assert services.renew_lease(held) is True
    services.stop_cancelled_job(held)
    assert Job.objects.get(id=running.id).state == JobState.CANCELLED


def test_work_whose_worker_was_lost_is_cancelled_at_once(workspace):
    lost = services.claim_job(enqueue(workspace).id, owner="lost")
    expire(lost)
    assert services.cancel_job(job=lost).state == JobState.CANCELLED
    with pytest.raises(services.LeaseLostError):
        services.finish_job(lost)


def test_changes_wait_in_the_outbox_behind_one_job(workspace, django_capture_on_commit_callbacks):
    ids = [uuid4(), uuid4()]
    with django_capture_on_commit_callbacks(execute=True):
        for subject_id in ids:
            services.record_change(
                workspace_id=workspace.id,
                subject_kind=SubjectKind.EXCERPT,
                subject_ids=[subject_id],
            )
        assert not Job.objects.exists(), "nobody waits for its row before the commit"
    assert list(SearchChange.objects.values_list("subject_id", flat=True)) == ids
    assert Job.objects.filter(kind=JobKind.REINDEX).count() == 1


def test_a_broker_that_is_down_loses_nothing(
    workspace, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.undo()

    class Broken:
        def send_task(self, *args, **options):
            raise ConnectionError("refused")

    monkeypatch.setattr(doorbell, "current_app", Broken())
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(workspace)
    assert Job.objects.get(id=job.id).state == JobState.QUEUED


def test_jobs_over_the_api(client_for, rita, bob, charlie, url, workspace):
    job = enqueue(workspace, title="interview.ogg", session_id=uuid4())
    enqueue(workspace, kind=JobKind.REINDEX)
    held = services.claim_job(job.id, owner="one")
    services.report_progress(held, stage="recognising", done=500, total=1000, unit="ms")
    [shown] = client_for(bob).get(url("jobs?active=true")).data["results"]
    assert (shown["stage"], shown["progress_done"], shown["title"]) == (
        "recognising",
        500,
        "interview.ogg",
    )
    assert shown["error"] is None
    services.fail_job(held, message="No sound.", remedy="Upload it again.")
    shown = client_for(bob).get(url(f"jobs/{job.id}")).data
    assert shown["error"] == {"message": "No sound.", "remedy": "Upload it again."}
    assert client_for(bob).post(url(f"jobs/{job.id}/retry")).status_code == 403
    assert client_for(charlie).post(url(f"jobs/{job.id}/retry")).status_code == 404
    assert client_for(rita).post(url(f"jobs/{job.id}/retry")).data["state"] == "queued"
    assert client_for(rita).post(url(f"jobs/{job.id}/cancel")).data["state"] == "cancelled"
    assert client_for(rita).get(url("jobs?session=nonsense")).status_code == 400
