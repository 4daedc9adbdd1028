"""Job find_speakers: whose voice each turn is, suggested, and saved under the fence."""

import json
import shutil
from typing import Any

import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.sources.models import MediaFile, Segment, Source, Speaker, Transcript
from backend.sources.services import append_segments, begin_transcript, complete_transcript
from backend.tagging.models import Excerpt
from tests.stack import ROOT
from worker.ledger import run_job
from worker.pipelines import find_speakers
from worker.pipelines.find_speakers import expected_people, run_find_speakers, stretches_in
from worker.scratch import scratch_dir
from worker.speech import voice_prints
from worker.speech.engine import Utterance, Word

pytestmark = pytest.mark.django_db(transaction=True)

DATA = ROOT / "tests" / "data"
SENTENCES = json.loads((DATA / "interview.json").read_text(encoding="utf-8"))["sentences"]
WHO = [sentence["speaker"] for sentence in SENTENCES]


def utterance(sentence: dict[str, Any]) -> Utterance:
    words = tuple(Word(text, start, end, 0.9) for text, start, end in sentence["words"])
    return Utterance(sentence["start_ms"], sentence["end_ms"], words)


@pytest.fixture
def source(make, settings) -> Source:
    """An interview with one participant, as an upload leaves it."""
    source = make.source(session=make.session(participants=[make.participant("P01")]))
    name = f"{source.workspace_id}/{source.id}/original.ogg"
    target = settings.MEDIA_DIR / name
    target.parent.mkdir(parents=True)
    shutil.copy(DATA / "interview.ogg", target)
    MediaFile.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        original_path=name,
        size_bytes=target.stat().st_size,
    )
    return source


@pytest.fixture
def transcript(source) -> Transcript:
    """As recognition leaves it."""
    transcript = begin_transcript(
        source=source,
        engine="whisper",
        model="base",
        language="en",
        is_draft=False,
        notice="",
        duration_ms=60_000,
        speech=[[said["start_ms"] - 300, said["end_ms"] + 300] for said in SENTENCES],
    )
    append_segments(
        transcript=transcript, segments=map(utterance, SENTENCES), transcribed_ms=60_000
    )
    return complete_transcript(transcript=transcript, notice="")


@pytest.fixture
def find(waiting_job, source):
    def run(**options: Any) -> Job:
        job = waiting_job(
            JobKind.FIND_SPEAKERS, target_id=source.id, source_id=source.id, options=options
        )
        run_job(str(job.id), run_find_speakers)
        job.refresh_from_db()
        return job

    return run


def roles(transcript: Transcript) -> list[str]:
    return [turn.speaker.role for turn in transcript.segments.select_related("speaker")]


def test_an_interview_is_told_apart_turn_by_turn(find, transcript, make):
    ids = [word[0] for turn in transcript.segments.all() for word in turn.words]
    question = make.excerpt(transcript, ids[0], ids[8])
    answer = make.excerpt(transcript, ids[9], ids[19])
    job = find()
    assert (job.state, job.notice, job.stage) == (JobState.SUCCEEDED, "", "comparing voices")
    expected = ["moderator" if who == "moderator" else "participant" for who in WHO]
    assert roles(transcript) == expected
    assert Speaker.objects.get(role="participant").participant.code_name == "P01"
    turns = transcript.segments.all()
    assert [turn.voice for turn in turns] == [int(who != "moderator") for who in WHO]
    assert all(turn.is_speaker_suggested for turn in turns)
    people = dict(Excerpt.objects.values_list("id", "participant__code_name"))
    assert people == {question.id: None, answer.id: "P01"}
    assert not list(scratch_dir().iterdir())


def test_the_number_asked_for_counts(find, transcript):
    find(expected_speakers=1)
    assert set(roles(transcript)) == {"participant"}
    find(expected_speakers=3)
    assert len(set(transcript.segments.values_list("voice", flat=True))) == 3


def test_what_people_said_stays(find, transcript):
    ilse = Speaker.objects.create(
        workspace_id=transcript.workspace_id, source=transcript.source, label="Ilse"
    )
    turns = transcript.segments.filter(id__in=[turn.id for turn in transcript.segments.all()[:2]])
    turns.update(speaker=ilse, is_speaker_suggested=False)
    before = list(turns.values())
    find()
    assert list(turns.values()) == before


def test_nothing_is_compared_where_each_person_has_a_channel(find, transcript, monkeypatch):
    MediaFile.objects.update(is_channel_per_person=True, channel_count=2)
    before = list(Segment.objects.values())
    monkeypatch.setattr(find_speakers, "_compare", None)
    assert find().state == JobState.SUCCEEDED
    assert list(Segment.objects.values()) == before


def test_a_recording_without_text_has_nothing_to_compare(find):
    job = find()
    assert (job.state, job.notice) == (JobState.SUCCEEDED, find_speakers.NOTHING_TO_COMPARE)


def test_without_the_network_the_text_stays_and_the_reason_is_told(find, transcript, monkeypatch):
    voice_prints._network.cache_clear()
    monkeypatch.setattr(voice_prints, "_PACKAGE", "no-such-package")
    before = list(Segment.objects.values())
    job = find()
    assert job.state == JobState.SUCCEEDED
    assert "Ask the operator" in job.notice
    assert list(Segment.objects.values()) == before


def test_a_worker_that_lost_the_job_changes_nothing(find, transcript, monkeypatch):
    compare = find_speakers._compare
    before = list(Segment.objects.values())

    def lose_the_job(handle: Any, *rest: Any) -> Any:
        voices = compare(handle, *rest)
        Job.objects.update(fence=99)
        return voices

    monkeypatch.setattr(find_speakers, "_compare", lose_the_job)
    assert find().state == JobState.RUNNING
    assert list(Segment.objects.values()) == before


@pytest.mark.parametrize(
    ("kind", "people", "options", "expected"),
    [
        ("interview", 1, {}, 2),
        ("interview", 0, {}, 2),
        ("interview", 2, {}, 3),
        ("focus_group", 4, {}, 5),
        ("focus_group", 0, {}, None),
        ("advisory_board", 6, {}, 7),
        ("observation", 2, {}, None),
        ("feedback", 1, {}, None),
        ("feedback", 1, {"expected_speakers": 4}, 4),
        ("interview", 1, {"expected_speakers": 4}, 4),
    ],
)
def test_how_many_people_are_expected(make, waiting_job, kind, people, options, expected):
    session = make.session(kind=kind, participants=[make.participant() for _ in range(people)])
    job = waiting_job(JobKind.FIND_SPEAKERS, options=options)
    assert expected_people(job, session) == expected


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "expected"),
    [
        (0, 100, [(0, 100)]),
        (900, 2_000, [(1_000, 1_500), (1_900, 2_000)]),
        (1_100, 1_200, [(1_100, 1_200)]),
        (1_500, 1_900, [(1_500, 1_900)]),
    ],
)
def test_only_the_speech_of_a_turn_is_compared(start_ms, end_ms, expected):
    assert stretches_in(start_ms, end_ms, [[1_000, 1_500], [1_900, 3_000]]) == expected
