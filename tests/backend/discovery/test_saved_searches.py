"""Searches people keep: their own, with what is new in them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.discovery.models import SavedSearch
from backend.discovery.services import rebuild_index
from backend.tagging.models import Excerpt

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client_for, url):
    def save_as(user, name, **search):
        return client_for(user).post(
            url("saved-searches"), {"name": name, "search": search}, format="json"
        )

    return save_as


@pytest.fixture
def listed(client_for, url):
    def list_for(user):
        rebuild_index()
        return client_for(user).get(url("saved-searches")).json()["results"]

    return list_for


def mark(make, words, *, days_ago=0):
    excerpt = make.excerpt(make.transcript(words=words))
    moment = timezone.now() - timedelta(days=days_ago)
    Excerpt.objects.filter(id=excerpt.id).update(created_at=moment)
    return excerpt


def test_a_saved_search_counts_what_it_finds_and_what_is_new(
    make, save, listed, bob, client_for, url
):
    mark(make, "a reminder came", days_ago=3)
    rebuild_index()
    made = save(bob, "Reminders", q="reminder", quadrant=[], limit=5)
    assert made.status_code == 201
    assert made.json()["question"] == {"q": "reminder"}
    SavedSearch.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    mark(make, "no reminder came")
    mark(make, "something else")

    (row,) = listed(bob)
    assert (row["name"], row["excerpts"], row["people"], row["new_excerpts"]) == (
        "Reminders", 2, 1, 1,
    )  # fmt: skip

    seen = client_for(bob).post(url(f"saved-searches/{row['id']}/seen")).json()
    assert seen["excerpts"] == 2
    assert seen["last_seen_at"] > row["last_seen_at"]


def test_everyone_sees_only_their_own(make, save, listed, alice, bob, client_for, url):
    saved_id = save(alice, "Mine", q="reminder").json()["id"]

    assert listed(bob) == []
    assert [row["name"] for row in listed(alice)] == ["Mine"]
    path = url(f"saved-searches/{saved_id}")
    assert client_for(bob).patch(path, {"name": "Bob's"}).status_code == 404
    assert client_for(bob).delete(path).status_code == 404
    assert client_for(bob).post(f"{path}/seen").status_code == 404


def test_a_name_is_used_once_by_each(save, alice, bob, client_for, url):
    rebuild_index()
    assert save(alice, "Mine", q="reminder").status_code == 201
    assert save(alice, "Mine", q="other").status_code == 409
    assert save(bob, "Mine", q="other").status_code == 201
    other_id = save(alice, "Other", q="other").json()["id"]
    path = url(f"saved-searches/{other_id}")
    assert client_for(alice).patch(path, {"name": "Mine"}).status_code == 409
    assert client_for(alice).patch(path, {"name": "New"}).json()["name"] == "New"
    assert client_for(alice).delete(path).status_code == 204


@pytest.mark.parametrize(
    "search", [{"quadrant": ["anger"]}, {"study": ["x"]}, "reminder", {"q": "x" * 513}]
)
def test_what_can_t_be_searched_is_not_saved(client_for, url, bob, search):
    answer = client_for(bob).post(
        url("saved-searches"), {"name": "Bad", "search": search}, format="json"
    )
    assert answer.status_code == 400
    assert not SavedSearch.objects.exists()


def test_a_tag_that_is_gone_finds_nothing_and_breaks_nothing(make, save, listed, bob):
    tag = make.tag()
    rebuild_index()
    save(bob, "By tag", tag=[str(tag.id)])
    tag.delete()
    SavedSearch.objects.create(
        workspace=make.workspace, user=bob, name="Old", question={"quadrant": ["anger"]},
        last_seen_at=timezone.now(),
    )  # fmt: skip

    assert [row["excerpts"] for row in listed(bob)] == [0, 0]
