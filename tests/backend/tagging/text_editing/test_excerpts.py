"""Excerpts of a turn that is written anew: they say the new words, or are kept for review."""

from backend.sources.models import Segment
from backend.tagging.models import Review
from tests.backend.tagging.text_editing.conftest import STEP, edit, ids_of


def test_an_excerpt_says_the_new_words(rita_client, url, make, transcript, turns):
    excerpt = make.excerpt(transcript, STEP * 2, STEP * 4)

    edit(rita_client, url, turns[0], "the house was really cold all night")

    excerpt.refresh_from_db()
    assert excerpt.text == "house was really cold"
    assert len(excerpt.word_ids) == 4
    assert not Review.objects.exists()


def test_an_excerpt_that_lost_all_its_words_is_kept_for_review(
    rita_client, url, make, transcript, turns
):
    excerpt = make.excerpt(transcript, STEP * 5, STEP * 6)

    edit(rita_client, url, turns[0], "the hause was cold")

    excerpt.refresh_from_db()
    review = Review.objects.get()
    assert (excerpt.text, excerpt.word_ids) == ("all night", [STEP * 5, STEP * 6])
    assert (review.outcome, review.state, review.old_text) == ("uncertain", "open", "all night")
    assert review.proposed_first_word_id is None
    listed = rita_client.get(url("reviews"), {"state": "open"}).json()["results"]
    assert [row["excerpt"]["id"] for row in listed] == [str(excerpt.id)]
    refused = rita_client.post(url(f"reviews/{review.id}/accept"), {}, format="json")
    assert refused.status_code == 400
    placed = {"first_word_id": STEP, "last_word_id": STEP * 2}
    rita_client.post(url(f"reviews/{review.id}/accept"), placed, format="json")
    excerpt.refresh_from_db()
    assert excerpt.text == "the hause"


def test_such_an_excerpt_may_stay_as_it_was(rita_client, url, make, transcript, turns):
    make.excerpt(transcript, STEP * 5, STEP * 6)
    edit(rita_client, url, turns[0], "the hause was cold")
    review = Review.objects.get()

    kept = rita_client.post(url(f"reviews/{review.id}/keep"))
    assert (kept.status_code, kept.json()["state"]) == (200, "kept")
    reopened = rita_client.post(url(f"reviews/{review.id}/reopen"))
    assert (reopened.status_code, reopened.json()["state"]) == (200, "open")


def test_words_taken_out_and_put_elsewhere_are_proposed(rita_client, url, make, transcript, turns):
    make.excerpt(transcript, STEP * 5, STEP * 6)

    edit(rita_client, url, turns[0], "all night the hause was cold")

    review = Review.objects.get()
    turn = Segment.objects.get(id=turns[0].id)
    assert review.proposed_text == "all night"
    assert [review.proposed_first_word_id, review.proposed_last_word_id] == ids_of(turn)[:2]


def test_an_excerpt_of_mostly_other_words_is_looked_at(rita_client, url, make, transcript, turns):
    make.excerpt(transcript, STEP * 4, STEP * 6)

    edit(rita_client, url, turns[0], "the hause was warm every night")

    review = Review.objects.get()
    assert (review.outcome, review.old_text) == ("reworded", "cold all night")
    assert review.proposed_text == "warm every night"


def test_a_word_spelled_anew_is_no_other_word(rita_client, url, make, transcript, turns):
    make.excerpt(transcript, STEP * 2, STEP * 2)

    edit(rita_client, url, turns[0], "the house was cold all night")

    assert not Review.objects.exists()
