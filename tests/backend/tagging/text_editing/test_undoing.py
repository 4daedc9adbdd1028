"""Whatever is done to a text goes back and forth."""

import pytest

from backend.tagging.models import Change, Review
from tests.backend.tagging.text_editing.conftest import STEP, check_order, edit, post


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
