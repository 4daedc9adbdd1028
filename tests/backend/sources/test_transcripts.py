"""Transcripts, texts and speakers through the API, and asking for transcription."""

import gzip
import json
from uuid import uuid4

import pytest

from backend.jobs.models import Job, JobState
from backend.sources.models import MediaFile, Segment, Source, Speaker, Transcript
from tests.segments import make_talk, read_segments, read_word_ids, read_words

pytestmark = pytest.mark.django_db

QUERIES_AT_MOST = 8


def test_a_viewer_reads_a_transcript_in_columns(client_for, bob, url, make):
    transcript = make.transcript(turns=[("moderator", "How long?"), ("P01", "Six weeks")])

    data = client_for(bob).get(url(f"transcripts/{transcript.id}")).json()

    assert data["source_id"] == str(transcript.source_id)
    assert data["session_id"] == str(transcript.source.session_id)
    assert (data["engine"], data["model"], data["language"]) == ("whisper", "base", "en")
    assert data["has_audio"] is False
    assert data["is_current"] is True
    segments = first, second = list(transcript.segments.all())
    assert data["segments"] == {
        "id": [str(segment.id) for segment in segments],
        "position_steps": [first.position, second.position - first.position],
        "speaker_id": [str(segment.speaker_id) for segment in segments],
        "is_speaker_suggested": [False, False],
        "voice": [None, None],
        "doubt": ["", ""],
        "style": ["", ""],
        "pauses_ms": [0, 50],
        "durations_ms": [750, 750],
        "word_id_runs": [[1, 4, 1]],
        "words": [["How", "long?"], ["Six", "weeks"]],
        "gaps_ms": [[0, 50], [0, 50]],
        "lengths_ms": [[350, 350], [350, 350]],
        "doubtful": [[], []],
        "is_withheld": [False, False],
    }


def test_a_session_opens_with_the_text_of_its_latest_recording(client_for, bob, url, make):
    session = make.session()
    make.transcript(session=session, is_current=False)
    make.transcript(session=session)
    latest = make.transcript(session=session)
    make.transcript(source=make.source(session=session, kind="text", name="Notes"))

    answer = client_for(bob).get(url(f"sessions/{session.id}/transcript"))

    assert answer.json() == client_for(bob).get(url(f"transcripts/{latest.id}")).json()


def test_a_session_opens_with_the_beginning_of_a_long_text(client_for, bob, url, make):
    transcript = make.transcript()
    begin = url(f"sessions/{transcript.source.session_id}/transcript")
    whole = client_for(bob).get(begin).json()["segments"]

    first = client_for(bob).get(begin, {"first": 1}).json()["segments"]
    [last] = first["position_steps"]
    rest = client_for(bob).get(url(f"transcripts/{transcript.id}"), {"after_position": last})

    assert first["words"] + rest.json()["segments"]["words"] == whole["words"]
    assert client_for(bob).get(begin, {"first": 1000}).json()["segments"] == whole


@pytest.mark.parametrize("first", ["0", "-1", "many", str(2**31)])
def test_the_length_of_a_beginning_is_a_number(client_for, bob, url, make, first):
    transcript = make.transcript()

    answer = client_for(bob).get(
        url(f"sessions/{transcript.source.session_id}/transcript"), {"first": first}
    )

    assert answer.status_code == 400


def test_a_session_without_recordings_opens_with_its_first_text(client_for, bob, url, make):
    session = make.session()
    first, _ = (
        make.transcript(source=make.source(session=session, kind="text", name=name))
        for name in ("Notes", "More notes")
    )

    answer = client_for(bob).get(url(f"sessions/{session.id}/transcript"))

    assert answer.json()["id"] == str(first.id)


def test_a_session_without_text_opens_with_none(client_for, bob, url, make):
    make.transcript()
    session = make.session()

    assert client_for(bob).get(url(f"sessions/{session.id}/transcript")).status_code == 204


def test_a_transcript_says_whether_it_can_be_heard(client_for, bob, url, make):
    transcript = make.transcript()
    MediaFile.objects.create(
        workspace=make.workspace, source=transcript.source, original_path="x", size_bytes=1
    )

    assert client_for(bob).get(url(f"transcripts/{transcript.id}")).data["has_audio"] is True


def test_a_transcript_says_what_to_listen_to_first(client_for, bob, url, make):
    speech = [[0, 700], [900, 2000]]
    transcript = make.transcript(
        turns=[("P01", "so well"), ("P01", "thank you"), ("P01", "")], speech=speech
    )
    unsure, looping, gap = transcript.segments.all()
    unsure.words[1][4] = 0.2
    unsure.voice, unsure.is_speaker_suggested = 1, True
    looping.doubt = "loop"
    looping.words[0][4] = 1.0  # somebody has corrected it
    gap.doubt = "gap"
    for segment in (unsure, looping, gap):
        segment.save()

    data = client_for(bob).get(url(f"transcripts/{transcript.id}")).json()

    assert data["speech"] == {"pauses_ms": [0, 200], "durations_ms": [700, 1100]}
    names = ("doubt", "voice", "is_speaker_suggested", "doubtful")
    assert [data["segments"][name] for name in names] == [
        ["", "loop", "gap"],
        [1, None, None],
        [True, False, False],
        [[[1, 1]], [[1, 1]], []],
    ]


def make_long_transcript(make) -> Transcript:
    """Three hours of three voices."""
    talk = make_talk(30_000)
    transcript = make.transcript(turns=[])
    transcript.segments.all().delete()
    voices = [make.speaker(transcript.source, label) for label in ("moderator", "P01", "P02")]
    Segment.objects.bulk_create(
        Segment(
            workspace=make.workspace,
            transcript=transcript,
            position=words[0][0],
            speaker=voices[number % 3],
            voice=number % 3,
            start_ms=words[0][2],
            end_ms=words[-1][3],
            words=words,
        )
        for number, words in enumerate(talk)
    )
    transcript.duration_ms = talk[-1][-1][3]
    transcript.speech = [[words[0][2], words[-1][3]] for words in talk]
    transcript.save()
    return transcript


def test_three_hours_are_small_on_their_way(
    client_for, bob, url, make, django_assert_max_num_queries
):
    transcript = make_long_transcript(make)
    client, path = client_for(bob), url(f"transcripts/{transcript.id}")

    with django_assert_max_num_queries(QUERIES_AT_MOST):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 200 * 1024
    segments = read_segments(json.loads(gzip.decompress(answer.content))["segments"])
    assert 1500 <= len(segments) <= 3000
    words = [word for segment in segments for word in read_words(segment)]
    assert words == [word[:4] for segment in transcript.segments.all() for word in segment.words]
    assert (len(words), words[-1][3]) == (30_000, transcript.duration_ms)
    assert transcript.duration_ms > 10_000_000


def test_text_that_is_still_arriving_can_be_followed(client_for, bob, url, make):
    transcript = make.transcript(turns=[("P01", "one"), ("P01", "two"), ("P01", "three")])
    client, path = client_for(bob), url(f"transcripts/{transcript.id}")

    def positions(after: str) -> list[int]:
        answer = client.get(f"{path}?after_position={after}")
        return [segment["position"] for segment in read_segments(answer.json()["segments"])]

    assert positions("-1") == [1, 2, 3]
    assert positions("1") == [2, 3]
    assert positions("3") == []
    for wrong in ("x", "", "-2", "9" * 30):
        assert client.get(f"{path}?after_position={wrong}").status_code == 400


def test_a_long_transcript_takes_as_few_queries(
    client_for, bob, url, make, django_assert_max_num_queries
):
    short = make.transcript()
    long = make.transcript(turns=[("P01", "a word or two " * 25)] * 300)
    client = client_for(bob)

    for transcript in (short, long):
        with django_assert_max_num_queries(QUERIES_AT_MOST):
            assert client.get(url(f"transcripts/{transcript.id}")).status_code == 200


def test_pasted_text_is_read_at_once(client_for, rita, url, make):
    people = [make.participant("P01"), make.participant("P02")]
    session = make.session(kind="focus_group", participants=people, language="en")
    text = "Moderator: How do you book?\nP01: By phone.\nTwenty minutes 🎵.\np02: The app."

    answer = client_for(rita).post(
        url(f"sessions/{session.id}/text"), {"text": text, "name": "Focus group"}
    )

    assert answer.status_code == 201
    source = answer.json()
    assert (source["kind"], source["name"], source["media"]) == ("text", "Focus group", None)
    assert source["transcript"]["state"] == "complete"
    assert source["transcript"]["word_count"] == 11
    assert [(s["label"], s["role"], s["code_name"]) for s in source["speakers"]] == [
        ("Moderator", "moderator", None),
        ("P01", "participant", "P01"),
        ("p02", "participant", "P02"),
    ]
    client = client_for(rita)
    answer = client.get(url(f"transcripts/{source['transcript']['id']}")).json()
    segments = read_segments(answer["segments"])
    assert [" ".join(segment["words"]) for segment in segments] == [
        "How do you book?",
        "By phone.",
        "Twenty minutes 🎵.",
        "The app.",
    ]
    word_ids = [word_id for segment in segments for word_id in read_word_ids(segment)]
    assert word_ids == sorted(set(word_ids))
    assert len(word_ids) == 11
    assert segments[1]["speaker_id"] == segments[2]["speaker_id"]
    assert segments[0]["gaps_ms"] is None
    assert client.get(url(f"sessions/{session.id}")).data["state"] == "ready"


@pytest.mark.parametrize(
    ("kind", "people", "role", "code_name"),
    [
        ("feedback", ["P01"], "participant", "P01"),
        ("survey", ["P01"], "participant", "P01"),
        ("interview", ["P01"], "participant", "P01"),
        ("feedback", [], "participant", None),
        ("feedback", ["P01", "P02"], "participant", None),
        ("focus_group", ["P01"], "observer", None),
        ("observation", ["P01"], "observer", None),
    ],
)
def test_whose_words_unnamed_text_is(client_for, rita, url, make, kind, people, role, code_name):
    session = make.session(kind=kind, participants=[make.participant(name) for name in people])

    answer = client_for(rita).post(url(f"sessions/{session.id}/text"), {"text": "Too slow."})

    [speaker] = answer.data["speakers"]
    assert (speaker["role"], speaker["code_name"]) == (role, code_name)


@pytest.mark.parametrize("text", ["", " \n\t ", None])
def test_a_text_without_words_is_refused(client_for, rita, url, make, text):
    session = make.session()

    answer = client_for(rita).post(url(f"sessions/{session.id}/text"), {"text": text})

    assert answer.status_code == 400
    assert answer.data["fields"]["text"]
    assert not Source.objects.exists()


def test_names_that_differ_only_in_case_are_one_speaker(client_for, rita, url, make):
    session = make.session(kind="focus_group")

    answer = client_for(rita).post(
        url(f"sessions/{session.id}/text"), {"text": "Ana: one\nANA: two\nAna: three"}
    )

    assert [speaker["label"] for speaker in answer.data["speakers"]] == ["Ana"]


def test_a_speaker_is_added_once(client_for, rita, url, make):
    source, person = make.source(), make.participant("P01")
    client = client_for(rita)
    values = {
        "source_id": source.id,
        "label": "Anna",
        "role": "participant",
        "participant_id": person.id,
    }

    made = client.post(url("speakers"), values)
    again = client.post(url("speakers"), values)

    assert made.status_code == 201
    assert (made.data["label"], made.data["code_name"]) == ("Anna", "P01")
    assert again.status_code == 409
    assert again.data["fields"]["label"]


def test_a_speaker_needs_a_source_and_a_participant_of_this_workspace(client_for, rita, url, make):
    source, client = make.source(), client_for(rita)

    for values in (
        {"source_id": uuid4(), "label": "Anna"},
        {"source_id": source.id, "label": "Anna", "participant_id": uuid4()},
        {"source_id": source.id, "label": ""},
        {"source_id": source.id, "label": "Anna", "role": "king"},
    ):
        assert client.post(url("speakers"), values).status_code == 400
    assert not Speaker.objects.exists()


def test_transcription_is_asked_for_with_a_model_and_a_language(client_for, rita, url, make):
    source = make.source(name="a.wav")

    answer = client_for(rita).post(
        url(f"sources/{source.id}/transcribe"), {"model": "small", "language": "de"}
    )

    assert answer.status_code == 201
    job = Job.objects.get()
    assert answer.json()["id"] == str(job.id)
    assert (job.kind, job.state, job.title) == ("transcribe", "queued", "a.wav")
    assert (job.target_id, job.source_id, job.session_id) == (
        source.id,
        source.id,
        source.session_id,
    )
    assert job.options == {"model": "small", "language": "de"}
    assert job.created_by == rita


def test_transcription_may_leave_the_choice_to_the_settings(client_for, rita, url, make):
    source = make.source()

    assert client_for(rita).post(url(f"sources/{source.id}/transcribe"), {}).status_code == 201
    assert Job.objects.get().options == {}


@pytest.mark.parametrize(
    "values",
    [
        {"model": "/etc/passwd"},
        {"model": "../models/base.pt"},
        {"model": "huge"},
        {"language": "German"},
        {"language": "../x"},
    ],
)
def test_a_model_is_a_name_and_never_a_path(client_for, rita, url, make, values):
    source = make.source()

    answer = client_for(rita).post(url(f"sources/{source.id}/transcribe"), values)

    assert answer.status_code == 400
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", ["prepare_media", "transcribe"])
@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_transcription_waits_for_what_is_under_way(client_for, rita, url, make, kind, state):
    source = make.source()
    job = make.job(kind=kind, state=state, source_id=source.id, target_id=source.id)
    client, path = client_for(rita), url(f"sources/{source.id}/transcribe")

    refused = client.post(path, {})
    assert refused.status_code == 409
    assert refused.data["remedy"]

    Job.objects.filter(id=job.id).update(state=JobState.FAILED)
    assert client.post(path, {}).status_code == 201


def test_a_text_can_not_be_transcribed(client_for, rita, url, make):
    source = make.source(kind="text")

    assert client_for(rita).post(url(f"sources/{source.id}/transcribe"), {}).status_code == 409


def test_a_transcript_of_another_workspace_is_missing(
    client_for, alice, url, other_workspace, make
):
    transcript = make.transcript()
    Transcript.objects.filter(id=transcript.id).update(workspace=other_workspace)
    Segment.objects.update(workspace=other_workspace)

    assert client_for(alice).get(url(f"transcripts/{transcript.id}")).status_code == 404
