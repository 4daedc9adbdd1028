"""Where people stopped, through the API: each their own, and the last that was told."""

import pytest

from backend.sources.models import ReadingPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(make):
    return make.transcript(turns=[("P09", "I waited six weeks")]).source


@pytest.fixture
def place_of(client_for, url, source):
    def read(user):
        return client_for(user).get(url(f"sources/{source.id}/place"))

    return read


@pytest.fixture
def stop_at(client_for, url, source):
    def put(user, **body):
        return client_for(user).put(url(f"sources/{source.id}/place"), body, format="json")

    return put


def test_each_person_comes_back_to_their_own_place(place_of, stop_at, rita, bob):
    assert place_of(rita).status_code == 204
    assert stop_at(rita, word_id=3, position_ms=12_345).status_code == 204
    assert stop_at(bob, word_id=1, position_ms=None).status_code == 204

    assert {**place_of(rita).json(), "updated_at": ""} == {
        "word_id": 3,
        "position_ms": 12_345,
        "updated_at": "",
    }
    assert place_of(bob).json()["word_id"] == 1


def test_only_the_last_place_is_kept(place_of, stop_at, source, rita):
    stop_at(rita, word_id=3, position_ms=12_345)
    before = place_of(rita).json()["updated_at"]
    stop_at(rita, word_id=None, position_ms=20_000)

    place = ReadingPlace.objects.get(source=source)
    assert (place.user, place.word_id, place.position_ms) == (rita, None, 20_000)
    assert place_of(rita).json()["updated_at"] > before


@pytest.mark.parametrize(
    "body", [{}, {"word_id": -1, "position_ms": 0}, {"word_id": "a", "position_ms": None}]
)
def test_what_is_no_place_is_refused(stop_at, source, rita, body):
    assert stop_at(rita, **body).status_code == 400
    assert not ReadingPlace.objects.filter(source=source).exists()


def test_reading_takes_as_many_queries_with_many_places(
    place_of, stop_at, count_queries, rita, bob, paul
):
    stop_at(rita, word_id=3, position_ms=0)
    one = count_queries(lambda: place_of(rita))
    for user in (bob, paul):
        stop_at(user, word_id=2, position_ms=0)
    assert count_queries(lambda: place_of(rita)) == one
