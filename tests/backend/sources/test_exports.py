"""Transcripts as files to take away."""

import json

import pytest

from backend.sources.captions import read_captions
from backend.sources.models import Segment, Speaker

pytestmark = pytest.mark.django_db

TURNS = [("moderator", "What bothers you?"), ("P01", "I waited six weeks."), ("P01", "R&D <no>")]


@pytest.fixture
def transcript(make):
    session = make.session(title='Ana: "waiting" / März')
    return make.transcript(session=session, turns=TURNS)


@pytest.fixture
def export(client_for, bob, url):
    def get(transcript, format: str):
        return client_for(bob).get(url(f"transcripts/{transcript.id}/export?format={format}"))

    return get


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("vtt", "text/vtt; charset=utf-8"),
        ("srt", "application/x-subrip"),
        ("json", "application/json"),
    ],
)
def test_captions_keep_every_segment_with_its_time_and_speaker(
    export, transcript, format, content_type
):
    answer = export(transcript, format)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    captions = read_captions(answer.content, name=f"a.{format}")
    assert [(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in captions.cues] == [
        (0, 1150, "moderator", "What bothers you?"),
        (1200, 2750, "P01", "I waited six weeks."),
        (2800, 3550, "P01", "R&D <no>"),
    ]


@pytest.mark.parametrize("format", ["txt", "docx"])
def test_documents_join_what_one_speaker_says(export, transcript, format):
    answer = export(transcript, format)

    captions = read_captions(answer.content, name=f"a.{format}")
    assert [(cue.start_ms, cue.speaker, cue.text) for cue in captions.cues] == [
        (0, "moderator", "What bothers you?"),
        (1000, "P01", "I waited six weeks. R&D <no>"),
    ]


def test_json_has_words_with_times_and_probabilities(export, transcript):
    document = json.loads(export(transcript, "json").content)

    assert document["language"] == "en"
    assert document["segments"][1]["words"][0] == {
        "word": " I",
        "start": 1.2,
        "end": 1.55,
        "probability": 0.9,
    }


def test_the_file_is_named_for_the_session(export, transcript):
    disposition = export(transcript, "vtt").headers["Content-Disposition"]

    assert disposition == (
        "attachment; filename*=utf-8''Ana%20waiting%20M%C3%A4rz%20%E2%80%93%20transcript.vtt"
    )


def test_people_appear_by_code_name_never_by_real_name(export, transcript):
    Speaker.objects.filter(label="P01").update(label="somebody in a bonnet")

    content = export(transcript, "txt").content.decode()

    assert "P01: I waited" in content
    assert "Greta Garbo" not in content
    assert "bonnet" not in content


def test_text_without_times_makes_no_captions(export, make):
    transcript = make.transcript(turns=TURNS, has_audio=False)

    for format in ("vtt", "srt"):
        answer = export(transcript, format)
        assert answer.status_code == 409
        assert "TXT" in answer.json()["remedy"]
    assert export(transcript, "txt").content.decode().splitlines()[0] == (
        "moderator: What bothers you?"
    )


def test_gaps_are_left_out_and_nobody_has_no_name(export, make):
    transcript = make.transcript(turns=[("P01", "one"), ("P01", "two")])
    Segment.objects.filter(transcript=transcript, position=2).update(speaker=None)
    Segment.objects.create(
        workspace=transcript.workspace,
        transcript=transcript,
        position=3,
        start_ms=5000,
        end_ms=9000,
        doubt="gap",
    )

    captions = read_captions(export(transcript, "vtt").content, name="a.vtt")

    assert [(cue.speaker, cue.text) for cue in captions.cues] == [("P01", "one"), ("", "two")]


@pytest.mark.parametrize("format", ["", "exe", "sbv"])
def test_other_formats_are_refused(export, transcript, format):
    answer = export(transcript, format)

    assert answer.status_code == 400
    assert "docx" in answer.json()["remedy"]


def test_an_export_takes_as_few_queries_for_much(make, client_for, bob, url, count_queries):
    def count(transcript):
        path = url(f"transcripts/{transcript.id}/export?format=docx")
        return count_queries(lambda: client_for(bob).get(path))

    few = make.transcript(turns=TURNS)
    many = make.transcript(turns=TURNS * 40)
    assert count(many) == count(few)
