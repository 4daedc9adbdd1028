"""Replacing words throughout a transcript, and undoing it, through the API; excerpts follow."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.jobs.models import Job, SearchChange
from backend.sources.models import Segment, Transcript, WordCorrection
from backend.sources.replacing import Replacement
from backend.tagging.history.undoing import undo_change
from backend.tagging.models import Change, Excerpt
from backend.tagging.services import (
    correct_word,
    preview_replacement,
    rederive_excerpts,
    replace_words,
)
from tests.segments import read_words

pytestmark = pytest.mark.django_db

TURNS = [
    ("moderator", "Do you know Dr. Lib?"),
    ("P01", "With dr lib, I waited"),
    ("P02", "dr lib is fine"),
]
# Word ids: 1–5, 6–10 (With dr lib, I waited), 11–14.


@pytest.fixture
def transcript(make):
    return make.transcript(turns=TURNS)


@pytest.fixture
def client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def preview(client, url, transcript):
    def post(find, replace, **rest):
        path = url(f"transcripts/{transcript.id}/replace/preview")
        return client.post(path, {"find": find, "replace": replace, **rest}, format="json")

    return post


@pytest.fixture
def replace(client, url, transcript):
    def post(find, replace, first_word_ids, **rest):
        body = {"find": find, "replace": replace, "first_word_ids": first_word_ids, **rest}
        return client.post(url(f"transcripts/{transcript.id}/replace"), body, format="json")

    return post


@pytest.fixture
def undo(client, url):
    def post(answer):
        return client.post(url(f"changes/{answer.data['change']['id']}/undo"))

    return post


def said(transcript) -> list[str]:
    return [" ".join(word[1] for word in segment.words) for segment in transcript.segments.all()]


def words_of(transcript) -> dict[int, list]:
    """Each segment's words, by its place among them."""
    return dict(enumerate(transcript.segments.values_list("words", flat=True)))


def rests(excerpt) -> tuple[str, list[int]]:
    excerpt.refresh_from_db()
    return excerpt.text, excerpt.word_ids


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


def test_undoing_puts_the_very_words_back(replace, undo, transcript):
    before = words_of(transcript)
    answer = replace("dr lib", "Doctolib", [4, 7, 11])

    undone = undo(answer)

    assert undone.status_code == 200
    assert words_of(transcript) == before
    assert [segment["position"] for segment in undone.data["segments"]] == [1, 6, 11]
    assert undone.data["segments"][0]["word_id_runs"] == [[1, 5, 1]]
    transcript.refresh_from_db()
    assert (transcript.word_count, transcript.next_word_id) == (14, 15)
    assert not WordCorrection.objects.exists(), "nothing was corrected after all"
    assert undo(answer).status_code == 409


def test_what_was_marked_or_changed_meanwhile_keeps_its_words_on_undo(
    client, url, replace, undo, make, transcript
):
    widened = make.excerpt(transcript, 9, 10)
    answer = replace("dr lib", "Doctolib", [7])
    new = make.excerpt(transcript, 7, 7)
    client.patch(url(f"excerpts/{widened.id}"), {"first_word_id": 7, "last_word_id": 7})
    assert rests(widened) == rests(new) == ("Doctolib,", [7])

    undo(answer)

    assert rests(widened) == rests(new) == ("dr lib,", [7, 8])


def test_what_was_heard_is_heard_again_once_it_is_undone(
    client, url, replace, undo, make, transcript
):
    heard, corrected = make.excerpt(transcript, 6, 10), make.excerpt(transcript, 4, 10)
    segment = transcript.segments.all()[1]
    segment.words[4][4] = 0.1  # “waited”
    segment.save()
    rederive_excerpts(transcript=transcript)
    for excerpt in (heard, corrected):
        client.put(url(f"excerpts/{excerpt.id}/heard"), {"how": "played"})
        excerpt.refresh_from_db()
    at, by = heard.heard_at, heard.heard_by

    answer = replace("dr lib", "Doctolib", [7])
    heard.refresh_from_db()
    assert heard.is_doubtful
    assert heard.heard_at is None, "other words were heard"
    first = transcript.segments.all()[0]
    client.post(url(f"segments/{first.id}/words/5"), {"text": "Library?"})

    undo(answer)

    heard.refresh_from_db()
    corrected.refresh_from_db()
    assert (heard.heard_at, heard.heard_by, heard.heard_how) == (at, by, "played")
    assert corrected.heard_at is None, "it says something else than was heard"


def test_an_undo_is_refused_when_a_place_was_corrected_since(
    client, url, replace, undo, transcript
):
    first = replace("dr lib", "Doctolib", [4, 7, 11])
    second = replace("doctolib", "Doctolip", [7])
    before = words_of(transcript)

    refused = undo(first)

    assert refused.status_code == 409
    assert (
        "you changed the same since: “Replaced “doctolib” by “Doctolip””"
        in (refused.data["message"])
    )
    assert words_of(transcript) == before
    undo(second)
    segment = transcript.segments.all()[1]
    client.post(url(f"segments/{segment.id}/words/10"), {"text": "wait"})
    assert undo(first).status_code == 200, "another word of the same turn is not in the way"
    assert said(transcript)[1] == "With dr lib, I wait"


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


TOKENS = st.sampled_from(["a", "A,", "b", "B.", "c"])
TURN = st.lists(TOKENS, min_size=1, max_size=8).map(" ".join)
PHRASE = st.lists(TOKENS, min_size=1, max_size=3).map(" ".join)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    turns=st.lists(TURN, min_size=1, max_size=4),
    changes=st.lists(st.tuples(PHRASE, PHRASE), min_size=1, max_size=3),
    data=st.data(),
)
def test_replacing_and_undoing_is_as_if_nothing_happened(make, rita, turns, changes, data):
    transcript = make.transcript(turns=[(f"P{n % 2:02}", turn) for n, turn in enumerate(turns)])
    total = transcript.word_count
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(st.integers(1, total))
        make.excerpt(transcript, first, data.draw(st.integers(first, total)))
    rederive_excerpts(transcript=transcript)
    states = [state_of(transcript)]
    done = []
    for find, replace in changes:
        replacement = Replacement(find, replace)
        found = preview_replacement(transcript=transcript, replacement=replacement)
        free = [row.match.first_word_id for row in found if not row.blocked_reason]
        if not free:
            continue
        replaced = replace_words(
            transcript=transcript, replacement=replacement, first_word_ids=free, user=rita
        )
        done.append(replaced.change)
        check_excerpts(transcript)
        states.append(state_of(transcript))
    for change in reversed(done):
        assert state_of(transcript) == states.pop()
        undo_change(change=change, user=rita)
    assert state_of(transcript) == states.pop()


def state_of(transcript: Transcript) -> list[object]:
    excerpts = Excerpt.objects.filter(transcript=transcript).order_by("id")
    transcript.refresh_from_db()
    names = ("word_ids", "text", "start_ms", "end_ms", "position", "speaker", "participant")
    return [
        words_of(transcript),
        list(excerpts.values_list("id", *names)),
        (transcript.word_count, transcript.next_word_id),
        list(transcript.corrections.order_by("word_id").values_list("word_id", "before", "after")),
    ]


def check_excerpts(transcript: Transcript) -> None:
    """Ids rise through the transcript; every excerpt says what stands at its words."""
    words = [word for segment in transcript.segments.all() for word in segment.words]
    ids = [word[0] for word in words]
    assert ids == sorted(set(ids))
    texts = {word[0]: word[1] for word in words}
    transcript.refresh_from_db()
    assert transcript.word_count == len(words)
    for excerpt in Excerpt.objects.filter(transcript=transcript):
        assert excerpt.text == " ".join(texts[word_id] for word_id in excerpt.word_ids)


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


def test_the_notice_and_the_keys_undo_in_one_history(replace, undo, client, url, transcript):
    session = url(f"sessions/{transcript.source.session_id}")
    before = words_of(transcript)
    answer = replace("dr lib", "Doctolib", [4, 7, 11])
    after = words_of(transcript)

    undo(answer)

    assert words_of(transcript) == before
    assert client.post(f"{session}/undo").json()["code"] == "nothing_to_undo"
    assert client.post(f"{session}/redo").status_code == 200
    assert words_of(transcript) == after
    assert client.post(f"{session}/undo").status_code == 200
    assert words_of(transcript) == before
    [change] = client.get(url("changes")).json()["results"]
    assert change["summary"] == "Replaced “dr lib” by “Doctolib”"
    assert change["undone_at"]
