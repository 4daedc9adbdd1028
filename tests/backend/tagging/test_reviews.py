"""What could not be carried over with certainty: accepted, kept, taken back."""

import pytest

from backend.sources.models import Transcript
from backend.tagging.history.undoing import redo_latest, undo_latest
from backend.tagging.models import Anchor, Change, Excerpt, Review
from backend.tagging.services import switch_version, update_excerpt

pytestmark = pytest.mark.django_db

OLD = "First of all I waited six weeks for a visit and then nobody came to see me"
NEW = "First of all I waited sick weeks for a visit and den somebody can to see me"
# Word ids:  1  2   3  4  5      6     7   8  9  10   11 12  13       14  15 16  17


@pytest.fixture
def old(make):
    return make.transcript(turns=[("P01", OLD)])


@pytest.fixture
def switched(make, old):
    """Put the new version in use; the excerpt over these words, and its review."""

    def switch(first: int, last: int, words: str = NEW) -> tuple[Excerpt, Review]:
        excerpt = make.excerpt(old, first, last)
        new = make.transcript(
            turns=[("P01", words)], source=old.source, version=2, is_current=False
        )
        switch_version(transcript=new)
        excerpt.refresh_from_db()
        return excerpt, Review.objects.get()

    return switch


@pytest.fixture
def act(client_for, rita, url):
    def post(review: Review, verb: str, status: int = 200, **body):
        answer = client_for(rita).post(url(f"reviews/{review.id}/{verb}"), body)
        assert answer.status_code == status, answer.json()
        return answer.json()

    return post


def place(excerpt: Excerpt) -> tuple[int, str]:
    excerpt.refresh_from_db()
    return excerpt.transcript.version, excerpt.text


def test_the_list_shows_old_and_new_side_by_side(switched, client_for, bob, url, old):
    excerpt, _ = switched(4, 10)
    listed = client_for(bob).get(url(f"reviews?source={old.source_id}&state=open")).json()
    assert listed["count"] == 1
    row = listed["results"][0]
    assert (row["outcome"], row["state"]) == ("reworded", "open")
    assert row["old_text"] == "I waited six weeks for a visit"
    assert row["proposed_text"] == row["excerpt"]["text"] == "I waited sick weeks for a visit"
    assert (row["proposed_first_word_id"], row["proposed_last_word_id"]) == (4, 10)
    assert (row["start_ms"], row["end_ms"]) == (excerpt.start_ms, excerpt.end_ms)
    assert row["old_transcript_id"] == str(old.id)
    assert row["transcript_id"] == str(excerpt.transcript_id)
    assert row["excerpt"]["participant"]["real_name"] is None
    assert client_for(bob).get(url("reviews?state=kept")).json()["count"] == 0
    assert client_for(bob).get(url("reviews?state=lost")).status_code == 400


def test_accepting_what_was_reworded_and_taking_it_back(switched, act, rita):
    excerpt, review = switched(4, 10)
    body = act(review, "accept")
    assert body["state"] == "accepted"
    assert body["resolved_by"] == {"id": str(rita.id), "name": "Rita"}
    assert body["resolved_at"] is not None
    assert place(excerpt) == (2, "I waited sick weeks for a visit")
    body = act(review, "reopen")
    assert (body["state"], body["resolved_by"], body["resolved_at"]) == ("open", None, None)


def test_all_that_was_reworded_is_accepted_at_once(client_for, rita, bob, url, old, make):
    make.excerpt(old, 13, 17)
    make.excerpt(old, 11, 12)
    new = make.transcript(turns=[("P01", NEW)], source=old.source, version=2, is_current=False)
    first = make.excerpt(old, 4, 10)
    switch_version(transcript=new)
    outcomes = dict(Review.objects.values_list("excerpt_id", "outcome"))
    reworded = [key for key, outcome in outcomes.items() if outcome == "reworded"]
    assert first.id in reworded

    address = url(f"sources/{old.source_id}/accept-reworded")
    assert client_for(bob).post(address).status_code == 403
    answer = client_for(rita).post(address)

    assert answer.json() == {"accepted": len(reworded)}
    states = dict(Review.objects.values_list("excerpt_id", "state"))
    assert {states[key] for key in reworded} == {"accepted"}
    assert {state for key, state in states.items() if key not in reworded} <= {"open"}
    assert client_for(rita).post(address).json() == {"accepted": 0}


def test_keeping_what_was_reworded_brings_back_its_very_words(switched, act, old, make):
    excerpt, review = switched(4, 10)
    before = Excerpt.objects.get()
    act(review, "keep")
    assert place(excerpt) == (1, "I waited six weeks for a visit")
    assert excerpt.word_ids == list(range(4, 11))
    act(review, "reopen")
    assert place(excerpt) == (2, before.text)
    assert excerpt.word_ids == before.word_ids


def test_accepting_a_proposal_moves_an_uncertain_one_and_reopening_moves_it_back(switched, act):
    excerpt, review = switched(12, 14)
    assert (review.outcome, place(excerpt)) == ("uncertain", (1, "then nobody came"))
    assert review.proposed_text == "den somebody can"
    act(review, "accept")
    assert place(excerpt) == (2, "den somebody can")
    act(review, "accept", first_word_id=11)
    assert place(excerpt) == (2, "and den somebody can")
    act(review, "reopen")
    assert place(excerpt) == (1, "then nobody came")
    act(review, "keep")
    assert place(excerpt) == (1, "then nobody came")
    act(review, "reopen")
    act(review, "accept", first_word_id=11, last_word_id=12)
    assert place(excerpt) == (2, "and den")


def test_without_a_proposal_somebody_must_mark_the_words(switched, act):
    excerpt, review = switched(12, 14, words="First of all")
    assert review.proposed_first_word_id is None
    body = act(review, "accept", status=400)
    assert "Mark the words" in body["remedy"]
    act(review, "accept", status=400, first_word_id=50, last_word_id=51)
    assert place(excerpt) == (1, "then nobody came")
    act(review, "accept", first_word_id=2, last_word_id=3)
    assert place(excerpt) == (2, "of all")


def test_a_range_changed_meanwhile_is_not_overwritten(switched, act):
    excerpt, review = switched(4, 10)
    update_excerpt(excerpt=excerpt, last_word_id=7)
    body = act(review, "keep", status=409)
    assert "range" in body["message"]
    act(review, "accept")
    act(review, "reopen")
    assert place(excerpt) == (2, "I waited sick weeks")


def test_reviews_of_a_version_out_of_use_wait_until_it_is_in_use_again(
    switched, act, client_for, rita, url, old
):
    excerpt, review = switched(12, 14)
    act(review, "keep")
    new = review.transcript
    switch_version(transcript=old)
    assert client_for(rita).get(url("reviews")).json()["count"] == 0
    act(review, "accept", status=409)
    new.refresh_from_db()
    switch_version(transcript=new)
    listed = client_for(rita).get(url("reviews")).json()["results"]
    assert [row["state"] for row in listed] == ["kept"], "what somebody decided is kept"
    assert place(excerpt) == (1, "then nobody came")


def test_a_third_version_that_is_certain_ends_the_wait(switched, make, old):
    excerpt, _ = switched(12, 14)
    third = make.transcript(turns=[("P01", OLD)], source=old.source, version=3, is_current=False)
    assert switch_version(transcript=third).carried == 1
    assert place(excerpt) == (3, "then nobody came")


def test_the_list_takes_constant_queries(switched, make, client_for, rita, url, count_queries, old):
    switched(12, 14)

    def read():
        assert client_for(rita).get(url(f"reviews?source={old.source_id}")).status_code == 200

    few = count_queries(read)
    for _ in range(5):
        excerpt = make.excerpt(make.transcript(), 1, 2)
        Review.objects.filter(id=make.review(excerpt).id).update()
        excerpt.source = old.source
        excerpt.save()
    assert client_for(rita).get(url(f"reviews?source={old.source_id}")).json()["count"] == 6
    assert count_queries(read) == few


@pytest.mark.parametrize("verb", ["accept", "keep", "reopen"])
def test_only_researchers_decide(switched, client_for, url, paul, bob, charlie, verb):
    _, review = switched(4, 10)
    for user, status in ((paul, 403), (bob, 403), (charlie, 404)):
        assert client_for(user).post(url(f"reviews/{review.id}/{verb}")).status_code == status


def rows() -> list[list[dict]]:
    """Everything that a decision may change, but when it was last touched."""
    tables = (Excerpt, Review, Anchor, Transcript)
    return [
        [
            {name: value for name, value in row.items() if name != "updated_at"}
            for row in table.objects.order_by("id").values()
        ]
        for table in tables
    ]


@pytest.mark.parametrize(
    ("first", "last", "verb", "body", "said"),
    [
        (4, 10, "accept", {}, "Accepted: “I waited six weeks for a visit”"),
        (4, 10, "keep", {}, "Kept as it was: “I waited six weeks for a visit”"),
        (13, 17, "accept", {"first_word_id": 13, "last_word_id": 15}, "Accepted: “nobody"),
    ],
)
def test_a_decision_is_undone_and_done_again(
    switched, act, rita, old, first, last, verb, body, said
):
    _, review = switched(first, last)
    scope = {"workspace_id": old.workspace_id, "session_id": old.source.session_id, "user": rita}
    before = rows()
    act(review, verb, **body)
    after = rows()

    change = undo_latest(**scope)
    assert change.summary.startswith(said)
    assert rows() == before

    redo_latest(**scope)
    assert rows() == after != before


def test_putting_a_version_in_use_is_undone_by_putting_the_other_in_use(
    make, old, client_for, rita, url
):
    excerpt = make.excerpt(old, 4, 10)
    new = make.transcript(turns=[("P01", NEW)], source=old.source, version=2, is_current=False)
    scope = {"workspace_id": old.workspace_id, "session_id": old.source.session_id, "user": rita}

    assert client_for(rita).post(url(f"transcripts/{new.id}/make-current")).status_code == 200
    assert place(excerpt) == (2, "I waited sick weeks for a visit")

    undo_latest(**scope)
    assert place(excerpt) == (1, "I waited six weeks for a visit")
    assert list(Transcript.objects.filter(is_current=True)) == [old]

    redo_latest(**scope)
    assert place(excerpt) == (2, "I waited sick weeks for a visit")
    assert Change.objects.count() == 1
