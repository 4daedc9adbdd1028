"""What each kind of job does to the rows and files of its target, step by step."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from backend.discovery.engine import get_engine
from backend.jobs.models import Job, JobKind, JobState, SearchChange, SubjectKind
from backend.jobs.services import doorbell, retry_job
from backend.sources.anchoring import WORD_ID_STEP
from backend.sources.models import GlossaryTerm, MediaFile, Source, Transcript
from tests.stack import ROOT
from worker.ledger import PART_APOLOGY, run_job, run_part
from worker.pipelines import sound, speech_engine
from worker.pipelines.prepare_media import run_prepare_media
from worker.pipelines.recognise_part import run_recognise_part
from worker.pipelines.reindex import run_reindex
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.transcribe import NO_SPEECH, run_transcribe
from worker.scratch import remove_scratch, scratch_dir
from worker.speech import choose, planning
from worker.speech.engine import EngineFacts, ModelMissingError, Utterance, Word
from worker.speech.windows import Window

pytestmark = pytest.mark.django_db(transaction=True)

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


def test_preparing_saves_facts_and_asks_for_a_transcript(source, run, settings):
    job = run(JobKind.PREPARE_MEDIA, source)

    media = source.media
    media.refresh_from_db()
    assert (job.state, job.notice, job.error_detail) == (JobState.SUCCEEDED, "", "")
    assert media.sha256 == hashlib.sha256(RECORDING.read_bytes()).hexdigest()
    assert (media.container, media.has_video, media.is_truncated) == ("wav", False, False)
    assert 9_000 < media.duration_ms < 13_000
    assert (settings.MEDIA_DIR / media.playback_path).stat().st_size > 1000
    peaks = json.loads((settings.MEDIA_DIR / media.peaks_path).read_text())
    assert len(peaks["peaks"]) == peaks["length"]
    follower = Job.objects.get(kind=JobKind.TRANSCRIBE)
    assert (follower.target_id, follower.state) == (source.id, JobState.QUEUED)


def test_preparing_twice_changes_nothing_and_asks_once(source, run):
    run(JobKind.PREPARE_MEDIA, source)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED

    assert Job.objects.filter(kind=JobKind.TRANSCRIBE).count() == 1


def test_a_recording_is_decoded_once(source, run, use_engine, monkeypatch):
    use_engine(FakeEngine())
    run(JobKind.PREPARE_MEDIA, source)
    job = Job.objects.get(kind=JobKind.TRANSCRIBE)
    assert kept_sound() == [str(job.id)]
    heard_once = next(scratch_dir().iterdir()).read_bytes()

    with monkeypatch.context() as once:
        once.setattr(sound, "decode_speech", None)
        run_job(str(job.id), run_transcribe)
        job.refresh_from_db()
        assert run_parts(job).state == JobState.SUCCEEDED

    # What is decoded when that is lost is the same to the byte.
    remove_scratch(Job.objects.get(kind=JobKind.FIND_SPEAKERS))
    source.media.refresh_from_db()
    again = sound.open_sound(job, source.media, on_progress=lambda done, total: None)
    assert np.asarray(again).tobytes() == heard_once


def test_a_recording_that_nobody_transcribes_leaves_no_sound(source, run):
    run(JobKind.PREPARE_MEDIA, source, keep_transcript=True)
    assert not scratch_dir().exists() or kept_sound() == []


def test_on_a_full_disk_no_sound_waits(source, run, monkeypatch):
    monkeypatch.setattr(sound, "_LEAST_FREE_BYTES", 1 << 62)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED
    assert not scratch_dir().exists() or kept_sound() == []


def test_an_engine_that_is_missing_is_told_to_whoever_needs_it(waiting_job, monkeypatch):
    asked: list[Job] = []

    def load_engine(job):
        asked.append(job)
        raise ModelMissingError("There is none.", remedy="Get one.")

    monkeypatch.setattr(speech_engine, "load_engine", load_engine)
    job = waiting_job()
    speech_engine.begin_loading(job).join()
    assert asked == [job]


def test_a_recording_that_has_its_transcript_keeps_it(source, run, make):
    assert run(JobKind.PREPARE_MEDIA, source, keep_transcript=True).state == JobState.SUCCEEDED
    assert not Job.objects.filter(kind=JobKind.TRANSCRIBE).exists()

    make.transcript(source=source)
    assert run(JobKind.PREPARE_MEDIA, source).state == JobState.SUCCEEDED
    assert not Job.objects.filter(kind=JobKind.TRANSCRIBE).exists()


def test_the_engine_is_read_while_a_recording_that_will_need_it_is_prepared(
    source, run, monkeypatch
):
    begun: list[int] = []
    monkeypatch.setattr(
        "worker.pipelines.prepare_media.begin_loading",
        lambda job: begun.append(MediaFile.objects.exclude(playback_path="").count()),
    )
    run(JobKind.PREPARE_MEDIA, source, keep_transcript=True)
    assert begun == []
    MediaFile.objects.update(playback_path="")
    run(JobKind.PREPARE_MEDIA, source)
    assert begun == [0]


@pytest.mark.parametrize("kind", [JobKind.PREPARE_MEDIA, JobKind.TRANSCRIBE])
def test_a_recording_that_is_gone_is_said_so(source, run, settings, kind):
    shutil.rmtree(settings.MEDIA_DIR)
    missing_file = run(kind, source)
    MediaFile.objects.all().delete()
    missing_row = run(kind, source)

    for job in (missing_file, missing_row):
        assert job.state == JobState.FAILED
        assert job.error_message
        assert job.error_remedy
    assert "missing" in missing_file.error_message
    assert "deleted" in missing_row.error_message


def test_each_window_becomes_text_in_the_recording_s_own_time(source, run, use_engine):
    use_engine(FakeEngine())

    job = run(JobKind.TRANSCRIBE, source)

    transcript = Transcript.objects.get()
    assert (job.state, job.error_detail, job.notice) == (JobState.SUCCEEDED, "", "")
    assert words_of(transcript) == [
        (WORD_ID_STEP, "word0", 100, 900),
        (WORD_ID_STEP * 2, "word1", 3100, 3900),
        (WORD_ID_STEP * 3, "word2", 6100, 6900),
    ]
    assert (transcript.state, transcript.is_current) == ("complete", True)
    assert (transcript.engine, transcript.model, transcript.is_draft) == ("fake", "small", False)
    assert 9_000 < transcript.duration_ms < 13_000
    assert job.stage == "saving"
    assert transcript.speech == [[0, 3000], [3000, 6000], [6000, 9000]]
    assert transcript.seconds_taken > 0
    assert [speaker.participant.code_name for speaker in source.speakers.all()] == ["P01"]
    assert kept_sound() == finding_jobs() != []


@pytest.mark.parametrize(
    ("of_session", "of_job", "language"), [("", "", "sv"), ("de", "", "de"), ("de", "fr", "fr")]
)
def test_the_language_is_the_job_s_the_session_s_or_detected(
    source, run, use_engine, of_session, of_job, language
):
    engine = use_engine(FakeEngine())
    source.session.language = of_session
    source.session.save()

    run(JobKind.TRANSCRIBE, source, **({"language": of_job} if of_job else {}))

    assert Transcript.objects.get().language == language
    assert set(engine.languages) == {language}


def test_the_recogniser_is_told_the_glossary_of_the_moment_it_was_planned(source, run, use_engine):
    term = GlossaryTerm.objects.create(workspace_id=source.workspace_id, text="Kestrel")
    broken = use_engine(FakeEngine(breaks_at=1))
    job = run(JobKind.TRANSCRIBE, source)
    term.delete()
    whole = use_engine(FakeEngine())
    run_parts(run_again(job))

    (told,) = {*broken.prompts, *whole.prompts}
    assert "Kestrel" in told


def test_a_draft_says_that_it_is_one(source, run, use_engine):
    use_engine(FakeEngine(is_draft=True), notice="A rough draft. Bring base.pt.")

    run(JobKind.TRANSCRIBE, source)

    transcript = Transcript.objects.get()
    assert transcript.is_draft
    assert transcript.notice == "A rough draft. Bring base.pt."


@pytest.mark.parametrize(("options", "count"), [({}, 1), ({"find_speakers": False}, 0)])
def test_speakers_are_told_apart_after_the_text_is_there(source, run, use_engine, options, count):
    use_engine(FakeEngine())

    run(JobKind.TRANSCRIBE, source, expected_speakers=3, **options)

    follower = Job.objects.filter(kind=JobKind.FIND_SPEAKERS, target_id=source.id)
    assert [job.options for job in follower] == [{"expected_speakers": 3}] * count


def test_speakers_with_a_channel_each_are_known(source, run, use_engine):
    MediaFile.objects.update(channel_count=1, is_channel_per_person=True)
    use_engine(FakeEngine())

    assert run(JobKind.TRANSCRIBE, source).state == JobState.SUCCEEDED

    assert not Job.objects.filter(kind=JobKind.FIND_SPEAKERS).exists()


def test_a_recording_without_speech_gets_an_empty_transcript(source, run, use_engine):
    use_engine(FakeEngine(), windows=[])

    job = run(JobKind.TRANSCRIBE, source)

    transcript = Transcript.objects.get()
    assert (job.state, job.notice) == (JobState.SUCCEEDED, NO_SPEECH)
    assert (transcript.state, transcript.word_count) == ("complete", 0)
    assert transcript.notice == NO_SPEECH


def test_a_part_that_breaks_leaves_a_gap_and_a_retry_fills_it(source, run, use_engine):
    use_engine(FakeEngine(breaks_at=1))
    job = run(JobKind.TRANSCRIBE, source)
    transcript = Transcript.objects.get()
    assert (job.state, transcript.state, transcript.is_current) == ("failed", "complete", True)
    assert (job.stage, transcript.notice) == ("recognising", "")
    assert "0:00:03–0:00:09" in job.error_message
    assert job.error_remedy
    assert [segment.doubt for segment in transcript.segments.all()] == ["", "gap"]
    assert words_of(transcript) == [(WORD_ID_STEP, "word0", 100, 900)]

    engine = use_engine(FakeEngine())
    job = run_parts(run_again(job))

    transcript.refresh_from_db()
    assert (job.state, Transcript.objects.count()) == (JobState.SUCCEEDED, 1)
    assert len(engine.heard) == 2
    steps = [word[0] // WORD_ID_STEP for word in words_of(transcript)]
    assert steps == [1, 2, 3]
    assert [word[2] for word in words_of(transcript)] == [100, 3100, 6100]
    assert (transcript.word_count, job.error_message) == (3, "")
    assert not transcript.segments.filter(doubt="gap").exists()
    assert kept_sound() == finding_jobs() != []


def test_a_recording_of_which_nothing_can_be_recognised_has_failed(source, run, use_engine):
    use_engine(FakeEngine(breaks_at=0))

    job = run(JobKind.TRANSCRIBE, source)

    assert job.state == JobState.FAILED
    assert job.error_message == PART_APOLOGY
    assert Transcript.objects.get().state == "in_progress"


def test_another_model_begins_anew_instead_of_going_on(source, run, use_engine):
    use_engine(FakeEngine(breaks_at=1))
    job = run(JobKind.TRANSCRIBE, source)

    use_engine(FakeEngine(model="large"))
    job = run_parts(run_again(job))

    assert job.state == JobState.SUCCEEDED
    first, second = Transcript.objects.order_by("version")
    assert (first.model, second.model, second.is_current) == ("small", "large", True)
    assert len(words_of(second)) == 3


def test_a_draft_does_not_take_the_place_of_a_better_transcript(source, run, use_engine):
    use_engine(FakeEngine())
    run(JobKind.TRANSCRIBE, source)
    use_engine(FakeEngine(is_draft=True))
    run(JobKind.TRANSCRIBE, source)

    assert list(Transcript.objects.order_by("version").values_list("is_draft", "is_current")) == [
        (False, True),
        (True, False),
    ]


def test_a_job_that_comes_again_after_its_end_makes_no_second_transcript(source, run, use_engine):
    use_engine(FakeEngine())
    job = run(JobKind.TRANSCRIBE, source)

    run_job(str(job.id), run_transcribe)

    assert Transcript.objects.count() == 1


def test_transcribing_again_makes_a_new_version(source, run, use_engine):
    use_engine(FakeEngine())
    run(JobKind.TRANSCRIBE, source)
    run(JobKind.TRANSCRIBE, source)

    assert list(Transcript.objects.order_by("version").values_list("version", "is_current")) == [
        (1, False),
        (2, True),
    ]


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
