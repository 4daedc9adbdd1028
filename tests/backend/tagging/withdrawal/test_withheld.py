"""What is withheld while somebody takes back their consent: changes, undo, recordings, quotes."""

import pytest

from backend.sources.models import (
    MediaFile,
    Segment,
    Source,
)
from backend.tagging.history.concealing import without_quotes
from tests.backend.tagging.withdrawal.team import MARKER

pytestmark = pytest.mark.django_db


def test_what_nobody_may_read_nobody_changes_or_gives_to_another(
    client_for, rita, url, two_voices, withdraw
):
    before, theirs, after = two_voices.segments.order_by("position")
    other = before.speaker
    withdraw()
    text = {"text": "x", "expected_text": "zanzibar weeks and months"}
    mark = {"transcript_id": two_voices.id, "first_word_id": 4, "last_word_id": 6}
    assign = {"segment_id": theirs.id, "scope": "segment", "speaker_id": other.id}
    onward = {"segment_id": before.id, "scope": "onward", "speaker_id": other.id}
    rows = list(Segment.objects.values())
    for method, path, body in [
        ("put", f"segments/{theirs.id}/text", text),
        ("put", f"segments/{theirs.id}/text", {"text": "x", "expected_text": ""}),
        ("post", f"segments/{theirs.id}/split", {"word_id": 7}),
        ("post", f"segments/{theirs.id}/join", {}),
        ("post", f"segments/{before.id}/join", {}),
        ("post", f"segments/{after.id}/boundary", {"word_id": 8}),
        ("post", f"segments/{theirs.id}/words/6", {"text": "x"}),
        ("patch", f"segments/{theirs.id}", {"speaker_id": other.id}),
        ("post", f"transcripts/{two_voices.id}/assign-speaker", assign),
        ("post", f"transcripts/{two_voices.id}/assign-speaker", onward),
        ("post", f"speakers/{theirs.speaker_id}/merge", {"into_speaker_id": other.id}),
        ("patch", f"speakers/{theirs.speaker_id}", {"participant_id": None}),
        ("post", "excerpts", mark),
        ("post", f"sources/{two_voices.source_id}/transcribe", {}),
        ("post", f"sources/{two_voices.source_id}/find-speakers", {}),
    ]:
        answer = getattr(client_for(rita), method)(url(path), body, format="json")
        assert answer.status_code == 409, (path, answer.content)
        assert answer.json()["code"] == "withheld"
        assert "P01" in answer.json()["message"]
        assert MARKER not in answer.content.decode()
    assert list(Segment.objects.values()) == rows
    preview = client_for(rita).post(
        url(f"transcripts/{two_voices.id}/replace/preview"),
        {"find": MARKER, "replace": "x"},
        format="json",
    )
    assert preview.json() == {"matches": []}


def test_undo_shows_nobody_what_is_withheld(client_for, rita, url, two_voices, withdraw):
    client = client_for(rita)
    session = two_voices.source.session_id
    theirs = two_voices.segments.get(position=6)
    other = two_voices.segments.get(position=1).speaker_id
    for speaker in (other, theirs.speaker_id):
        body = {"segment_id": theirs.id, "scope": "segment", "speaker_id": speaker}
        client.post(url(f"transcripts/{two_voices.id}/assign-speaker"), body, format="json")
    withdraw()
    refused = client.post(url(f"sessions/{session}/undo"))
    assert refused.status_code == 409
    assert "took back their consent" in refused.json()["message"]
    assert Segment.objects.get(id=theirs.id).speaker_id == theirs.speaker_id
    withdraw("given")
    assert client.post(url(f"sessions/{session}/undo")).status_code == 200


def test_an_excerpt_of_somebody_else_leaves_out_what_they_said(
    make, client_for, rita, url, two_voices, withdraw
):
    excerpt = make.excerpt(two_voices, 1, 7)
    path = url(f"excerpts/{excerpt.id}")
    assert client_for(rita).get(path).json()["text"] == "First of all I waited zanzibar weeks"
    withdraw()
    assert client_for(rita).get(path).json()["text"] == "First of all I waited […]"
    withdraw("given")
    assert client_for(rita).get(path).json()["text"] == "First of all I waited zanzibar weeks"


def test_a_recording_is_played_while_somebody_in_it_agrees(
    make, client_for, rita, url, two_voices, withdraw
):
    source, alone = two_voices.source, make.transcript(turns=[("P01", "zanzibar")]).source
    for each in (source, alone):
        MediaFile.objects.create(
            workspace=make.workspace, source=each, size_bytes=1, original_path="x/original.mp4"
        )
    withdraw()

    def code(path: str) -> str:
        return client_for(rita).get(url(path)).json()["code"]

    assert code(f"sources/{source.id}/media") == "not_found"  # It is not prepared.
    assert code(f"sources/{source.id}/original") == "withheld"
    assert code(f"sources/{alone.id}/media") == "withheld"
    assert code(f"sources/{alone.id}/original") == "withheld"


@pytest.mark.parametrize(
    ("verb", "summary", "shown"),
    [
        ("excerpt.place", "Placed “so long” in Pains", "Placed […] in Pains"),
        ("excerpt.create", "Marked “he said “no” twice”", "Marked […]"),
        ("excerpt.tag", "Tagged “so long” with “Waiting”", "Tagged […]"),
        ("text.correct", "Corrected “a” to “b, cut o", "Corrected […]"),
        ("text.correct", "Corrected “a, cut o", "Corrected […]"),
        ("text.replace", "“a” replaced by “b”", "Changed […]"),
        ("text.split", "Split a turn of P02 before “so”", "Split a turn of P02 before […]"),
        ("memo.create", "Wrote a memo: “mine”", "Wrote a memo: “mine”"),
        ("speaker.assign", "3 turns given to P02", "3 turns given to P02"),
    ],
)
def test_summaries_lose_their_quotes(verb, summary, shown):
    assert without_quotes(verb, summary) == shown


def test_a_session_offers_no_recording_that_would_be_refused(
    make, client_for, rita, url, two_voices, withdraw
):
    shared, alone = two_voices.source, make.transcript(turns=[("P01", "zanzibar")]).source
    for each in (shared, alone):
        MediaFile.objects.create(
            workspace=make.workspace,
            source=each,
            size_bytes=1,
            original_path="x/original.mp4",
            playback_path="x/playback.m4a",
            peaks_path="x/peaks.json",
        )

    def read(source: Source) -> tuple[list[str], bool, set[str]]:
        session = client_for(rita).get(url(f"sessions/{source.session_id}")).json()
        [told] = [each for each in session["sources"] if each["id"] == str(source.id)]
        media = told["media"]
        files = {"media_url", "peaks_url", "original_url"}
        return told["withdrawn"], told["is_closed"], {name for name in files if media[name]}

    everything = ([], False, {"media_url", "peaks_url", "original_url"})
    assert read(shared) == read(alone) == everything
    withdraw()
    assert read(shared) == (["P01"], False, {"media_url", "peaks_url"})
    assert read(alone) == (["P01"], True, set())
    withdraw("given")
    assert read(shared) == read(alone) == everything


def test_excerpts_that_nobody_is_shown_are_not_counted(
    make, client_for, rita, url, two_voices, withdraw
):
    client = client_for(rita)
    make.excerpt(two_voices, 6, 8)
    make.excerpt(two_voices, 1, 2)
    session, study = two_voices.source.session, two_voices.source.session.study

    def counts() -> tuple[int, int, int]:
        paths = [f"sessions/{session.id}", f"studies/{study.id}"]
        in_session, in_study = (client.get(url(path)).json()["excerpt_count"] for path in paths)
        people = client.get(url(f"participants?study={study.id}")).json()["results"]
        [own] = [person["excerpt_count"] for person in people if person["code_name"] == "P01"]
        return in_session, in_study, own

    before = counts()
    withdraw()
    assert counts() == (before[0] - before[2], before[1] - before[2], 0)
    assert before[2] > 0
    withdraw("given")
    assert counts() == before
