"""Excerpts on words that recognition was unsure of, and who has heard them."""

import pytest

from backend.tagging.models import Excerpt
from backend.tagging.services import correct_word, mark_heard, update_excerpt

pytestmark = pytest.mark.django_db

WORDS = "I waited six weeks for a visit"
UNSURE = 3  # “six”


@pytest.fixture
def transcript(make):
    made = make.transcript(words=WORDS)
    segment = made.segments.get()
    segment.words[UNSURE - 1][4] = 0.1
    segment.save()
    return made


@pytest.fixture
def mark(client_for, rita, url, transcript):
    def mark_words(first: int, last: int) -> dict:
        body = {
            "transcript_id": str(transcript.id),
            "first_word_id": first,
            "last_word_id": last,
        }
        return client_for(rita).post(url("excerpts"), body).json()

    return mark_words


@pytest.mark.parametrize(("first", "last", "is_doubtful"), [(2, 4, True), (4, 7, False)])
def test_an_excerpt_is_as_doubtful_as_its_words(mark, first, last, is_doubtful):
    body = mark(first, last)
    assert (body["is_doubtful"], body["heard_at"]) == (is_doubtful, None)


@pytest.mark.parametrize("doubt", ["loop", "silence", "unsure"])
def test_in_a_doubtful_passage_every_word_is_in_doubt(mark, transcript, doubt):
    transcript.segments.update(doubt=doubt)
    assert mark(4, 7)["is_doubtful"] is True


def test_everyone_who_may_write_insights_may_say_it_was_heard(
    mark, client_for, url, rita, paul, bob, charlie
):
    excerpt_url = url(f"excerpts/{mark(2, 4)['id']}/heard")
    for user, status in ((bob, 403), (charlie, 404), (rita, 200), (paul, 200)):
        assert client_for(user).put(excerpt_url, {"how": "played"}).status_code == status
    row = Excerpt.objects.get()
    assert (row.heard_by, row.heard_how) == (rita, "played"), "who heard it first is kept"
    body = client_for(paul).delete(excerpt_url).json()
    assert (body["heard_at"], body["is_doubtful"]) == (None, True)
    body = client_for(paul).put(excerpt_url, {"how": "said"}).json()
    assert body["heard_at"] is not None
    assert Excerpt.objects.get().heard_how == "said"


@pytest.mark.parametrize("body", [{}, {"how": "guessed"}])
def test_how_it_was_heard_must_be_told(mark, client_for, url, paul, body):
    excerpt_url = url(f"excerpts/{mark(2, 4)['id']}/heard")
    assert client_for(paul).put(excerpt_url, body).status_code == 400
    assert Excerpt.objects.get().heard_at is None


def test_correcting_the_word_makes_it_certain(make, transcript, rita):
    excerpt = make.excerpt(transcript, 2, 4, is_doubtful=True)
    correct_word(segment=transcript.segments.get(), word_id=UNSURE, text="sixteen")
    excerpt.refresh_from_db()
    assert (excerpt.text, excerpt.is_doubtful) == ("waited sixteen weeks", False)


def test_what_was_heard_was_heard_of_these_words(make, transcript, rita):
    excerpt = make.excerpt(transcript, 2, 4, is_doubtful=True)
    mark_heard(excerpt=excerpt, user=rita, how="played")
    excerpt.refresh_from_db()
    update_excerpt(excerpt=excerpt, is_key_quote=True)
    excerpt.refresh_from_db()
    assert excerpt.heard_at is not None
    update_excerpt(excerpt=excerpt, first_word_id=1)
    excerpt.refresh_from_db()
    assert (excerpt.is_doubtful, excerpt.heard_at, excerpt.heard_by) == (True, None, None)
