"""A claimed job ends in a state that says why; a worker that lost it changes nothing."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from backend.common.errors import UnavailableError
from backend.jobs.models import Job, JobKind, JobState, Part
from backend.jobs.services import LeaseLostError, cancel_job, claim_job, doorbell, leases
from backend.studies.models import Study
from tests.stack import wait_for
from worker import ledger
from worker.ledger import (
    PART_APOLOGY,
    JobFailedError,
    JobHandle,
    PartResult,
    run_job,
    run_part,
)
from worker.media import NotMediaError
from worker.speech.engine import ModelMissingError

pytestmark = pytest.mark.django_db(transaction=True)


def take_over(job: Job) -> Job:
    """Another worker claims the job, because its lease ran out."""
    Job.objects.filter(id=job.id).update(lease_until=timezone.now() - timedelta(seconds=1))
    taken = claim_job(job.id, owner="another worker")
    assert taken is not None
    return taken


def keep_reporting(handle: JobHandle) -> None:
    """Work that never ends by itself."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        handle.report("recognising")
        time.sleep(0.01)


def test_work_runs_once_and_succeeds(waiting_job):
    job = waiting_job()
    seen = []

    run_job(str(job.id), lambda handle: seen.append(handle.job.attempt))
    run_job(str(job.id), lambda handle: seen.append(handle.job.attempt))

    job.refresh_from_db()
    assert (job.state, job.error_message, seen) == (JobState.SUCCEEDED, "", [1])
    assert job.lease_until is None
    assert job.finished_at is not None


def test_progress_is_written_at_most_twice_a_second(waiting_job, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(ledger, "monotonic", lambda: clock[0])
    written = []

    def work(handle):
        for done in range(16):
            handle.report("reading", done=done, total=16, unit="ms")
            written.append(Job.objects.get(id=handle.job.id).progress_done)
            clock[0] += 0.125
        handle.report("recognising", done=1, total=2, unit="ms")
        row = Job.objects.get(id=handle.job.id)
        assert (row.stage, row.progress_done, row.progress_total) == ("recognising", 1, 2)

    job = waiting_job()
    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.error_detail) == (JobState.SUCCEEDED, "")
    assert sorted(set(written)) == [0, 4, 8, 12]


@pytest.mark.parametrize(
    ("error", "message", "remedy"),
    [
        (NotMediaError(detail="moov atom"), NotMediaError.message, NotMediaError.remedy),
        (ModelMissingError("No weights.", remedy="Bring them."), "No weights.", "Bring them."),
        (UnavailableError("Search is down.", remedy="Wait."), "Search is down.", "Wait."),
        (JobFailedError("It is gone.", remedy="Nothing."), "It is gone.", "Nothing."),
    ],
)
def test_known_faults_are_told_in_their_own_words(waiting_job, error, message, remedy):
    def work(handle):
        raise error

    job = waiting_job()
    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.error_message, job.error_remedy) == ("failed", message, remedy)
    assert getattr(error, "detail", "") in job.error_detail


def test_unknown_faults_are_told_in_general_and_kept_in_detail(waiting_job):
    def work(handle):
        raise ZeroDivisionError("secret path /srv/x")

    job = waiting_job()
    run_job(str(job.id), work)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error_message == "Something went wrong while transcribing this recording."
    assert job.error_remedy
    assert "secret path" not in job.error_message + job.error_remedy
    assert "ZeroDivisionError: secret path /srv/x" in job.error_detail


def test_every_kind_of_job_has_words_for_an_unknown_fault(waiting_job):
    def work(handle):
        raise RuntimeError

    for kind in JobKind:
        job = waiting_job(kind)
        run_job(str(job.id), work)
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert job.error_message


def test_a_lost_database_leaves_the_job_to_the_sweep(waiting_job):
    def work(handle):
        raise OperationalError("server closed the connection")

    job = waiting_job()
    run_job(str(job.id), work)

    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert job.lease_until is not None


def test_the_lease_is_renewed_while_work_goes_on(waiting_job, settings):
    settings.JOB_LEASE_SECONDS = 1
    job = waiting_job()

    def work(handle):
        first = handle.job.lease_until
        wait_for(lambda: Job.objects.get(id=job.id).lease_until > first, seconds=20)

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.error_detail) == (JobState.SUCCEEDED, "")


def test_a_cancelled_job_stops_at_its_next_report(waiting_job, settings):
    settings.JOB_LEASE_SECONDS = 1
    job = waiting_job()

    def work(handle):
        cancel_job(job=handle.job)
        keep_reporting(handle)

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_job_that_is_handed_over_is_left_running(waiting_job, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)
    job = waiting_job()

    def work(handle):
        with handle.hand_over():
            pass

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.lease_until, job.finished_at) == (JobState.RUNNING, None, None)


def test_a_job_that_was_cancelled_is_not_handed_over(waiting_job, workspace):
    job = waiting_job()

    def work(handle):
        cancel_job(job=handle.job)
        with handle.hand_over():
            Study.objects.create(workspace=workspace, title="a plan")

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not Study.objects.exists()


def test_a_part_that_stops_with_its_worker_is_given_back(waiting_job, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)
    job = waiting_job(state=JobState.RUNNING)
    part = Part.objects.create(workspace=job.workspace, job=job, index=0, start_ms=0, end_ms=1)
    ledger.stopping.set()

    run_part(str(job.id), lambda handle: PartResult({}, 0), save=lambda job: None)

    part.refresh_from_db()
    assert (part.state, part.attempt) == (JobState.QUEUED, 0)


def test_an_error_in_saving_a_part_fails_it_instead(waiting_job, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)
    job = waiting_job(state=JobState.RUNNING)
    part = Part.objects.create(workspace=job.workspace, job=job, index=0, start_ms=0, end_ms=1)
    saved = []

    def save(job: Job) -> None:
        saved.append(job.parts.get().state)
        if len(saved) == 1:
            raise RuntimeError("it can't be saved")

    run_part(str(job.id), lambda handle: PartResult({"text": 1}, 0), save=save)

    part.refresh_from_db()
    assert saved == [JobState.SUCCEEDED, JobState.FAILED]
    assert (part.state, part.result, part.error_message) == ("failed", None, PART_APOLOGY)


def test_a_cancel_that_a_lost_worker_never_heard_is_heard_by_the_next(waiting_job):
    job = waiting_job(is_cancel_requested=True)

    run_job(str(job.id), keep_reporting)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_stopping_worker_gives_its_job_back(waiting_job):
    job = waiting_job()

    def work(handle):
        ledger.stopping.set()
        keep_reporting(handle)

    run_job(str(job.id), work)
    ledger.stopping.clear()

    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.RUNNING, 0)
    run_job(str(job.id), lambda handle: None)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.SUCCEEDED, 1)


def test_a_result_and_the_end_of_its_job_are_one(waiting_job, workspace):
    job = waiting_job()

    def work(handle):
        with handle.finish("done"):
            Study.objects.create(workspace=workspace, title="result")
            raise RuntimeError("killed in the middle")

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Study.objects.exists()


def test_a_notice_is_kept_with_the_finished_job(waiting_job):
    job = waiting_job()

    def work(handle):
        with handle.finish("It ends early."):
            pass

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.notice) == (JobState.SUCCEEDED, "It ends early.")


def hold_without_fence(row: Any, **changes: Any) -> None:
    """What the ledger would be if nothing compared fences."""
    type(row).objects.filter(id=row.id).update(updated_at=timezone.now(), **changes)


def save_as_a_stale_worker(job: Job) -> None:
    """A worker is overtaken while it works, and only then wants to save."""

    def work(handle: JobHandle) -> None:
        take_over(handle.job)
        with handle.hold():
            Study.objects.create(workspace_id=job.workspace_id, title="stale")

    run_job(str(job.id), work)


def test_a_stale_worker_saves_nothing(waiting_job):
    job = waiting_job()

    save_as_a_stale_worker(job)

    job.refresh_from_db()
    assert not Study.objects.exists()
    assert (job.state, job.lease_owner, job.attempt) == ("running", "another worker", 2)


def test_without_the_fence_a_stale_worker_would_save(waiting_job, monkeypatch):
    """The proof above can fail: it is the fence that holds."""

    monkeypatch.setattr(leases, "hold", hold_without_fence)

    save_as_a_stale_worker(waiting_job())

    assert Study.objects.filter(title="stale").exists()


@pytest.mark.parametrize("end", ["finish", "fail", "cancel", "stop"])
def test_a_stale_worker_does_not_end_the_job_of_another(waiting_job, end):
    ends: dict[str, Callable[[], None]] = {
        "finish": lambda: None,
        "fail": lambda: _raise(RuntimeError()),
        "cancel": lambda: _raise(ledger.JobCancelledError()),
        "stop": lambda: _raise(ledger.WorkerStoppingError()),
    }
    job = waiting_job()

    def work(handle):
        take_over(handle.job)
        ends[end]()

    run_job(str(job.id), work)

    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.attempt) == ("running", "another worker", 2)
    assert job.lease_until > timezone.now()


def test_a_worker_learns_that_it_was_overtaken(waiting_job, settings):
    settings.JOB_LEASE_SECONDS = 1
    job = waiting_job()
    heard = []

    def work(handle):
        take_over(handle.job)
        # The other one keeps its lease, so nothing but the fence tells.
        Job.objects.filter(id=job.id).update(lease_until=timezone.now() + timedelta(hours=1))
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                handle.check()
                time.sleep(0.01)
        except LeaseLostError:
            heard.append(True)
            raise

    run_job(str(job.id), work)

    assert heard == [True]


def _raise(error: Exception) -> None:
    raise error
