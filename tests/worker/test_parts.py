"""A recording in parts: the same text whoever does them, in whatever order, after any loss."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from backend.jobs import services
from backend.jobs.models import Job, JobKind, JobState, Part
from backend.jobs.services import LeaseLostError, doorbell, leases
from backend.sources.anchoring import WORD_ID_STEP
from backend.sources.models import MediaFile, Transcript
from tests.worker.instant_engine import InstantEngine
from tests.worker.test_ledger import hold_without_fence
from worker.ledger import run_job, run_part
from worker.pipelines import recognise_part as recognising
from worker.pipelines import transcribe
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.transcribe import run_transcribe
from worker.speech import choose, planning
from worker.speech.channels import ChannelSpeech

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 240
# Seven windows for every minute: pauses of more than five seconds end them.
SPEECH = [(start, start + 2_000 + start % 1_700) for start in range(0, SECONDS * 1000, 8_900)]


@pytest.fixture(autouse=True)
def instant(monkeypatch, make) -> None:
    """A noisy recording, speech at fixed places, an engine that takes no time; no messages."""
    noise = np.random.default_rng(3).integers(-9_000, 9_000, SECONDS * 16_000).astype(np.int16)
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)
    monkeypatch.setattr(choose, "load_engine", lambda *_, **__: (InstantEngine(), None))
    monkeypatch.setattr(planning, "find_speech", _speech_in)
    monkeypatch.setattr(planning, "_LEAST_LONG_MS", SECONDS * 1000)
    for module in (transcribe, recognising):
        monkeypatch.setattr(module, "open_sound", lambda job, media, on_progress: noise)
        monkeypatch.setattr(module, "get_media", lambda job: _media_of(job))


def _speech_in(samples: np.ndarray, on_progress: Any) -> list[tuple[int, int]]:
    length_ms = len(samples) // 16
    return [(start, min(end, length_ms)) for start, end in SPEECH if start < length_ms]


def _media_of(job: Job) -> MediaFile:
    return MediaFile.objects.select_related("source__session").get(source_id=job.target_id)


@pytest.fixture
def begin(make, waiting_job) -> Callable[[], Job]:
    """Make a recording of the same sound, and plan its parts; the first one alone, if it is known
    which language is spoken.
    """

    def plan(language: str = "") -> Job:
        source = make.source()
        MediaFile.objects.create(
            workspace_id=source.workspace_id, source=source, original_path="x", size_bytes=1
        )
        job = waiting_job(
            JobKind.TRANSCRIBE,
            target_id=source.id,
            source_id=source.id,
            options={"language": language},
        )
        run_job(str(job.id), run_transcribe)
        return refreshed(job)

    return plan


def refreshed(job: Job) -> Job:
    job.refresh_from_db()
    return job


def is_shared(job: Job) -> bool:
    refreshed(job)
    return job.state == JobState.RUNNING and job.lease_until is None


def work(job: Job, workers: int = 1) -> Job:
    """Let so many workers at once do all parts, and one of them what comes between and after."""

    def take_parts() -> None:
        try:
            own = Job.objects.get(id=job.id)
            while is_shared(own):
                run_part(str(job.id), run_recognise_part, save=save_ended_parts)
        finally:
            connection.close()

    while True:
        threads = [threading.Thread(target=take_parts) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run_job(str(job.id), run_transcribe)
        if not is_shared(job):
            return job


def text_of(job: Job) -> list[tuple[Any, ...]]:
    """All that must not depend on who did the work."""
    transcript = Transcript.objects.get(source=job.target_id)
    assert transcript.state == "complete"
    columns = ("position", "start_ms", "end_ms", "words", "doubt", "avg_logprob", "speaker__label")
    return [
        (transcript.word_count, transcript.next_word_id, transcript.transcribed_ms),
        *transcript.segments.order_by("position").values_list(*columns),
    ]


def expire(part: Part) -> None:
    Part.objects.filter(id=part.id).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_first_part_is_one_window_and_the_last_ones_are_small(begin):
    parts = list(begin().parts.all())

    assert [len(part.content["windows"]) for part in parts] == [1, 4, 4, 4, 4, 4, 2, 2, 2]
    assert [part.start_ms for part in parts] == sorted(part.start_ms for part in parts)
    assert sum(part.content["speech_ms"] for part in parts) == sum(b - a for a, b in SPEECH)


def test_progress_is_counted_in_speech(begin):
    job = begin()
    whole_ms = sum(end_ms - start_ms for start_ms, end_ms in SPEECH)
    assert (job.stage, job.progress_done, job.progress_total) == ("recognising", 0, whole_ms)

    run_part(str(job.id), run_recognise_part, save=save_ended_parts)

    assert refreshed(job).progress_done == SPEECH[0][1]
    assert work(job).state == JobState.SUCCEEDED


def test_the_text_is_the_same_for_one_two_and_four_workers(begin):
    alone = work(begin())
    assert (alone.state, alone.error_detail) == (JobState.SUCCEEDED, "")
    text = text_of(alone)
    assert len(text) > 20
    ids = [word[0] for row in text[1:] for word in row[3]]
    assert ids == [WORD_ID_STEP * number for number in range(1, len(ids) + 1)]
    assert [row[0] for row in text[1:]] == [row[3][0][0] for row in text[1:]]

    for workers, language in ((2, ""), (4, ""), (1, "en"), (4, "en")):
        job = work(begin(language), workers)
        assert job.state == JobState.SUCCEEDED
        assert text_of(job) == text


def test_the_beginning_can_be_read_before_the_rest_is_listened_to(begin, monkeypatch):
    text = text_of(work(begin()))
    monkeypatch.setattr(planning, "plan_parts", None)
    job = begin("en")
    assert (job.parts.count(), job.progress_total) == (1, SECONDS * 1000)
    run_part(str(job.id), run_recognise_part, save=save_ended_parts)
    transcript = Transcript.objects.get(source=job.target_id)
    shown = list(transcript.segments.order_by("position").values_list("position", "words"))
    assert shown == [(row[0], row[3]) for row in text[1 : len(shown) + 1]] != []
    assert refreshed(job).state == JobState.RUNNING
    transcript.refresh_from_db()
    assert (transcript.state, transcript.speech) == ("in_progress", [list(SPEECH[0])])


def test_a_recording_in_which_only_the_beginning_is_spoken_ends_after_it(begin, monkeypatch):
    monkeypatch.setattr(planning, "find_speech", lambda samples, on_progress: SPEECH[:1])
    job = work(begin("en"))
    assert job.state == JobState.SUCCEEDED
    assert job.parts.count() == 1
    assert Transcript.objects.get(source=job.target_id).state == "complete"


def test_text_is_read_from_the_start_while_it_comes_in(begin):
    job = begin()
    text = text_of(work(begin()))[1:]
    parts = [services.claim_part(job.id, owner="w") for _ in range(8)]

    def shown() -> list[tuple[Any, ...]]:
        rows = Transcript.objects.get(source=job.target_id).segments.order_by("position")
        return [(row.position, row.words) for row in rows]

    for part in (parts[2], parts[1]):
        finish(part)
        assert shown() == []
    finish(parts[0])
    arrived = shown()
    assert arrived == [(row[0], row[3]) for row in text[: len(arrived)]]
    assert arrived[-1][1][-1][3] <= parts[2].end_ms
    assert Transcript.objects.get(source=job.target_id).transcribed_ms == parts[2].end_ms


def finish(part: Part, engine: InstantEngine | None = None) -> None:
    """What a worker does that has come to the end of its part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choose, "load_engine", lambda *_, **__: (engine or InstantEngine(), None))
        result = run_recognise_part(_Finished(part))
    with transaction.atomic():
        save_ended_parts(
            services.finish_part(part, result=result.content, progress=result.progress)
        )


class _Finished:
    """A handle without a heartbeat: the lease is what the test makes of it."""

    def __init__(self, part: Part) -> None:
        self.part, self.job = part, part.job

    def check(self) -> None:
        """Nobody interrupts."""


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


def test_people_with_a_channel_each_are_heard_one_by_one(begin, monkeypatch, make):
    noise = np.random.default_rng(4).integers(-9_000, 9_000, (60 * 16_000, 2)).astype(np.int16)
    found = ChannelSpeech(
        together=[(0, 9_000), (20_000, 26_000)],
        by_channel=[[(0, 4_000)], [(3_000, 9_000), (20_000, 26_000)]],
    )
    monkeypatch.setattr(planning, "find_channel_speech", lambda samples, on_progress: found)
    for module in (transcribe, recognising):
        monkeypatch.setattr(module, "open_sound", lambda job, media, on_progress: noise)

    job = begin()
    assert [part.content["windows"] for part in job.parts.all()] == [
        [[0, 4_000, 0], [3_000, 9_000, 1]],
        [[20_000, 26_000, 1]],
    ]
    assert job.progress_total == 15_000
    work(job, 2)

    segments = list(Transcript.objects.get(source=job.target_id).segments.all())
    assert [s.start_ms for s in segments] == sorted(s.start_ms for s in segments)
    assert {s.speaker.channel for s in segments} <= {0, 1}
    assert not any(s.is_speaker_suggested for s in segments)
    for segment in segments:
        first_ms, last_ms = (0, 4_000) if segment.speaker.channel == 0 else (3_000, 26_000)
        assert first_ms <= segment.start_ms <= segment.end_ms <= last_ms
