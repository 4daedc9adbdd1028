"""Editing turns in place: words keep their ids, excerpts come along, nobody is overwritten."""

import pytest

from backend.sources.models import RetiredWord, Segment, Transcript, WordCorrection
from backend.tagging.models import Change, Review

STEP = 64


@pytest.fixture
def transcript(make):
    return make.transcript(
        turns=[
            ("P01", "the hause was cold all night"),
            ("moderator", "how long did that last"),
            ("P01", "about two weeks"),
        ],
        step=STEP,
    )


@pytest.fixture
def turns(transcript):
    return list(transcript.segments.all())


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def edit(client, url, turn, text, expected=None):
    body = {"text": text, "expected_text": said(turn) if expected is None else expected}
    return client.put(url(f"segments/{turn.id}/text"), body, format="json")


def post(client, url, turn, act, **body):
    return client.post(url(f"segments/{turn.id}/{act}"), body, format="json")


def said(turn) -> str:
    return " ".join(word[1] for word in turn.words)


def ids_of(turn) -> list[int]:
    return [word[0] for word in turn.words]


def check_order(transcript) -> None:
    """What everything relies on: ids rise in reading order, and positions go with them."""
    transcript.refresh_from_db()
    last = 0
    for turn in transcript.segments.order_by("position"):
        assert last < turn.position <= turn.words[0][0]
        assert ids_of(turn) == sorted(set(ids_of(turn)))
        last = turn.words[-1][0]
    assert transcript.next_word_id > last
    words = sum(len(turn.words) for turn in transcript.segments.all())
    assert transcript.word_count == words


def test_a_turn_is_written_anew_word_by_word(rita_client, url, transcript, turns):
    before = turns[0].words

    answer = edit(rita_client, url, turns[0], "the house was really cold all night")

    assert answer.status_code == 200
    turn = Segment.objects.get(id=turns[0].id)
    assert said(turn) == "the house was really cold all night"
    assert [word for word in turn.words if word[1] not in ("house", "really")] == [
        word for word in before if word[1] != "hause"
    ]
    assert turn.words[1] == [before[1][0], "house", *before[1][2:4], 1.0]
    assert before[2][0] < turn.words[3][0] < before[3][0]
    data = answer.json()
    assert data["segments"][0]["words"] == said(turn).split()
    assert data["deleted_segment_ids"] == []
    change = Change.objects.get(id=data["change"]["id"])
    assert (change.verb, change.summary) == ("text.edit", "Wrote “house really”")
    correction = WordCorrection.objects.get()
    assert (correction.before, correction.after) == ("hause", "house")
    check_order(transcript)


def test_writing_the_same_changes_nothing(rita_client, url, turns):
    answer = edit(rita_client, url, turns[0], f"  {said(turns[0])} ", expected="something older")

    assert answer.status_code == 200
    assert answer.json()["change"] is None
    assert not Change.objects.exists()


def test_who_comes_second_is_told_and_overwrites_nothing(client_for, alice, rita, url, turns):
    read_by_both = said(turns[0])
    edit(client_for(rita), url, turns[0], "the house was cold all night")

    answer = edit(client_for(alice), url, turns[0], "my hause was cold", expected=read_by_both)

    assert answer.status_code == 409
    error = answer.json()
    assert error["code"] == "turn_changed"
    assert error["message"] == "Rita changed this turn just now, while you were writing."
    assert error["fields"]["segment"]["words"] == ["the", "house", "was", "cold", "all", "night"]
    assert said(Segment.objects.get(id=turns[0].id)) == "the house was cold all night"
    assert edit(client_for(alice), url, turns[1], "how long").status_code == 200


def test_two_people_in_different_turns_do_not_meet(client_for, alice, rita, url, turns):
    assert edit(client_for(rita), url, turns[0], "the house").status_code == 200
    assert edit(client_for(alice), url, turns[2], "two weeks").status_code == 200


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


def test_ids_of_words_that_are_gone_are_not_used_again(rita_client, url, transcript, turns):
    edit(rita_client, url, turns[0], "the hause was new cold all night")
    turn = Segment.objects.get(id=turns[0].id)
    gone = turn.words[3][0]
    edit(rita_client, url, turn, "the hause was cold all night")
    turn.refresh_from_db()
    assert RetiredWord.objects.get().word_id == gone

    edit(rita_client, url, turn, "the hause was other cold all night")

    turn.refresh_from_db()
    assert gone not in ids_of(turn)
    check_order(transcript)


def test_without_text_a_turn_goes(rita_client, url, transcript, turns):
    answer = edit(rita_client, url, turns[1], "")

    assert answer.json()["deleted_segment_ids"] == [str(turns[1].id)]
    assert answer.json()["change"]["summary"] == "Deleted “how long did that last”"
    assert not Segment.objects.filter(id=turns[1].id).exists()
    check_order(transcript)
    assert edit(rita_client, url, turns[1], "x").status_code == 404


def test_words_at_the_end_of_the_transcript_have_all_the_room(rita_client, url, transcript, turns):
    text = "about two weeks " + "and on " * 200

    assert edit(rita_client, url, turns[2], text).status_code == 200

    check_order(transcript)
    assert Transcript.objects.get().word_count == 6 + 5 + 3 + 400


def test_a_turn_is_split_and_joined_again(rita_client, url, make, transcript, turns):
    inside = make.excerpt(transcript, STEP * 4, STEP * 6)
    moderator = turns[1].speaker

    answer = post(
        rita_client, url, turns[0], "split", word_id=STEP * 4, speaker_id=str(moderator.id)
    )

    assert answer.status_code == 200
    first, second = Segment.objects.filter(transcript=transcript).order_by("position")[:2]
    assert [said(first), said(second)] == ["the hause was", "cold all night"]
    assert (first.end_ms, second.start_ms) == (first.words[-1][3], second.words[0][2])
    assert second.speaker == moderator
    inside.refresh_from_db()
    assert inside.speaker == moderator
    assert inside.participant is None
    check_order(transcript)

    answer = post(rita_client, url, first, "join", expected_text=said(first))

    assert answer.json()["deleted_segment_ids"] == [str(second.id)]
    joined = Segment.objects.get(id=first.id)
    assert joined.words == turns[0].words
    assert (joined.start_ms, joined.end_ms) == (turns[0].start_ms, turns[0].end_ms)
    inside.refresh_from_db()
    assert inside.participant == turns[0].speaker.participant
    check_order(transcript)
    assert list(Change.objects.order_by("number").values_list("verb", flat=True)) == [
        "text.split",
        "text.join",
    ]


@pytest.mark.parametrize(
    ("word", "first", "second"),
    [
        (5, "the hause was cold", "all night how long did that last"),
        (9, "the hause was cold all night how long", "did that last"),
    ],
)
def test_a_boundary_moves_both_ways(rita_client, url, make, transcript, turns, word, first, second):
    excerpt = make.excerpt(transcript, STEP * 8, STEP * 8)

    answer = post(rita_client, url, turns[1], "boundary", word_id=STEP * word)

    assert answer.status_code == 200
    now = list(transcript.segments.order_by("position"))
    assert [said(turn) for turn in now[:2]] == [first, second]
    assert (now[0].end_ms, now[1].start_ms) == (now[0].words[-1][3], now[1].words[0][2])
    check_order(transcript)
    excerpt.refresh_from_db()
    assert excerpt.speaker == (turns[0].speaker if word == 9 else turns[1].speaker)


def test_what_can_not_be_done_is_refused(rita_client, url, make, transcript, turns):
    other = make.speaker(make.source(), "P09")
    refused = [
        (post(rita_client, url, turns[0], "split", word_id=STEP), 400),
        (post(rita_client, url, turns[0], "split", word_id=STEP * 9), 404),
        (
            post(rita_client, url, turns[0], "split", word_id=STEP * 2, speaker_id=str(other.id)),
            400,
        ),
        (post(rita_client, url, turns[2], "join"), 409),
        (post(rita_client, url, turns[0], "join", expected_text="older words"), 409),
        (post(rita_client, url, turns[0], "boundary", word_id=STEP * 2), 409),
        (post(rita_client, url, turns[1], "boundary", word_id=STEP), 400),
        (post(rita_client, url, turns[1], "boundary", word_id=STEP * 13), 404),
    ]

    assert [answer.status_code for answer, _ in refused] == [status for _, status in refused]
    assert not Change.objects.exists()
    check_order(transcript)


def test_a_boundary_where_it_is_already_changes_nothing(rita_client, url, turns):
    answer = post(rita_client, url, turns[1], "boundary", word_id=STEP * 7)

    assert answer.json()["change"] is None


def test_a_growing_transcript_is_not_edited(rita_client, url, transcript, turns):
    Transcript.objects.update(state="in_progress")

    answers = [
        edit(rita_client, url, turns[0], "the house"),
        post(rita_client, url, turns[0], "split", word_id=STEP * 2),
        post(rita_client, url, turns[0], "join"),
        post(rita_client, url, turns[1], "boundary", word_id=STEP * 2),
    ]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(409, "still_growing")] * 4


def test_a_stretch_that_was_not_recognised_is_no_turn(rita_client, url, transcript, turns):
    Segment.objects.filter(id=turns[1].id).update(words=[], doubt="gap")

    assert edit(rita_client, url, turns[1], "x", expected="").status_code == 409
    assert post(rita_client, url, turns[0], "join").status_code == 409


def test_a_viewer_reads_only(client_for, bob, url, turns):
    client = client_for(bob)

    assert edit(client, url, turns[0], "mine").status_code == 403
    assert post(client, url, turns[0], "split", word_id=STEP * 2).status_code == 403
    assert post(client, url, turns[0], "join").status_code == 403
    assert post(client, url, turns[1], "boundary", word_id=STEP * 2).status_code == 403


@pytest.mark.parametrize("act", ["edit", "delete", "split", "join", "boundary"])
def test_everything_goes_back_and_forth(rita_client, url, make, transcript, turns, act):
    make.excerpt(transcript, STEP * 5, STEP * 8)
    make.excerpt(transcript, STEP * 2, STEP * 2)
    before = state(transcript)
    answer = {
        "edit": lambda: edit(rita_client, url, turns[0], "a house was cold"),
        "delete": lambda: edit(rita_client, url, turns[0], ""),
        "split": lambda: post(rita_client, url, turns[0], "split", word_id=STEP * 6),
        "join": lambda: post(rita_client, url, turns[0], "join"),
        "boundary": lambda: post(rita_client, url, turns[1], "boundary", word_id=STEP * 5),
    }[act]()
    assert answer.status_code == 200
    after = state(transcript)
    change_id = answer.json()["change"]["id"]

    assert rita_client.post(url(f"changes/{change_id}/undo")).status_code == 200
    assert state(transcript) == before
    check_order(transcript)
    again = rita_client.post(url(f"changes/{change_id}/redo"))
    assert again.status_code == 200, again.json()
    assert state(transcript) == after
    check_order(transcript)


@pytest.mark.parametrize("act", ["correct", "replace", "assign", "merge", "rename"])
def test_what_is_done_elsewhere_in_the_text_goes_back_too(
    rita_client, url, make, transcript, turns, act
):
    make.excerpt(transcript, STEP * 2, STEP * 6)
    before = state(transcript)
    speaker, path = turns[0].speaker, url(f"transcripts/{transcript.id}")
    address, body = {
        "correct": (url(f"segments/{turns[0].id}/words/{STEP * 2}"), {"text": "house"}),
        "replace": (
            f"{path}/replace",
            {"find": "all night", "replace": "always", "first_word_ids": [STEP * 5]},
        ),
        "assign": (
            f"{path}/assign-speaker",
            {
                "segment_id": str(turns[0].id),
                "scope": "segment",
                "speaker_id": str(turns[1].speaker_id),
            },
        ),
        "merge": (
            url(f"speakers/{speaker.id}/merge"),
            {"into_speaker_id": str(turns[1].speaker_id)},
        ),
        "rename": (url(f"speakers/{speaker.id}"), {"role": "observer"}),
    }[act]
    send = rita_client.patch if act == "rename" else rita_client.post
    assert send(address, body, format="json").status_code == 200
    after = state(transcript)
    session = url(f"sessions/{transcript.source.session_id}")

    assert rita_client.post(f"{session}/undo").status_code == 200
    assert state(transcript) == before
    assert rita_client.post(f"{session}/redo").status_code == 200
    assert state(transcript) == after
    assert Change.objects.count() == 1


def state(transcript) -> list[object]:
    """All that people see of a transcript."""
    turns = transcript.segments.order_by("position")
    excerpts = transcript.excerpts.order_by("created_at")
    reviews = Review.objects.filter(transcript=transcript).order_by("excerpt__created_at")
    return [
        list(turns.values("id", "position", "speaker_id", "start_ms", "end_ms", "words")),
        list(
            excerpts.values(
                "id", "word_ids", "text", "start_ms", "end_ms", "speaker_id", "participant_id"
            )
        ),
        list(reviews.values("excerpt_id", "outcome", "state", "old_text")),
    ]
