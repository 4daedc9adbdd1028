"""Searches people keep: their own, with what is new in them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.discovery import selectors
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
        return client_for(user).get(url("saved-searches")).json()["results"]

    return list_for


@pytest.fixture
def counted(client_for, url):
    def count_for(user, *ids):
        rebuild_index()
        return client_for(user).get(url("saved-searches/counts"), {"id": ids}).json()

    return count_for


def mark(make, words, *, days_ago=0):
    excerpt = make.excerpt(make.transcript(words=words))
    moment = timezone.now() - timedelta(days=days_ago)
    Excerpt.objects.filter(id=excerpt.id).update(created_at=moment)
    return excerpt


def test_a_saved_search_counts_what_it_finds_and_what_is_new(
    make, save, listed, counted, bob, client_for, url
):
    mark(make, "a reminder came", days_ago=3)
    rebuild_index()
    made = save(bob, "Reminders", q="reminder", quadrant=[], limit=5)
    assert made.status_code == 201
    assert made.json()["question"] == {"q": "reminder"}
    SavedSearch.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    mark(make, "no reminder came", days_ago=0.5)
    mark(make, "something else")

    (row,) = listed(bob)
    answer = counted(bob, row["id"])
    assert answer == {
        "people_total": 1,
        "results": [{"id": row["id"], "excerpts": 2, "people": 1, "new_excerpts": 1}],
    }

    seen = client_for(bob).post(url(f"saved-searches/{row['id']}/seen")).json()
    assert seen["last_seen_at"] > row["last_seen_at"]
    assert counted(bob, row["id"])["results"][0]["new_excerpts"] == 0


def test_what_has_only_some_of_the_words_is_no_news(make, save, counted, bob):
    mark(make, "the reminder for parking", days_ago=3)
    saved_id = save(bob, "Both", q="reminder parking").json()["id"]
    SavedSearch.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    mark(make, "a reminder came")

    (row,) = counted(bob, saved_id)["results"]
    assert (row["excerpts"], row["new_excerpts"]) == (1, 0)


def test_listing_them_searches_nothing_and_counting_is_bounded(
    make, save, listed, bob, client_for, url, monkeypatch
):
    for number in range(15):
        make.saved_search(f"Search {number}", bob, q="reminder")
    asked = []
    monkeypatch.setattr(selectors, "search_index", asked.append)
    ids = [row["id"] for row in listed(bob)]
    assert len(ids) == 15
    assert asked == []
    refused = client_for(bob).get(url("saved-searches/counts"), {"id": ids})
    assert refused.status_code == 400
    assert asked == []


def test_they_stand_in_the_order_their_owner_chose(make, listed, alice, bob, client_for, url):
    one, _, three = (make.saved_search(name, bob, q=name) for name in ("one", "two", "three"))
    theirs = make.saved_search("hers", alice, q="x")
    order = url("saved-searches/order")

    client_for(bob).put(order, {"ids": [str(three.id), str(one.id)]})
    assert [row["name"] for row in listed(bob)] == ["three", "one", "two"]
    assert client_for(bob).put(order, {"ids": [str(theirs.id)]}).status_code == 400
    client_for(bob).post(url("saved-searches"), {"name": "four", "search": {"q": "four"}})
    assert [row["name"] for row in listed(bob)] == ["three", "one", "two", "four"]


def test_a_deleted_one_comes_back_as_it_was(make, listed, bob, client_for, url):
    row = make.saved_search("Mine", bob, q="reminder")
    path = url(f"saved-searches/{row.id}")
    client_for(bob).patch(path, {"is_in_digest": True})
    (before,) = listed(bob)

    assert client_for(bob).delete(path).status_code == 204
    assert listed(bob) == []
    assert client_for(bob).patch(path, {"name": "New"}).status_code == 404
    assert client_for(bob).post(f"{path}/restore").json() == before
    assert before["is_in_digest"]

    client_for(bob).delete(path)
    make.saved_search("Mine", bob, q="other")
    taken = client_for(bob).post(f"{path}/restore")
    assert taken.status_code == 409
    assert "already" in taken.json()["message"]


def test_everyone_sees_only_their_own(make, save, listed, alice, bob, client_for, url):
    saved_id = save(alice, "Mine", q="reminder").json()["id"]

    assert listed(bob) == []
    assert [row["name"] for row in listed(alice)] == ["Mine"]
    path = url(f"saved-searches/{saved_id}")
    assert client_for(bob).patch(path, {"name": "Bob's"}).status_code == 404
    assert client_for(bob).delete(path).status_code == 404
    assert client_for(bob).post(f"{path}/seen").status_code == 404


def test_a_name_is_used_once_by_each(save, alice, bob, client_for, url):
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


def test_a_tag_that_is_gone_finds_nothing_and_breaks_nothing(make, save, counted, bob):
    tag = make.tag()
    by_tag = save(bob, "By tag", tag=[str(tag.id)]).json()["id"]
    tag.delete()
    old = make.saved_search("Old", bob, quadrant=["anger"])

    assert [row["excerpts"] for row in counted(bob, by_tag, old.id)["results"]] == [0, 0]
