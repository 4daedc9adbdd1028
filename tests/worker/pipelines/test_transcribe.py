"""What transcribing does to the rows of a recording, and how it goes on after it broke."""

import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.sources.anchoring import WORD_ID_STEP
from backend.sources.models import GlossaryTerm, MediaFile, Transcript
from tests.worker.pipelines.conftest import (
    FakeEngine,
    finding_jobs,
    kept_sound,
    run_again,
    run_parts,
    words_of,
)
from worker.ledger import PART_APOLOGY, run_job
from worker.pipelines.transcribe import NO_SPEECH, run_transcribe

pytestmark = pytest.mark.django_db(transaction=True)


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
