"""Field notes written in place: words keep their ids, excerpts follow, nobody is overwritten."""

import pytest

from backend.sources.models import Segment, Source, Transcript
from backend.tagging.models import Change, Excerpt, Review

NOTES = """# Visit at P01

The kitchen is cold. She keeps her coat on.

- boiler from 1987
- never serviced

> I wait for spring"""


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def session(make):
    return make.session(kind="observation")


@pytest.fixture
def source(rita_client, url, session):
    answer = rita_client.post(
        url(f"sessions/{session.id}/notes"), {"title": "Visit", "text": NOTES}, format="json"
    )
    assert answer.status_code == 201
    return Source.objects.get(id=answer.json()["id"])


def read(client, url, source) -> str:
    return client.get(url(f"sources/{source.id}/notes")).json()["text"]


def write(client, url, source, text, expected=None, **more):
    body = {"text": text, "expected_text": NOTES if expected is None else expected, **more}
    return client.put(url(f"sources/{source.id}/notes"), body, format="json")


def mark(client, url, source, text) -> Excerpt:
    """An excerpt on these words of the notes."""
    words = [word for row in segments_of(source) for word in row.words]
    size = len(text.split())
    for place in range(len(words)):
        if " ".join(word[1] for word in words[place : place + size]) == text:
            body = {
                "transcript_id": str(source.transcripts.get().id),
                "first_word_id": words[place][0],
                "last_word_id": words[place + size - 1][0],
            }
            answer = client.post(url("excerpts"), body, format="json")
            return Excerpt.objects.get(id=answer.json()["id"])
    raise AssertionError(text)


def segments_of(source) -> list[Segment]:
    return list(Segment.objects.filter(transcript__source=source).order_by("position"))


def state(source) -> list[object]:
    rows = Segment.objects.filter(transcript__source=source).order_by("position")
    excerpts = Excerpt.objects.filter(source=source).order_by("created_at")
    return [
        list(rows.values("id", "position", "style", "words", "speaker_id")),
        list(excerpts.values("id", "word_ids", "text")),
    ]


def check_order(source) -> None:
    last = 0
    for row in segments_of(source):
        assert last < row.position <= row.words[0][0]
        ids = [word[0] for word in row.words]
        assert ids == sorted(set(ids))
        last = ids[-1]
    transcript = source.transcripts.get()
    assert transcript.next_word_id > last
    assert transcript.word_count == sum(len(row.words) for row in segments_of(source))


def test_notes_are_a_source_like_any_other(rita_client, url, session, source):
    assert (source.kind, source.name) == ("text", "Visit")
    assert [row.style for row in segments_of(source)] == [
        "heading",
        "",
        "bullet",
        "bullet",
        "quote",
    ]
    assert rita_client.get(url(f"sources/{source.id}/notes")).json() == {
        "title": "Visit",
        "text": NOTES,
    }
    assert rita_client.get(url(f"sessions/{session.id}")).json()["state"] == "ready"
    assert [speaker.role for speaker in source.speakers.all()] == ["observer"]
    check_order(source)


def test_notes_begin_empty_and_grow(rita_client, url, session):
    answer = rita_client.post(
        url(f"sessions/{session.id}/notes"), {"title": "", "text": ""}, format="json"
    )
    source = Source.objects.get(id=answer.json()["id"])

    assert write(rita_client, url, source, "one\n\ntwo", expected="").status_code == 200
    middle = "one\n\n" + "new " * 300 + "\n\ntwo"
    assert write(rita_client, url, source, middle, expected="one\n\ntwo").status_code == 200

    assert [len(row.words) for row in segments_of(source)] == [1, 300, 1]
    assert len({row.speaker_id for row in segments_of(source)}) == 1
    check_order(source)


def test_unchanged_words_keep_their_ids_wherever_paragraphs_begin(rita_client, url, source):
    before = {word[1]: word[0] for row in segments_of(source) for word in row.words}
    excerpt = mark(rita_client, url, source, "She keeps her coat")
    split = NOTES.replace("cold. She keeps", "cold.\n\nShe always keeps")
    split = split.replace("\n- never", "\n\n1. never")

    answer = write(rita_client, url, source, split)

    assert answer.status_code == 200
    assert answer.json()["transcript_id"] == str(Transcript.objects.get().id)
    assert read(rita_client, url, source) == split
    after = {word[1]: word[0] for row in segments_of(source) for word in row.words}
    assert {text: after[text] for text in before} == before
    excerpt.refresh_from_db()
    assert excerpt.text == "She always keeps her coat"
    assert not Review.objects.exists()
    check_order(source)


def test_an_excerpt_of_a_deleted_paragraph_is_kept_for_review(rita_client, url, source):
    excerpt = mark(rita_client, url, source, "never serviced")

    write(rita_client, url, source, NOTES.replace("- never serviced\n", ""))

    excerpt.refresh_from_db()
    assert (excerpt.text, Review.objects.get().outcome) == ("never serviced", "uncertain")


def test_words_that_moved_with_their_paragraph_are_proposed(rita_client, url, source):
    excerpts = [
        mark(rita_client, url, source, "She keeps her coat on."),
        mark(rita_client, url, source, "boiler from 1987"),
    ]
    text = "The kitchen is cold. She keeps her coat on."

    write(rita_client, url, source, NOTES.replace(f"{text}\n\n", "") + f"\n\n{text}")

    review = Review.objects.get()
    assert review.excerpt in excerpts
    assert review.proposed_text == review.old_text == review.excerpt.text
    check_order(source)


def test_who_comes_second_is_told_and_overwrites_nothing(client_for, alice, rita, url, source):
    first = NOTES.replace("cold", "freezing")
    assert write(client_for(rita), url, source, first).status_code == 200

    answer = write(client_for(alice), url, source, "all mine")

    assert (answer.status_code, answer.json()["code"]) == (409, "notes_changed")
    assert read(client_for(alice), url, source) == first
    assert write(client_for(alice), url, source, first).json()["change"] is None


def test_another_title_is_another_name(rita_client, url, source):
    answer = write(rita_client, url, source, NOTES, title="Second visit")

    source.refresh_from_db()
    assert source.name == "Second visit"
    assert answer.json()["change"]["summary"] == "Wrote in the notes “Second visit”"


def test_notes_go_back_and_forth(rita_client, url, source):
    mark(rita_client, url, source, "coat on.")
    mark(rita_client, url, source, "boiler from 1987")
    before = state(source)
    text = "# Other\n\nThe kitchen is\n\ncold. She keeps it\n\n> I wait for\n\nspring - boiler"
    change_id = write(rita_client, url, source, text).json()["change"]["id"]
    after = state(source)
    check_order(source)

    assert rita_client.post(url(f"changes/{change_id}/undo")).status_code == 200
    assert state(source) == before
    assert rita_client.post(url(f"changes/{change_id}/redo")).status_code == 200
    assert state(source) == after


def test_a_session_may_have_several(rita_client, url, session, source):
    body = {"title": "Afterthoughts", "text": "It was long."}
    rita_client.post(url(f"sessions/{session.id}/notes"), body, format="json")

    names = [
        row["name"] for row in rita_client.get(url(f"sessions/{session.id}")).json()["sources"]
    ]
    assert names == ["Visit", "Afterthoughts"]


def test_a_recording_is_no_text(rita_client, url, make):
    source = make.transcript().source

    assert rita_client.get(url(f"sources/{source.id}/notes")).status_code == 409
    assert write(rita_client, url, source, "x", expected="").status_code == 409
    assert not Change.objects.exists()


def test_a_viewer_reads_only(client_for, bob, charlie, url, source, session):
    assert read(client_for(bob), url, source) == NOTES
    assert write(client_for(bob), url, source, "mine").status_code == 403
    body = {"title": "x", "text": "x"}
    path = url(f"sessions/{session.id}/notes")
    assert client_for(bob).post(path, body, format="json").status_code == 403
    assert client_for(charlie).post(path, body, format="json").status_code == 404


def test_what_an_observer_writes_is_nobody_s_evidence(make, rita_client, url):
    session = make.session(kind="interview", participants=[make.participant("P01")])
    answer = rita_client.post(
        url(f"sessions/{session.id}/notes"), {"title": "Visit", "text": NOTES}, format="json"
    )
    speaker = Source.objects.get(id=answer.json()["id"]).speakers.get()
    assert (speaker.role, speaker.participant) == ("observer", None)
