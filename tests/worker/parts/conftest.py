"""A noisy recording planned in parts, and workers that do, end and lose them."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone

from backend.jobs import services
from backend.jobs.models import Job, JobKind, JobState, Part
from backend.jobs.services import doorbell
from backend.sources.models import MediaFile, Transcript
from tests.worker.instant_engine import InstantEngine
from worker.ledger import run_job, run_part
from worker.pipelines import recognise_part as recognising
from worker.pipelines import transcribe
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.transcribe import run_transcribe
from worker.speech import choose, planning

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
