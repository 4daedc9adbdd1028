"""A recording as an upload leaves it, an engine that hears one word a window, and jobs run."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.jobs.services import doorbell, retry_job
from backend.sources.models import MediaFile, Source, Transcript
from tests.stack import ROOT
from worker.ledger import run_job, run_part
from worker.pipelines.prepare_media import run_prepare_media
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.transcribe import run_transcribe
from worker.scratch import scratch_dir
from worker.speech import choose, planning
from worker.speech.engine import EngineFacts, Utterance, Word
from worker.speech.windows import Window

RECORDING = ROOT / "tests" / "data" / "two_sentences.wav"
WINDOWS = [Window(0, 3000), Window(3000, 6000), Window(6000, 9000)]


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    """None is loaded beforehand: the tests put their own engine in its place."""
    monkeypatch.setattr("worker.pipelines.prepare_media.begin_loading", lambda job: None)


@pytest.fixture
def source(make, settings) -> Source:
    """A recording as an upload leaves it."""
    session = make.session(participants=[make.participant("P01")])
    source = make.source(session=session)
    name = f"{source.workspace_id}/{source.id}/original.wav"
    target = settings.MEDIA_DIR / name
    target.parent.mkdir(parents=True)
    shutil.copy(RECORDING, target)
    MediaFile.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        original_path=name,
        size_bytes=target.stat().st_size,
    )
    return source


def kept_sound() -> list[str]:
    return [path.name.split(".")[0] for path in scratch_dir().iterdir()]


def finding_jobs() -> list[str]:
    """Those that come next, and need the decoded sound."""
    jobs = Job.objects.filter(kind=JobKind.FIND_SPEAKERS, state=JobState.QUEUED)
    return [str(job_id) for job_id in jobs.values_list("id", flat=True)]


def run_again(job: Job) -> Job:
    retry_job(job=job)
    run_job(str(job.id), run_transcribe)
    job.refresh_from_db()
    return job


def run_parts(job: Job) -> Job:
    """Do what a lone worker does for a job that was handed over, until the job is over."""
    while job.state == JobState.RUNNING and job.lease_until is None:
        run_part(str(job.id), run_recognise_part, save=save_ended_parts)
        job.refresh_from_db()
    if job.state == JobState.RUNNING:
        run_job(str(job.id), run_transcribe)
        job.refresh_from_db()
    return job


@pytest.fixture
def run(waiting_job) -> Callable[..., Job]:
    """Run a new job on a source to its end, and return its row."""
    work: dict[JobKind, Any] = {
        JobKind.PREPARE_MEDIA: run_prepare_media,
        JobKind.TRANSCRIBE: run_transcribe,
    }

    def run_to_the_end(kind: JobKind, source: Source, **options: Any) -> Job:
        job = waiting_job(kind, target_id=source.id, source_id=source.id, options=options)
        run_job(str(job.id), work[kind])
        job.refresh_from_db()
        return run_parts(job)

    return run_to_the_end


class FakeEngine:
    """Hears one word in each window: where the window starts. May break at a window."""

    def __init__(
        self, *, breaks_at: int | None = None, is_draft: bool = False, model: str = "small"
    ) -> None:
        self.breaks_at = breaks_at
        self.model = model
        self.is_draft = is_draft
        self.heard: list[int] = []
        self.languages: list[str] = []
        self.prompts: list[str] = []

    def facts(self) -> EngineFacts:
        return EngineFacts("fake", self.model, "", self.is_draft, "cpu")

    def detect_language(self, samples: Any) -> str:
        return "sv"

    def recognise_batch(
        self, windows: Any, *, language: str, prompt: str = "", check: Any = None
    ) -> list[list[Utterance]]:
        self.languages.append(language)
        self.prompts.append(prompt)
        return [self._recognise(samples) for samples in windows]

    def _recognise(self, samples: Any) -> list[Utterance]:
        number = len(self.heard)
        if number == self.breaks_at:
            raise RuntimeError("the model broke")
        self.heard.append(len(samples))
        return [Utterance(100, 900, (Word(f"word{number}", 100, 900, 0.9),))]


@pytest.fixture
def use_engine(monkeypatch) -> Callable[..., FakeEngine]:
    """Put an engine in the place of the real one, with three windows of three seconds."""

    def use(engine: FakeEngine, *, notice: str | None = None, windows: Any = None) -> FakeEngine:
        windows = WINDOWS if windows is None else windows
        speech = [window[:2] for window in windows]
        monkeypatch.setattr(choose, "load_engine", lambda *_, **__: (engine, notice))
        monkeypatch.setattr(planning, "find_speech", lambda samples, on_progress: speech)
        monkeypatch.setattr(planning, "plan_windows", lambda speech: windows)
        return engine

    return use


def words_of(transcript: Transcript) -> list[tuple[int, str, int, int]]:
    return [
        (word[0], word[1], word[2], word[3])
        for segment in transcript.segments.all()
        for word in segment.words
    ]
