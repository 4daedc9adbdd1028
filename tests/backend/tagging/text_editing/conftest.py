"""Three turns with room between their words, and short ways to edit them."""

import pytest

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
