"""Parts of a job: any worker may take them, each is done once, and the last one moves the job."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from backend.jobs import services
from backend.jobs.models import Job, JobKind, JobState, Part
from backend.jobs.services import LeaseLostError, doorbell, leases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rings(monkeypatch):
    """The kinds of doorbells rung, at once instead of on commit."""
    heard: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: heard.append(kind))
    monkeypatch.setattr(doorbell.transaction, "on_commit", lambda act: act())
    return heard


@pytest.fixture
def shared(workspace, rings) -> Job:
    """A job that was handed over with six parts."""
    job = hand_over(workspace)
    assert rings.pop() == "recognise_part"
    rings.clear()
    return job


def hand_over(workspace) -> Job:
    job = services.enqueue_job(
        workspace_id=workspace.id, kind=JobKind.TRANSCRIBE, target_id=uuid4(), session_id=uuid4()
    )
    planner = services.claim_job(job.id, owner="planner")
    assert planner is not None
    services.plan_parts(
        job=planner,
        parts=[
            Part(workspace=workspace, job=job, index=i, start_ms=i * 1000, end_ms=i * 1000 + 900)
            for i in range(6)
        ],
    )
    services.hand_over_job(planner)
    return planner


def claim(job: Job, owner: str = "w") -> Part:
    part = services.claim_part(job.id, owner=owner)
    assert part is not None
    return part


def expire(row: Job | Part) -> None:
    type(row).objects.filter(id=row.id).update(lease_until=timezone.now() - timedelta(seconds=1))


def expire_bell(job: Job, settings) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    Job.objects.filter(id=job.id).update(rung_at=long_ago)


def states(job: Job) -> list[str]:
    return list(job.parts.order_by("index").values_list("state", flat=True))


def is_shared(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == JobState.RUNNING and job.lease_until is None


def test_each_part_is_taken_once_and_in_order(shared):
    assert [claim(shared).index for _ in range(6)] == list(range(6))
    assert services.claim_part(shared.id, owner="late") is None


def test_a_job_that_is_not_shared_gives_no_parts(shared):
    Job.objects.filter(id=shared.id).update(lease_until=leases.new_lease())
    assert services.claim_part(shared.id, owner="w") is None
    assert services.claim_part(uuid4(), owner="w") is None


def test_one_bell_calls_as_many_workers_as_may_share_a_job(shared, rings, settings):
    settings.JOB_PARTS_AT_ONCE = 3
    first, _, _ = (claim(shared) for _ in range(3))
    # The third worker calls no fourth one; the end of a part does.
    assert rings == ["recognise_part"] * 2
    services.finish_part(first, result={})
    assert rings == ["recognise_part"] * 3
    for _ in range(3):
        part = claim(shared)
        services.finish_part(part, result={})
    # Nothing waits any more, so nobody is called for it.
    assert services.claim_part(shared.id, owner="w") is None
    assert rings.count("transcribe") == 0


def test_recordings_take_turns(workspace, monkeypatch):
    """A short call that comes while a long recording is worked on waits for one part of it."""
    queue: list[object] = []
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: queue.append((kind, job_id)))
    long, short = hand_over(workspace), hand_over(workspace)
    Part.objects.filter(job=short, index__gte=2).delete()
    queue[:] = [("recognise_part", long.id), ("recognise_part", short.id)]
    done = []
    while queue:
        kind, job_id = queue.pop(0)
        if kind == "recognise_part":
            part = services.claim_part(job_id, owner="the only worker")
            services.finish_part(part, result={})
            done.append("long" if job_id == long.id else "short")
    assert done == ["long", "short", "long", "short", "long", "long", "long", "long"]


def test_the_last_part_moves_the_job_on(shared, rings):
    parts = [claim(shared) for _ in range(6)]
    for part in reversed(parts):
        assert is_shared(shared)
        services.finish_part(part, result={"index": part.index}, progress=10)
    assert rings[-1] == "transcribe"
    assert not is_shared(shared)
    assert shared.progress_done == 60
    again = services.claim_job(shared.id, owner="finisher")
    assert again is not None
    assert again.attempt == 1


def test_a_failed_part_lets_the_rest_go_on(shared):
    services.fail_part(claim(shared), message="It broke.")
    for _ in range(5):
        services.finish_part(claim(shared), result={})
    assert not is_shared(shared)
    assert states(shared) == ["failed", *["succeeded"] * 5]


def test_a_late_heartbeat_does_not_take_a_shared_job_back(shared):
    with pytest.raises(LeaseLostError):
        services.renew_lease(shared)
    assert is_shared(shared)


def test_a_worker_that_lost_its_lease_changes_nothing(shared):
    lost = claim(shared, "lost")
    expire(lost)
    heir = claim(shared, "heir")
    assert (heir.id, heir.attempt, heir.fence) == (lost.id, 2, 2)
    for act in (
        lambda: services.finish_part(lost, result={"by": "lost"}, progress=10),
        lambda: services.fail_part(lost, message="late"),
        lambda: services.release_part(lost),
        lambda: services.renew_part_lease(lost),
    ):
        with pytest.raises(LeaseLostError):
            act()
    services.finish_part(heir, result={"by": "heir"}, progress=10)
    heir.refresh_from_db()
    shared.refresh_from_db()
    assert (heir.state, heir.result, shared.progress_done) == ("succeeded", {"by": "heir"}, 10)


def test_a_worker_that_stops_gives_its_part_back(shared, rings):
    part = claim(shared)
    rings.clear()
    services.release_part(part)
    assert rings == ["recognise_part"]
    assert (claim(shared).id, part.attempt) == (part.id, 1)


def test_cancelling_shared_work_takes_effect_at_once(shared):
    services.finish_part(claim(shared), result={})
    part = claim(shared)
    assert services.cancel_job(job=shared).state == JobState.CANCELLED
    with pytest.raises(LeaseLostError):
        services.renew_part_lease(part)
    with pytest.raises(LeaseLostError):
        services.finish_part(part, result={})
    assert services.claim_part(shared.id, owner="w") is None
    assert states(shared) == ["succeeded", *["queued"] * 5]


def test_a_retry_keeps_what_is_done(shared):
    services.finish_part(claim(shared), result={})
    services.fail_part(claim(shared), message="It broke.")
    stale = claim(shared)
    services.cancel_job(job=shared)
    services.retry_job(job=shared)
    assert states(shared) == ["succeeded", *["queued"] * 5]
    assert services.claim_part(shared.id, owner="too soon") is None
    held = services.claim_job(shared.id, owner="planner")
    services.hand_over_job(held)
    assert claim(shared).index == 1
    with pytest.raises(LeaseLostError):
        services.finish_part(stale, result={})


def test_a_part_that_kills_its_worker_is_given_up_and_the_rest_goes_on(shared, rings):
    for _ in range(5):
        services.finish_part(claim(shared), result={})
    for _ in range(3):
        expire(claim(shared))
    assert services.claim_part(shared.id, owner="w") is None
    rings.clear()
    assert services.sweep_jobs() == 1
    assert states(shared)[-1] == "failed"
    assert "3 times" in Part.objects.get(state="failed").error_message
    assert rings == ["transcribe"]
    assert not is_shared(shared)


def test_the_sweep_rings_once_for_a_part_whose_worker_was_lost(shared, rings, settings):
    part = claim(shared)
    rings.clear()
    assert services.sweep_jobs() == 0
    Job.objects.filter(id=shared.id).update(rung_at=timezone.now() - timedelta(seconds=5))
    expire(part)
    assert services.sweep_jobs() == 1
    assert rings == ["recognise_part"]
    assert services.sweep_jobs() == 0


def test_the_sweep_rings_for_parts_that_nobody_heard_of(shared, rings, settings):
    assert services.sweep_jobs() == 0
    expire_bell(shared, settings)
    assert services.sweep_jobs() == 1
    assert rings == ["recognise_part"]
    assert services.sweep_jobs() == 0


def test_a_shared_job_without_open_parts_is_moved_on(shared, rings):
    Part.objects.update(state=JobState.SUCCEEDED)
    services.sweep_jobs()
    assert rings == ["transcribe"]
    assert not is_shared(shared)


def test_nobody_is_called_for_parts_that_all_have_their_worker(shared, rings, settings):
    for _ in range(6):
        claim(shared)
    expire_bell(shared, settings)
    rings.clear()
    assert services.sweep_jobs() == 0
    assert rings == []


def test_failed_parts_and_the_time_left_over_the_api(
    client_for, bob, url, shared, django_assert_num_queries
):
    services.fail_part(claim(shared), message="It broke.")
    Job.objects.filter(id=shared.id).update(
        stage="recognising",
        stage_started_at=timezone.now() - timedelta(seconds=10),
        stage_started_done=40_000,
        progress_done=50_000,
        progress_total=70_000,
    )
    shown = client_for(bob).get(url(f"jobs/{shared.id}")).data
    assert shown["failed_parts"] == [{"start_ms": 0, "end_ms": 900, "message": "It broke."}]
    # Ten seconds for 10,000 of this stage; what was done before it took none of them.
    assert shown["seconds_left"] in (20, 21)
    Job.objects.filter(id=shared.id).update(progress_done=F("stage_started_done"))
    assert client_for(bob).get(url(f"jobs/{shared.id}")).data["seconds_left"] is None


def test_a_list_of_jobs_reads_failed_parts_at_once(
    client_for, bob, url, shared, workspace, django_assert_max_num_queries
):
    client = client_for(bob)
    services.fail_part(claim(shared), message="It broke.")
    with django_assert_max_num_queries(20) as one:
        client.get(url("jobs"))
    for _ in range(3):
        services.enqueue_job(workspace_id=workspace.id, kind=JobKind.TRANSCRIBE, target_id=uuid4())
    with django_assert_max_num_queries(len(one)):
        assert len(client.get(url("jobs")).data["results"]) == 4
