"""Parts whose worker lost its lease, was cancelled or killed."""

import threading

import pytest

from backend.jobs import services
from backend.jobs.models import Job, JobState, Part
from backend.jobs.services import LeaseLostError, leases
from backend.sources.models import Transcript
from tests.worker.instant_engine import InstantEngine
from tests.worker.parts.conftest import expire, finish, refreshed, text_of, work
from tests.worker.test_ledger import hold_without_fence
from worker.ledger import run_job, run_part
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.transcribe import run_transcribe
from worker.speech import choose

pytestmark = pytest.mark.django_db(transaction=True)


def overtaken(job: Job) -> tuple[Part, Part]:
    """The first part in the hands of a worker that lost it, and of the one that took over."""
    stale = services.claim_part(job.id, owner="stale")
    assert stale is not None
    expire(stale)
    heir = services.claim_part(job.id, owner="heir")
    assert heir is not None
    assert heir.id == stale.id
    return stale, heir


def first_words(job: Job) -> str:
    return Transcript.objects.get(source=job.target_id).segments.first().words[0][1][:5]


def test_a_worker_that_lost_its_lease_writes_nothing_over_the_work_of_the_next(begin):
    job = begin()
    stale, heir = overtaken(job)

    with pytest.raises(LeaseLostError):
        finish(stale, InstantEngine(accent="stale"))
    finish(heir, InstantEngine(accent="heir-"))

    assert first_words(job) == "heir-"


def test_without_the_fence_it_would(begin, monkeypatch):
    """The proof above can fail: it is the fence that holds."""
    monkeypatch.setattr(leases, "hold", hold_without_fence)
    job = begin()
    stale, _ = overtaken(job)

    finish(stale, InstantEngine(accent="stale"))

    assert first_words(job) == "stale"


def test_a_part_stops_in_its_middle_when_the_job_is_cancelled(begin, settings, monkeypatch):
    settings.JOB_LEASE_SECONDS = 1
    job = begin()
    stopped = threading.Event()

    class Endless(InstantEngine):
        def recognise_batch(self, windows, *, language, prompt="", check=None):
            services.cancel_job(job=job)
            try:
                for _ in range(600):
                    check()
                    threading.Event().wait(0.05)
            except LeaseLostError:
                stopped.set()
                raise
            raise AssertionError("Nobody stopped it within 30 s.")

    monkeypatch.setattr(choose, "load_engine", lambda *_, **__: (Endless(), None))
    run_part(str(job.id), run_recognise_part, save=save_ended_parts)

    assert stopped.is_set()
    assert refreshed(job).state == JobState.CANCELLED
    assert not job.parts.exclude(state=JobState.QUEUED).exists()


def test_a_cancelled_job_goes_on_where_it_was(begin):
    text = text_of(work(begin()))
    job = begin()
    for _ in range(3):
        run_part(str(job.id), run_recognise_part, save=save_ended_parts)
    services.cancel_job(job=job)
    before = Transcript.objects.get(source=job.target_id).segments.count()

    services.retry_job(job=job)
    run_job(str(job.id), run_transcribe)
    done_ms = refreshed(job).progress_done
    work(job)

    assert before > 0
    assert done_ms > 0
    assert text_of(job) == text


def test_a_part_that_kills_its_workers_leaves_a_gap_until_a_retry_fills_it(begin):
    text = text_of(work(begin()))
    job = begin()
    deadly = None
    for _ in range(3):
        deadly = services.claim_part(job.id, owner="victim")
        expire(deadly)
    services.sweep_jobs()
    work(job)

    transcript = Transcript.objects.get(source=job.target_id)
    assert (job.state, transcript.state) == (JobState.FAILED, "complete")
    assert "0:00:00–0:00:02" in job.error_message
    (gap,) = transcript.segments.filter(doubt="gap")
    assert (gap.start_ms, gap.end_ms) == (deadly.start_ms, deadly.end_ms)
    kept = {segment.id for segment in transcript.segments.exclude(id=gap.id)}

    services.retry_job(job=job)
    run_job(str(job.id), run_transcribe)
    work(job)

    assert job.state == JobState.SUCCEEDED
    assert kept <= {segment.id for segment in transcript.segments.all()}
    spoken = [word[1:] for row in text_of(job)[1:] for word in row[3]]
    assert spoken == [word[1:] for row in text[1:] for word in row[3]]
