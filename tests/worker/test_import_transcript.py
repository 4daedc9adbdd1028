"""Job import_transcript: what it does to rows, and how it ends when a file is no good."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.jobs.services import doorbell, retry_job
from backend.sources import storage
from backend.sources.models import ImportedFile, Source, Transcript
from backend.tagging.models import Review
from worker import tasks
from worker.ledger import run_job
from worker.media import Limits
from worker.pipelines import import_transcript, transcribe
from worker.pipelines.import_transcript import run_import_transcript

pytestmark = pytest.mark.django_db(transaction=True)

VTT = (
    b"WEBVTT\n\n00:00.000 --> 00:02.000\n<v P01>I waited seven weeks for a visit</v>\n\n"
    b"00:02.000 --> 00:03.000\n<v Moderator>Why?</v>\n"
)


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)


@pytest.fixture
def source(make: Any) -> Source:
    return make.source(session=make.session(participants=[make.participant("P01")]), kind="text")


@pytest.fixture
def run(make: Any, waiting_job: Callable[..., Job]) -> Callable[..., Job]:
    """Import a file into a source, to the job's end."""

    def run_to_end(source: Source, content: bytes, name: str = "meeting.vtt") -> Job:
        imported = make.imported_file(source=source, content=content, name=name)
        job = waiting_job(
            JobKind.IMPORT_TRANSCRIPT, target_id=imported.id, source_id=source.id, title=name
        )
        return run_again(job)

    return run_to_end


def run_again(job: Job) -> Job:
    run_job(str(job.id), run_import_transcript)
    job.refresh_from_db()
    return job


def test_a_file_becomes_a_transcript(run: Any, source: Source) -> None:
    job = run(source, VTT)

    transcript = Transcript.objects.get()
    assert (job.state, job.stage, job.notice) == (JobState.SUCCEEDED, "reading", "")
    assert (transcript.source, transcript.is_current, transcript.word_count) == (source, True, 8)
    assert ImportedFile.objects.get().transcript == transcript
    assert list(source.speakers.values_list("label", "role")) == [
        ("P01", "participant"),
        ("Moderator", "moderator"),
    ]


def test_beside_a_recording_it_is_put_in_use_and_excerpts_come_along(run: Any, make: Any) -> None:
    session = make.session(participants=[make.participant("P01")])
    earlier = make.transcript(session=session, turns=[("P01", "I waited six weeks for a visit")])
    excerpt = make.excerpt(earlier, 5, 7)

    job = run(earlier.source, VTT)

    assert job.state == JobState.SUCCEEDED
    later = Transcript.objects.get(is_current=True)
    assert (later.source, later.version) == (earlier.source, 2)
    excerpt.refresh_from_db()
    assert (excerpt.transcript, excerpt.text) == (later, "for a visit")
    assert not Review.objects.exists()


def test_what_was_left_out_is_told(run: Any, source: Source) -> None:
    job = run(source, b"hello\n\n0:01 --> 0:02\na\n", "a.srt")

    assert job.notice == Transcript.objects.get().notice != ""
    assert ImportedFile.objects.get().skipped == [
        [1, "This line stands before the first times, so it was left out."]
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.vtt", b"", "empty (0 bytes)"),
        ("a.vtt", b"WEBVTT\n", "no words in it"),
        ("a.vtt", b"WEBVTT\n\nthis is\nno transcript", "Line 3 stands before the first times"),
        ("a.docx", b"PK\x03\x04 not really", "no Word document"),
        ("a.txt", bytes(range(32)) * 50, "not text"),
    ],
)
def test_a_file_without_a_transcript_fails_with_a_reason_and_is_kept(
    run: Any, source: Source, name: str, content: bytes, words: str
) -> None:
    job = run(source, content, name)

    assert job.state == JobState.FAILED
    assert words in job.error_message
    assert job.error_remedy
    assert not Transcript.objects.exists()
    imported = ImportedFile.objects.get()
    assert imported.transcript is None
    assert storage.absolute(imported.original_path).read_bytes() == content


def test_a_failed_import_can_be_tried_again(run: Any, source: Source) -> None:
    job = run(source, b"WEBVTT\n")
    assert job.state == JobState.FAILED
    storage.absolute(ImportedFile.objects.get().original_path).write_bytes(VTT)

    job = run_again(retry_job(job=job))

    assert (job.state, job.error_message) == (JobState.SUCCEEDED, "")
    assert Transcript.objects.count() == 1


def test_a_message_that_comes_twice_imports_once(run: Any, source: Source) -> None:
    job = run(source, VTT)

    run_again(job)

    assert Transcript.objects.count() == 1


def test_a_file_that_takes_too_much_fails_and_the_worker_lives_on(
    run: Any, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = import_transcript.read_document
    monkeypatch.setattr(
        import_transcript,
        "read_document",
        lambda path, **rest: read(path, **rest, limits=Limits(wall_seconds=0)),
    )

    job = run(source, VTT)

    assert job.state == JobState.FAILED
    assert "more time or memory" in job.error_message


def test_a_file_that_is_gone_fails_with_a_remedy(run: Any, source: Source) -> None:
    job = run(source, b"WEBVTT\n")
    storage.absolute(ImportedFile.objects.get().original_path).unlink()

    job = run_again(retry_job(job=job))

    assert "missing from the data folder" in job.error_message


def test_a_recognition_that_ends_later_does_not_push_an_import_aside(run: Any, make: Any) -> None:
    arriving = make.transcript(turns=[("P01", "I waited")], state="in_progress")
    run(arriving.source, VTT)
    arriving.refresh_from_db()

    assert not transcribe._is_better(make.job(), arriving)
    assert Transcript.objects.get(is_current=True).engine == "import"


def test_the_worker_knows_the_task() -> None:
    assert tasks.import_transcript.name == "earshot.import_transcript"
