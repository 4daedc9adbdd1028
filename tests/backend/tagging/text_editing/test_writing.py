"""Writing a turn anew: words keep their ids, and nobody is overwritten."""

from backend.sources.models import RetiredWord, Segment, Transcript, WordCorrection
from backend.tagging.models import Change
from tests.backend.tagging.text_editing.conftest import STEP, check_order, edit, ids_of, post, said


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
