"""A transcript in which a name was heard wrongly, and short ways to replace and undo."""

import pytest

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
