"""How much each speaker talks, through the API."""

import pytest

from backend.sources.models import Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client_for, bob, url):
    client = client_for(bob)

    def get(transcript):
        return client.get(url(f"transcripts/{transcript.id}/talk-share")).json()

    return get


def time_turns(transcript, *times):
    for segment, (start_ms, end_ms) in zip(transcript.segments.all(), times, strict=True):
        segment.start_ms, segment.end_ms = start_ms, end_ms
        segment.save()


def test_a_viewer_sees_who_talks_how_much(read, make):
    transcript = make.transcript(
        turns=[
            ("moderator", "And you?"),
            ("P01", "I waited six weeks"),
            ("P01", "for nothing"),
            ("P02", "Me too"),
            ("P01", "Yes"),
        ]
    )
    # P01's first turn has a pause in it; P02 talks into it.
    time_turns(transcript, (0, 1000), (1000, 3000), (4000, 5000), (4500, 6500), (7000, 9000))

    data = read(transcript)

    assert data["speech_ms"] == 8000
    named = {speaker.label: str(speaker.id) for speaker in Speaker.objects.all()}
    assert data["speakers"][0] == {
        "speaker_id": named["P01"],
        "label": "P01",
        "role": "participant",
        "code_name": "P01",
        "speech_ms": 5000,
        "share": 0.625,
        "word_count": 7,
        "turn_count": 2,
        "longest_turn_ms": 3000,
    }
    shares = [(row["label"], row["code_name"], row["share"]) for row in data["speakers"][1:]]
    assert shares == [("P02", "P02", 0.25), ("moderator", None, 0.125)]


def test_gaps_count_for_nobody_nor_do_the_merged_but_the_silent_and_the_unnamed_are_shown(
    read, make
):
    transcript = make.transcript(turns=[("P01", "one two"), ("P02", ""), ("P03", "three")])
    time_turns(transcript, (0, 300), (300, 60_000), (60_000, 60_100))
    first, gap, last = transcript.segments.all()
    gap.doubt = "gap"
    gap.save()
    last.speaker = None
    last.save()
    Speaker.objects.filter(label="P03").update(merged_into=first.speaker)

    data = read(transcript)

    assert data["speech_ms"] == 400
    rows = [
        (row["speaker_id"] is None, row["label"], row["role"], row["share"], row["turn_count"])
        for row in data["speakers"]
    ]
    assert rows == [
        (False, "P01", "participant", 0.75, 1),
        (True, "", None, 0.25, 1),
        (False, "P02", "participant", 0.0, 0),
    ]


def test_without_audio_shares_are_of_words(read, make):
    turns = [("P01", "one two three"), ("P02", "four")]
    data = read(make.transcript(turns=turns, has_audio=False))
    assert data["speech_ms"] == 0
    assert [row["share"] for row in data["speakers"]] == [0.75, 0.25]


def test_of_nothing_nobody_has_a_share(read, make):
    assert read(make.transcript(turns=[("P01", "")]))["speakers"][0]["share"] == 0.0


def test_a_long_talk_takes_as_few_queries(read, make, count_queries):
    short = make.transcript(turns=[("P01", "one")])
    long = make.transcript(turns=[(f"P{n % 9:02}", "one") for n in range(200)])
    read(short)
    assert count_queries(lambda: read(short)) == count_queries(lambda: read(long)) <= 6
