"""Replacing words throughout a transcript, and correcting one, through the API; excerpts follow."""

import pytest

from backend.jobs.models import Job, SearchChange
from backend.sources.models import Segment, WordCorrection
from backend.tagging.models import Change
from backend.tagging.services import (
    correct_word,
)
from tests.backend.tagging.text_changes.conftest import TURNS, rests, said, words_of
from tests.segments import read_words

pytestmark = pytest.mark.django_db


def test_the_preview_shows_every_place_and_changes_nothing(preview, transcript):
    before = words_of(transcript)

    matches = preview("dr lib", "Doctolib").data["matches"]

    first, second, third = transcript.segments.all()
    assert [(match["before"], match["after"]) for match in matches] == [
        ("Dr. Lib?", "Doctolib?"),
        ("dr lib,", "Doctolib,"),
        ("dr lib", "Doctolib"),
    ]
    assert matches[1] == {
        "segment_id": str(second.id),
        "first_word_id": 7,
        "last_word_id": 8,
        "before": "dr lib,",
        "after": "Doctolib,",
        "context_before": "With",
        "context_after": "I waited",
        "start_ms": 2400,
        "blocked_reason": "",
    }
    assert words_of(transcript) == before
    assert [m["segment_id"] for m in preview("DR", "Dr", match_case=True).data["matches"]] == []
    exact = preview("Dr", "Doctor", match_case=True).data["matches"]
    assert [match["segment_id"] for match in exact] == [str(first.id)]
    assert third.position == 11


def test_only_the_chosen_places_are_replaced(replace, transcript):
    answer = replace("dr lib", "Doctolib", [4, 7])

    assert answer.status_code == 200
    assert answer.data["replaced"] == 2
    assert answer.data["change"]["summary"] == "Replaced “dr lib” by “Doctolib”"
    assert said(transcript) == [
        "Do you know Doctolib?",
        "With Doctolib, I waited",
        "dr lib is fine",
    ]
    assert [segment["position"] for segment in answer.data["segments"]] == [1, 6]
    words = read_words(answer.data["segments"][1])
    assert [word[0] for word in words] == [6, 7, 9, 10]
    assert words[1][3] == 8 * 400 - 50, "lasts as long as both did"
    transcript.refresh_from_db()
    assert (transcript.word_count, transcript.next_word_id) == (12, 15)
    corrections = WordCorrection.objects.order_by("word_id")
    assert list(corrections.values_list("word_id", "before", "after")) == [
        (4, "Dr. Lib?", "Doctolib?"),
        (7, "dr lib,", "Doctolib,"),
    ]


def test_more_words_may_come_than_were_there(replace, transcript):
    replace("fine", "fine with me", [14])
    replace("waited", "wait", [10])
    assert said(transcript)[1:] == ["With dr lib, I wait", "dr lib is fine with me"]
    assert words_of(transcript)[2][3][:2] == [14, "fine with me"]


def test_excerpts_say_the_new_words_and_rest_on_what_is_left(replace, undo, make, transcript):
    whole, begins, ends, beside = (
        make.excerpt(transcript, 6, 10),
        make.excerpt(transcript, 8, 10),
        make.excerpt(transcript, 6, 7),
        make.excerpt(transcript, 9, 10),
    )
    SearchChange.objects.all().delete()

    answer = replace("dr lib", "Doctolib", [7])

    assert rests(whole) == ("With Doctolib, I waited", [6, 7, 9, 10])
    assert rests(begins) == ("I waited", [9, 10])
    assert begins.start_ms == 8 * 400
    assert rests(ends) == ("With Doctolib,", [6, 7])
    assert rests(beside) == ("I waited", [9, 10])
    told = SearchChange.objects.filter(subject_kind="excerpt").values_list("subject_id", flat=True)
    assert set(told) == {whole.id, begins.id, ends.id}

    undo(answer)

    assert rests(whole) == ("With dr lib, I waited", [6, 7, 8, 9, 10])
    assert rests(begins) == ("lib, I waited", [8, 9, 10])
    assert rests(ends) == ("With dr", [6, 7])
    assert rests(beside) == ("I waited", [9, 10])


def test_an_excerpt_that_would_be_left_without_words_blocks_its_place(
    preview, replace, make, client, url, transcript
):
    excerpt = make.excerpt(transcript, 8, 8)
    client.delete(url(f"excerpts/{excerpt.id}"))

    matches = preview("dr lib", "Doctolib").data["matches"]

    assert [bool(match["blocked_reason"]) for match in matches] == [False, True, False]
    assert matches[1]["blocked_reason"].startswith("An excerpt rests on “lib,” alone")
    refused = replace("dr lib", "Doctolib", [4, 7])
    assert refused.status_code == 409
    assert "Nothing was replaced. An excerpt rests on “lib,” alone" in refused.data["message"]
    assert said(transcript) == [text for _, text in TURNS]
    assert not Change.objects.filter(verb="text.replace").exists()
    assert not WordCorrection.objects.exists()
    assert replace("dr lib", "Doctolib", [4, 11]).data["replaced"] == 2
    assert rests(excerpt) == ("lib,", [8])


def test_a_place_somebody_corrected_already_is_left_out(client, url, replace, transcript):
    segment = transcript.segments.all()[2]
    client.post(url(f"segments/{segment.id}/words/12"), {"text": "Library"})

    assert replace("dr lib", "Doctolib", [7, 11]).data["replaced"] == 1
    nothing = replace("dr lib", "Doctolib", [11, 99])
    assert nothing.status_code == 409
    assert "nothing was replaced" in nothing.data["message"]


@pytest.mark.parametrize(
    "values",
    [
        {"find": "", "replace": "x"},
        {"find": "  ", "replace": "x"},
        {"find": "x", "replace": " "},
        {"find": "x"},
        {"find": "x" * 101, "replace": "x"},
        {"find": "dr", "replace": "x", "match_case": "perhaps"},
        {"find": "d\0r", "replace": "x"},
    ],
)
def test_something_must_be_sought_and_put_there(preview, replace, values):
    assert preview(values.pop("find"), values.pop("replace", None), **values).status_code == 400


def test_the_chosen_places_must_be_named(replace):
    for wrong in ([], None, ["x"], [-1]):
        assert replace("dr", "doctor", wrong).status_code == 400


def test_who_may(client_for, url, alice, paul, bob, charlie, transcript):
    body = {"find": "dr", "replace": "doctor", "first_word_ids": [7]}
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        client = client_for(user)
        for path in ("replace/preview", "replace"):
            path = url(f"transcripts/{transcript.id}/{path}")
            assert client.post(path, body, format="json").status_code == status
    change = Change.objects.get()
    assert change.created_by == WordCorrection.objects.get().created_by == alice
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        assert client_for(user).post(url(f"changes/{change.id}/undo")).status_code == status


def test_many_places_take_as_few_queries_as_one(make, client, url, count_queries):
    def count(turn_count: int) -> list[int]:
        transcript = make.transcript(turns=[("P01", "dr lib said")] * turn_count)
        make.excerpt(transcript, 1, 3)
        ids = [1 + 3 * number for number in range(turn_count)]
        body = {"find": "dr lib", "replace": "Doctolib", "first_word_ids": ids}

        def post(path: str) -> int:
            Job.objects.all().delete()  # or it would be rung for again after a second
            return count_queries(lambda: client.post(url(path), body, format="json"))

        return [
            post(f"transcripts/{transcript.id}/replace/preview"),
            post(f"transcripts/{transcript.id}/replace"),
            post(f"changes/{Change.objects.latest('created_at').id}/undo"),
        ]

    count(1)
    assert count(1) == count(60)


def test_correcting_one_word_is_noted_once(client_for, rita, client, url, transcript):
    segment = transcript.segments.all()[1]
    path = url(f"segments/{segment.id}/words/7")
    client.post(path, {"text": " Dr. "})
    client.post(path, {"text": "Dr."})
    [correction] = WordCorrection.objects.all()
    assert (correction.word_id, correction.before, correction.after) == (7, "dr", "Dr.")
    assert (correction.transcript, correction.created_by) == (transcript, rita)
    correct_word(segment=Segment.objects.get(id=segment.id), word_id=7, text="Doctor")
    assert WordCorrection.objects.count() == 2
