"""The text of a recording in parts is the same after any history of workers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from backend.jobs import services
from backend.jobs.models import Job, JobState, Part
from backend.jobs.services import LeaseLostError
from tests.worker.parts.conftest import expire, finish, refreshed, text_of, work
from worker.ledger import run_job
from worker.pipelines.transcribe import run_transcribe

pytestmark = pytest.mark.django_db(transaction=True)


EVENTS = st.tuples(
    st.sampled_from(
        ["claim", "claim", "finish", "finish", "kill", "stop", "sweep", "step", "retry"]
    ),
    st.integers(0, 3),
)


class Workers:
    """Four workers of which each does, when it is its turn, whatever the schedule says."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._held: dict[int, Part] = {}

    def act(self, event: str, number: int) -> None:
        part = self._held.get(number)
        match event:
            case "claim" if part is None:
                claimed = services.claim_part(self._job.id, owner=f"worker {number}")
                if claimed is not None:
                    self._held[number] = claimed
            case "finish" if part is not None:
                del self._held[number]
                self.finish(part)
            case "kill" if part is not None:
                del self._held[number]
                expire(part)
            case "stop" if part is not None:
                # It is stopped past its lease, and goes on later as if nothing had been.
                expire(part)
            case "sweep":
                services.sweep_jobs()
            case "step":
                run_job(str(self._job.id), run_transcribe)
            case "retry":
                services.cancel_job(job=self._job)
                if refreshed(self._job).state == JobState.CANCELLED:
                    services.retry_job(job=self._job)
                    run_job(str(self._job.id), run_transcribe)

    def finish(self, part: Part) -> None:
        try:
            finish(part)
        except LeaseLostError:
            return

    def drain(self) -> None:
        """All of them end what they have in hand, and one does what is left."""
        for part in self._held.values():
            self.finish(part)
        Part.objects.filter(job=self._job, state=JobState.RUNNING).update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
        work(self._job)


def test_the_text_is_the_same_after_any_history(begin, settings):
    settings.JOB_ATTEMPTS_MAXIMUM = 10_000
    text = text_of(work(begin()))

    @hypothesis_settings(
        max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.lists(EVENTS, min_size=10, max_size=60), st.sampled_from(["", "en"]))
    def history(events: list[tuple[str, int]], language: str) -> None:
        job = begin(language)
        workers = Workers(job)
        for event, number in events:
            workers.act(event, number)
        workers.drain()
        assert refreshed(job).state == JobState.SUCCEEDED
        assert text_of(job) == text
        assert set(job.parts.values_list("state", "is_saved", "result")) == {
            ("succeeded", True, None)
        }

    history()
