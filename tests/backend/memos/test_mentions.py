"""Mentions: who can be mentioned, who sees it, and what they have seen."""

from uuid import uuid4

import pytest

from backend.workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def mention(make, url, client_for, rita):
    """Rita mentions people in a memo."""

    def write(*users, text="Look at this"):
        body = {
            "subject_kind": "excerpt",
            "subject_id": str(make.excerpt().id),
            "text": text,
            "mentioned_user_ids": [str(user.id) for user in users],
        }
        return client_for(rita).post(url("memos"), body)

    return write


def read(client, url):
    answer = client.get(url("mentions"))
    assert answer.status_code == 200
    return answer.json()


def test_members_are_told_until_they_have_looked(mention, url, client_for, bob, paul):
    memo = mention(bob, paul).json()
    other = mention(bob).json()
    assert {one["name"] for one in memo["mentions"]} == {"Bob", "Paul"}
    told = read(client_for(bob), url)
    assert told["unseen"] == 2
    assert [one["memo"]["id"] for one in told["results"]] == [other["id"], memo["id"]]
    seen = client_for(bob).post(url("mentions/seen"), {"memo_ids": [memo["id"]]}).json()
    assert seen["unseen"] == 1
    assert client_for(bob).post(url("mentions/seen"), {}).json()["unseen"] == 0
    assert read(client_for(paul), url)["unseen"] == 1


def test_only_members_can_be_mentioned(mention, charlie, bob):
    answer = mention(bob, charlie)
    assert answer.status_code == 400
    assert "Charlie" not in answer.content.decode()
    assert "mentioned_user_ids" in answer.json()["fields"]


def test_somebody_unknown_is_refused_like_a_stranger(mention, charlie, make):
    class Nobody:
        id = uuid4()

    assert mention(Nobody).content == mention(charlie).content


def test_who_leaves_sees_no_mentions_and_is_not_mentioned_again(
    mention, url, client_for, bob, rita
):
    memo = mention(bob, text="canary").json()
    Membership.objects.filter(user=bob).delete()
    answer = client_for(bob).get(url("mentions"))
    assert answer.status_code == 404
    assert b"canary" not in answer.content
    kept = {"mentioned_user_ids": [str(bob.id)]}
    assert client_for(rita).patch(url(f"memos/{memo['id']}"), kept).status_code == 400


def test_mentions_in_other_workspaces_are_not_counted_here(
    mention, bob, client_for, other_workspace
):
    Membership.objects.create(workspace=other_workspace, user=bob, role="viewer")
    mention(bob, text="canary")
    answer = client_for(bob).get(f"/api/workspaces/{other_workspace.id}/mentions")
    assert answer.json() == {"unseen": 0, "results": []}


def test_nobody_is_told_that_they_mentioned_themselves(mention, url, client_for, rita):
    mention(rita)
    assert read(client_for(rita), url)["unseen"] == 0


def test_a_change_adds_and_takes_back_mentions_and_keeps_what_was_seen(
    mention, url, client_for, bob, paul, rita
):
    memo = mention(bob).json()
    client_for(bob).post(url("mentions/seen"), {})
    path = url(f"memos/{memo['id']}")
    client_for(rita).patch(path, {"mentioned_user_ids": [str(bob.id), str(paul.id)]})
    assert read(client_for(bob), url)["unseen"] == 0
    assert read(client_for(paul), url)["unseen"] == 1
    client_for(rita).patch(path, {"mentioned_user_ids": [str(bob.id)]})
    assert read(client_for(paul), url)["results"] == []


def test_a_deleted_memo_mentions_nobody(mention, url, client_for, bob, rita):
    memo = mention(bob).json()
    client_for(rita).delete(url(f"memos/{memo['id']}"))
    assert read(client_for(bob), url) == {"unseen": 0, "results": []}
    client_for(rita).post(url(f"memos/{memo['id']}/restore"))
    assert read(client_for(bob), url)["unseen"] == 1


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    mention, url, client_for, bob, paul, count_queries
):
    client = client_for(bob)
    mention(bob)
    few = count_queries(lambda: read(client, url))
    for _ in range(4):
        mention(bob, paul)
    assert count_queries(lambda: read(client, url)) == few
