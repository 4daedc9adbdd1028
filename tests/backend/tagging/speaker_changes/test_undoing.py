"""Undoing who was given a turn or merged, by the notice and by the keys."""

import pytest

from backend.sources.models import Speaker, TurnScope
from tests.backend.tagging.speaker_changes.conftest import TURNS, state_of, voices

pytestmark = pytest.mark.django_db


def test_an_undo_is_refused_when_a_later_change_stands_in_the_way(
    assign, undo, transcript, speakers
):
    first = assign(1, "voice", speakers["moderator"])
    second = assign(4, "segment", speakers["P02"])
    before = state_of(transcript)

    refused = undo(first)

    assert refused.status_code == 409
    assert "you changed the same since: “1 turn given to P02”" in refused.data["message"]
    assert "Undo the later change first" in refused.data["remedy"]
    assert state_of(transcript) == before
    assert undo(second).status_code == 200
    assert undo(first).status_code == 200
    assert undo(first).status_code == 409
    assert [label for label, _ in voices(transcript)] == [label for label, _ in TURNS]
    assert all(is_suggested for _, is_suggested in voices(transcript))


def test_a_later_change_of_other_turns_does_not_stand_in_the_way(
    assign, merge, undo, transcript, speakers
):
    first = assign(1, "segment", speakers["moderator"])
    merged = merge(speakers["P02"], speakers["moderator"])
    assign(0, "segment", speakers["P01"])

    assert undo(first).status_code == 200
    assert undo(merged).status_code == 200
    assert voices(transcript)[3] == ("P02", True)


def test_undoing_to_a_speaker_that_was_merged_since_goes_to_the_other_and_back(
    assign, merge, undo, transcript, speakers
):
    before = state_of(transcript)
    given = assign(1, "segment", speakers["moderator"])
    first = merge(speakers["P01"], speakers["P02"])
    second = merge(speakers["P02"], speakers["moderator"])

    assert undo(given).status_code == 200
    assert voices(transcript)[1] == ("moderator", True)
    assert undo(first).status_code == 409, "its turns went on to the moderator"
    assert undo(second).status_code == 200
    assert voices(transcript)[1] == ("P02", True)
    assert undo(first).status_code == 200
    assert state_of(transcript) == before


def test_a_name_that_was_taken_meanwhile_stops_the_undo(merge, undo, transcript, speakers):
    merged = merge(speakers["P02"], speakers["P01"])
    Speaker.objects.create(
        workspace=transcript.workspace, source=transcript.source, label="P02", role="observer"
    )
    before = state_of(transcript)

    refused = undo(merged)

    assert refused.status_code == 409
    assert "another speaker has that name now" in refused.data["message"]
    assert state_of(transcript) == before


def test_a_change_of_a_deleted_session_is_missing(assign, undo, transcript, speakers):
    answer = assign(1, "segment", speakers["P02"])
    session = transcript.source.session
    session.deleted_at = session.created_at
    session.save()
    assert undo(answer).status_code == 404
    assert assign(1, "segment", speakers["P02"]).status_code == 404


@pytest.mark.parametrize("act", [*TurnScope.values, "merge"])
def test_every_way_of_saying_who_speaks_is_undone_and_done_again_by_key(
    act, assign, merge, undo, client_for, rita, url, transcript, speakers
):
    session = url(f"sessions/{transcript.source.session_id}")
    client = client_for(rita)
    before = state_of(transcript)
    if act == "merge":
        answer = merge(speakers["P01"], speakers["P02"])
    else:
        answer = assign(1, act, speakers["P02"])
    after = state_of(transcript)
    assert after != before

    assert client.post(f"{session}/undo").status_code == 200
    assert state_of(transcript) == before
    assert client.post(f"{session}/redo").status_code == 200
    assert state_of(transcript) == after
    assert undo(answer).status_code == 200, "the notice takes back the same"
    assert state_of(transcript) == before
    assert client.post(f"{session}/undo").json()["code"] == "nothing_to_undo"
    assert len(client.get(url("changes")).json()["results"]) == 1
