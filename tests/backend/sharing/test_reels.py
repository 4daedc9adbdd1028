"""Reels: made of excerpts, ordered, and never showing what is gone."""

from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backend.sharing.models import Reel, ReelItem
from backend.sharing.services import MAX_ITEMS, order_reel
from backend.studies.models import ConsentState

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(make):
    """An excerpt of this person in a session of their own; each word lasts 400 ms."""

    def say(code_name: str = "P01", text: str = "I waited six weeks", **values):
        return make.excerpt(make.transcript(turns=[(code_name, text)], **values))

    return say


@pytest.fixture
def paul_client(client_for, paul):
    return client_for(paul)


@pytest.fixture
def create(paul_client, url):
    """Make a reel through the API as paul, the product manager."""

    def create_reel(*excerpts, **values):
        body = {"title": "Waiting", "excerpt_ids": [str(one.id) for one in excerpts], **values}
        return paul_client.post(url("reels"), body, format="json")

    return create_reel


def heard(reel: dict) -> list[str]:
    return [item["excerpt"]["id"] for item in reel["items"]]


def ids_of(*excerpts) -> list[str]:
    return [str(excerpt.id) for excerpt in excerpts]


def test_a_reel_is_made_of_excerpts_in_the_order_they_were_chosen(create, said, paul):
    first, second, again = said("P01"), said("P02"), said("P01")
    answer = create(second, again, first, description="For the quarterly meeting")
    assert answer.status_code == 201
    reel = answer.json()["reel"]
    assert heard(reel) == ids_of(second, again, first)
    assert (reel["excerpt_count"], reel["people_count"], reel["missing_count"]) == (3, 2, 0)
    length_ms = sum(one.end_ms - one.start_ms for one in (first, second, again))
    assert reel["length_ms"] == length_ms > 3000
    assert reel["created_by"] == {"id": str(paul.id), "name": "Paul"}
    assert reel["items"][0]["excerpt"]["participant"]["real_name"] is None
    assert answer.json()["added_ids"] == [item["id"] for item in reel["items"]]


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"excerpt_ids": [str(uuid4())]},
        {"excerpt_ids": ["x"]},
        {"excerpt_ids": [str(uuid4())] * (MAX_ITEMS + 1)},
    ],
)
def test_bad_input_makes_nothing(create, values):
    assert create(**values).status_code == 400
    assert not Reel.objects.exists()


def test_excerpts_of_elsewhere_or_gone_are_refused(create, said, other_workspace):
    theirs, deleted, withdrawn = said("P01"), said("P02"), said("P03")
    type(theirs).objects.filter(id=theirs.id).update(workspace=other_workspace)
    type(deleted).objects.filter(id=deleted.id).update(deleted_at=timezone.now())
    withdrawn.participant.consent = ConsentState.WITHDRAWN
    withdrawn.participant.save()
    for excerpt in (theirs, deleted, withdrawn):
        assert create(excerpt).status_code == 400


def test_adding_again_is_told_and_changes_nothing(create, said, paul_client, url):
    known, new, last = said("P01"), said("P02"), said("P03")
    reel = create(known, last).json()["reel"]
    answer = paul_client.post(
        url(f"reels/{reel['id']}/items"),
        {"excerpt_ids": ids_of(known, new, new), "before": reel["items"][1]["id"]},
        format="json",
    )
    body = answer.json()
    assert heard(body["reel"]) == ids_of(known, new, last)
    assert (len(body["added_ids"]), body["known_count"]) == (1, 1)
    undone = paul_client.post(
        url(f"reels/{reel['id']}/items/remove"), {"item_ids": body["added_ids"]}, format="json"
    )
    assert heard(undone.json()) == ids_of(known, last)


def test_a_reel_has_room_for_so_many(create, said, paul_client, url, monkeypatch):
    monkeypatch.setattr("backend.sharing.services.MAX_ITEMS", 2)
    reel = create(said("P01"), said("P02")).json()["reel"]
    answer = paul_client.post(
        url(f"reels/{reel['id']}/items"), {"excerpt_ids": ids_of(said("P03"))}, format="json"
    )
    assert answer.status_code == 400
    assert "at most 2" in answer.json()["message"]
    assert ReelItem.objects.count() == 2


def test_a_new_order_keeps_what_it_does_not_name(create, said, paul_client, url):
    one, two, three, hidden, five = (said(f"P0{n}") for n in range(1, 6))
    reel = create(one, two, three, hidden, five).json()["reel"]
    items = {item["excerpt"]["id"]: item["id"] for item in reel["items"]}
    type(hidden).objects.filter(id=hidden.id).update(deleted_at=timezone.now())
    wanted = [items[str(excerpt.id)] for excerpt in (five, one, three)]
    body = paul_client.put(
        url(f"reels/{reel['id']}/order"), {"item_ids": [*wanted, str(uuid4())]}, format="json"
    ).json()
    assert heard(body) == ids_of(five, two, one, three)
    type(hidden).objects.filter(id=hidden.id).update(deleted_at=None)
    again = paul_client.get(url(f"reels/{reel['id']}")).json()
    assert heard(again) == ids_of(five, two, one, hidden, three)


def test_any_order_can_be_made_of_any_other(make, said):
    excerpts = [said(f"P0{n}") for n in range(1, 7)]
    reel = make.reel("Any", *excerpts)
    items = list(reel.items.order_by("position"))

    @given(st.permutations(items), st.integers(0, len(items)))
    def check(order, count):
        before = list(reel.items.order_by("position"))
        order_reel(reel=reel, item_ids=[item.id for item in order[:count]])
        after = list(reel.items.order_by("position"))
        named = set(order[:count])
        assert [item for item in after if item in named] == list(order[:count])
        others = [(at, item) for at, item in enumerate(before) if item not in named]
        assert [(at, item) for at, item in enumerate(after) if item not in named] == others

    check()


def test_what_is_gone_leaves_the_reel_and_is_counted(create, said, make, paul_client, url):
    kept, deleted, withdrawn, notes = said("P01"), said("P02"), said("P03"), said("P01")
    type(notes).objects.filter(id=notes.id).update(start_ms=None, end_ms=None)
    reel_id = create(kept, deleted, withdrawn, notes).json()["reel"]["id"]
    type(deleted).objects.filter(id=deleted.id).update(deleted_at=timezone.now())
    withdrawn.participant.consent = ConsentState.WITHDRAWN
    withdrawn.participant.save()
    reel = paul_client.get(url(f"reels/{reel_id}")).json()
    (row,) = paul_client.get(url("reels")).json()["results"]
    assert heard(reel) == ids_of(kept, notes)
    for body in (reel, row):
        assert (body["excerpt_count"], body["people_count"], body["missing_count"]) == (2, 1, 2)
        assert body["length_ms"] == kept.end_ms - kept.start_ms
    deleted.delete()
    assert paul_client.get(url(f"reels/{reel_id}")).json()["missing_count"] == 1


def test_an_empty_reel_counts_nothing(create):
    reel = create().json()["reel"]
    assert (reel["excerpt_count"], reel["people_count"], reel["length_ms"]) == (0, 0, 0)
    assert reel["items"] == []


def test_it_is_renamed_deleted_and_brought_back(create, said, paul_client, url):
    excerpt = said()
    one = url(f"reels/{create(excerpt, description='Why').json()['reel']['id']}")
    body = paul_client.patch(one, {"title": "Queues"}, format="json").json()
    assert (body["title"], body["description"]) == ("Queues", "Why")
    assert paul_client.delete(one).status_code == 204
    assert paul_client.get(one).status_code == 404
    assert paul_client.get(url("reels")).json()["count"] == 0
    restored = paul_client.post(f"{one}/restore").json()
    assert heard(restored) == ids_of(excerpt)


def test_reels_changed_last_come_first(create, said, paul_client, url):
    older, newer = create(title="Older").json()["reel"], create(title="Newer").json()["reel"]

    def titles():
        return [row["title"] for row in paul_client.get(url("reels")).json()["results"]]

    assert titles() == ["Newer", "Older"]
    paul_client.post(
        url(f"reels/{older['id']}/items"), {"excerpt_ids": ids_of(said())}, format="json"
    )
    assert titles() == ["Older", "Newer"]
    assert newer["excerpt_count"] == 0


def test_viewers_listen_and_change_nothing(create, said, client_for, bob, charlie, url):
    reel = create(said()).json()["reel"]
    one, items = url(f"reels/{reel['id']}"), [item["id"] for item in reel["items"]]
    bobs = client_for(bob)
    assert bobs.get(one).json()["items"][0]["excerpt"]["participant"]["real_name"] is None
    assert bobs.post(f"{one}/items/remove", {"item_ids": items}, format="json").status_code == 403
    assert bobs.put(f"{one}/order", {"item_ids": items}, format="json").status_code == 403
    assert client_for(charlie).get(one).status_code == 404


def test_items_of_another_reel_stay_in_it(create, said, paul_client, url):
    theirs, mine = create(said("P01")).json(), create(said("P02")).json()
    answer = paul_client.post(
        url(f"reels/{mine['reel']['id']}/items/remove"),
        {"item_ids": theirs["added_ids"]},
        format="json",
    )
    assert answer.json()["excerpt_count"] == 1
    assert ReelItem.objects.count() == 2


def test_queries_do_not_grow(create, said, paul_client, url, count_queries):
    excerpts = [said(f"P0{n}") for n in range(1, 7)]
    small = create(*excerpts[:1]).json()["reel"]["id"]
    few = count_queries(lambda: paul_client.get(url(f"reels/{small}")))
    few_rows = count_queries(lambda: paul_client.get(url("reels")))
    few_added = count_queries(lambda: create(excerpts[0]))
    large = create(*excerpts).json()["reel"]["id"]
    assert count_queries(lambda: paul_client.get(url(f"reels/{large}"))) == few
    assert count_queries(lambda: paul_client.get(url("reels"))) == few_rows
    # Places after the first are written at once, in one query more.
    assert count_queries(lambda: create(*excerpts)) <= few_added + 1
