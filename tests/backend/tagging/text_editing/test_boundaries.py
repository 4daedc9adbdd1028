"""Turns are split and joined, and the boundary between two moves."""

import pytest

from backend.sources.models import Segment
from backend.tagging.models import Change
from tests.backend.tagging.text_editing.conftest import STEP, check_order, post, said


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
