"""The codebook as a whole: moving, merging, the lock, near-duplicates, counts of branches."""

import pytest

from backend.tagging.models import Change, Tag, Tagging

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def give(excerpt, *tags) -> None:
    for tag in tags:
        Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=tag)


def rows_of(client, url) -> dict[str, dict]:
    return {row["name"]: row for row in client.get(url("tags")).json()["results"]}


def order(client, url, parent=None) -> list[str]:
    parent_id = str(parent.id) if parent else None
    rows = client.get(url("tags")).json()["results"]
    return [row["name"] for row in rows if row["parent_id"] == parent_id]


@pytest.fixture
def heard(make):
    """Three people, an excerpt of each, and one more of the first."""
    transcript = make.transcript(
        turns=[("P01", "I waited long"), ("P02", "so did I"), ("P03", "me too")]
    )
    return [make.excerpt(transcript, *span) for span in ((1, 2), (4, 5), (7, 8), (3, 3))]


def test_a_branch_counts_each_excerpt_and_person_once(rita_client, url, make, heard):
    waiting = make.tag("waiting")
    hold = make.tag("on hold", parent=waiting)
    music = make.tag("music", parent=hold)
    give(heard[0], waiting, hold)
    give(heard[1], hold, music)
    give(heard[3], music)
    rows = rows_of(rita_client, url)
    counts = {
        name: (
            row["excerpt_count"],
            row["people_count"],
            row["branch_excerpt_count"],
            row["branch_people_count"],
        )
        for name, row in rows.items()
    }
    assert counts == {
        "waiting": (1, 1, 3, 2),
        "on hold": (2, 2, 3, 2),
        "music": (2, 2, 2, 2),
    }
    answer = rita_client.get(url(f"excerpts?branch={waiting.id}")).json()
    assert (answer["count"], answer["people"]) == (3, 2)
    changed = rita_client.patch(url(f"tags/{waiting.id}"), {"when_to_use": "any queue"}).json()
    assert (changed["branch_excerpt_count"], changed["when_to_use"]) == (3, "any queue")


def test_a_tag_is_moved_to_any_place(rita_client, url, make):
    a, b, c = (make.tag(name, position=index) for index, name in enumerate("abc"))

    def move(tag, parent, position):
        body = {"parent_id": parent and str(parent.id), "position": position}
        answer = rita_client.post(url(f"tags/{tag.id}/move"), body)
        assert answer.status_code == 200, answer.json()

    move(c, None, 0)
    assert order(rita_client, url) == ["c", "a", "b"]
    move(c, None, 1)
    assert order(rita_client, url) == ["a", "c", "b"]
    move(a, None, 99)
    assert order(rita_client, url) == ["c", "b", "a"]
    move(b, a, 0)
    move(c, a, 0)
    assert order(rita_client, url, a) == ["c", "b"]
    for _ in range(8):
        move(b, a, 0)
        move(c, a, 0)
    assert order(rita_client, url, a) == ["c", "b"]
    assert order(rita_client, url) == ["a"]
    assert Change.objects.filter(verb="tag.move").latest("number").summary == (
        "Moved “c” among its siblings"
    )


def test_a_move_makes_no_loop_and_no_namesakes(rita_client, url, make):
    top = make.tag("top")
    low = make.tag("low", parent=top)
    into_itself = {"parent_id": str(low.id), "position": 0}
    assert rita_client.post(url(f"tags/{top.id}/move"), into_itself).status_code == 400
    make.tag("LOW")
    answer = rita_client.post(url(f"tags/{low.id}/move"), {"parent_id": None, "position": 0})
    assert answer.status_code == 409


def test_merging_is_shown_before_it_is_done(rita_client, url, make, heard):
    queue, waiting = make.tag("queue"), make.tag("waiting")
    make.tag("music", parent=queue)
    make.tag("weeks", parent=queue)
    weeks = make.tag("Weeks", parent=waiting)
    give(heard[0], queue, waiting)
    give(heard[1], queue)
    give(heard[3], queue)
    give(heard[2], waiting)
    body = {"into_id": str(waiting.id)}
    preview = rita_client.post(url(f"tags/{queue.id}/merge/preview"), body).json()
    assert preview == {
        "excerpts": 3,
        "people": 2,
        "both": 1,
        "children": 2,
        "merged_children": ["weeks"],
        "into_excerpts_after": 4,
        "into_people_after": 3,
    }
    assert set(rows_of(rita_client, url)) == {"queue", "waiting", "music", "weeks", "Weeks"}

    done = rita_client.post(url(f"tags/{queue.id}/merge"), body).json()
    assert done["tag"]["excerpt_count"] == preview["into_excerpts_after"]
    assert done["change"]["summary"] == "Merged “queue” into “waiting”"
    rows = rows_of(rita_client, url)
    assert set(rows) == {"waiting", "music", "Weeks"}
    assert rows["music"]["parent_id"] == str(waiting.id)
    assert rows["Weeks"]["id"] == str(weeks.id)
    tags = rita_client.get(url(f"excerpts/{heard[0].id}")).json()["tags"]
    assert [tag["name"] for tag in tags] == ["waiting"]


def test_a_tag_merged_into_one_under_it_leaves_its_place_to_it(rita_client, url, make, heard):
    top = make.tag("top")
    upper = make.tag("upper", parent=top)
    middle = make.tag("middle", parent=upper)
    low = make.tag("low", parent=middle)
    make.tag("aside", parent=upper)
    give(heard[0], upper)
    answer = rita_client.post(url(f"tags/{upper.id}/merge"), {"into_id": str(low.id)})
    assert answer.status_code == 200, answer.json()
    rows = rows_of(rita_client, url)
    assert rows["low"]["parent_id"] == str(top.id)
    assert {rows["middle"]["parent_id"], rows["aside"]["parent_id"]} == {str(low.id)}
    assert rows["low"]["excerpt_count"] == 1


def test_a_namesake_that_goes_is_not_merged_into(rita_client, url, make, heard):
    waiting = make.tag("waiting")
    phone = make.tag("phone", parent=waiting)
    inner = make.tag("Phone", parent=phone)
    give(heard[0], inner)
    rita_client.post(url(f"tags/{phone.id}/merge"), {"into_id": str(waiting.id)})
    rows = rows_of(rita_client, url)
    assert set(rows) == {"waiting", "Phone"}
    assert rows["Phone"]["excerpt_count"] == 1
    assert rows["Phone"]["parent_id"] == str(waiting.id)


def test_a_tag_is_not_merged_into_itself_nor_into_a_stranger(
    rita_client, url, make, other_workspace
):
    tag = make.tag("tag")
    theirs = Tag.objects.create(workspace=other_workspace, name="theirs")
    for into in (tag, theirs):
        for path in ("merge", "merge/preview"):
            answer = rita_client.post(url(f"tags/{tag.id}/{path}"), {"into_id": str(into.id)})
            assert answer.status_code == 400
            assert "into_id" in answer.json()["fields"]


def test_only_owners_lock_and_change_a_locked_codebook(
    client_for, alice, rita, bob, url, make, heard
):
    tag, other = make.tag("tag"), make.tag("other")
    rita_client, alice_client = client_for(rita), client_for(alice)
    assert rita_client.put(url("codebook/lock"), {"is_locked": True}).status_code == 403
    before = rita_client.get(url("codebook")).json()
    assert (before["is_locked"], before["may_edit"], before["may_lock"]) == (False, True, False)
    assert client_for(bob).get(url("codebook")).json()["may_edit"] is False

    locked = alice_client.put(url("codebook/lock"), {"is_locked": True}).json()
    assert (locked["is_locked"], locked["may_edit"], locked["may_lock"]) == (True, True, True)
    assert rita_client.get(url("codebook")).json()["may_edit"] is False
    move = {"parent_id": str(other.id), "position": 0}
    into = {"into_id": str(other.id)}
    for answer in (
        rita_client.post(url("tags"), {"name": "new"}),
        rita_client.patch(url(f"tags/{tag.id}"), {"name": "new"}),
        rita_client.delete(url(f"tags/{tag.id}")),
        rita_client.post(url(f"tags/{tag.id}/restore")),
        rita_client.post(url(f"tags/{tag.id}/move"), move),
        rita_client.post(url(f"tags/{tag.id}/merge"), into),
        rita_client.put(
            url(f"tags/{tag.id}/different-from"), {"other_id": str(other.id), "is_different": True}
        ),
    ):
        assert answer.status_code == 403
        assert answer.json()["code"] == "codebook_locked"
        assert "owner" in answer.json()["remedy"]
    assert set(rows_of(rita_client, url)) == {"tag", "other"}
    # Tagging goes on.
    used = rita_client.put(url(f"excerpts/{heard[0].id}/tags"), {"tag_ids": [str(tag.id)]})
    assert used.status_code == 200
    assert alice_client.patch(url(f"tags/{tag.id}"), {"name": "new"}).status_code == 200
    alice_client.put(url("codebook/lock"), {"is_locked": False})
    assert rita_client.post(url(f"tags/{tag.id}/move"), move).status_code == 200


def test_near_duplicates_are_found_and_told_apart(rita_client, url, make, heard):
    one, two = make.tag("Waiting time"), make.tag("times, waiting")
    reminder, typo = make.tag("reminders"), make.tag("remindres")
    make.tag("week 1"), make.tag("week 2")
    hold, music = make.tag("hold"), make.tag("music")
    excerpts = [make.excerpt() for _ in range(6)]
    for excerpt in excerpts:
        give(excerpt, hold)
    for excerpt in excerpts[1:]:
        give(excerpt, music)

    def found() -> dict[frozenset, tuple]:
        return {
            frozenset((row["tag_id"], row["other_id"])): (
                row["reason"],
                row["shared_excerpts"],
                row["either_excerpts"],
            )
            for row in rita_client.get(url("tags/near-duplicates")).json()
        }

    pair = {
        name: frozenset((str(left.id), str(right.id)))
        for name, left, right in (
            ("words", one, two),
            ("typo", reminder, typo),
            ("shared", hold, music),
        )
    }
    assert found() == {
        pair["words"]: ("same_words", 0, 0),
        pair["typo"]: ("similar_name", 0, 0),
        pair["shared"]: ("same_excerpts", 5, 6),
    }
    different = {"other_id": str(one.id), "is_different": True}
    for _ in range(2):
        answer = rita_client.put(url(f"tags/{two.id}/different-from"), different)
        assert answer.status_code == 204
    assert pair["words"] not in found()
    rita_client.put(
        url(f"tags/{one.id}/different-from"), {"other_id": str(two.id), "is_different": False}
    )
    assert pair["words"] in found()
    # A tag and one above it are often given together.
    rita_client.post(url(f"tags/{music.id}/move"), {"parent_id": str(hold.id), "position": 0})
    assert pair["shared"] not in found()


def test_everything_is_read_in_constant_queries(rita_client, url, make, workspace, count_queries):
    def ask() -> list[int]:
        return [
            count_queries(lambda path=path: rita_client.get(url(path)))
            for path in ("tags", "tags/near-duplicates", "codebook", "codebook/export?format=csv")
            if path != "codebook/export?format=csv"
        ]

    parent = make.tag("parent")
    give(make.excerpt(), parent)
    few = ask()
    tags = Tag.objects.bulk_create(
        Tag(workspace=workspace, name=f"{index} of a kind {index}", parent=parent)
        for index in range(1000)
    )
    excerpt = make.excerpt()
    Tagging.objects.bulk_create(
        Tagging(workspace=workspace, excerpt=excerpt, tag=tag) for tag in tags
    )
    assert ask() == few
    assert max(few) <= 8, few


def undo(client, url, change_id=None):
    return client.post(url(f"changes/{change_id}/undo" if change_id else "codebook/undo"))


def test_what_was_done_is_undone_and_done_again(rita_client, url, make):
    top = make.tag("top")
    made = rita_client.post(url("tags"), {"name": "low", "parent_id": str(top.id)}).json()
    rita_client.patch(url(f"tags/{made['id']}"), {"name": "lower"})
    rita_client.post(url(f"tags/{made['id']}/move"), {"parent_id": None, "position": 0})
    assert rita_client.get(url("codebook")).json()["undo"]["summary"] == (
        "Moved “lower” to the top of the codebook"
    )
    assert undo(rita_client, url).status_code == 200
    assert rows_of(rita_client, url)["lower"]["parent_id"] == str(top.id)
    assert undo(rita_client, url).json()["change"]["summary"] == "Renamed “low” to “lower”"
    undo(rita_client, url)
    assert set(rows_of(rita_client, url)) == {"top"}
    assert undo(rita_client, url).json()["code"] == "nothing_to_undo"
    for _ in range(3):
        assert rita_client.post(url("codebook/redo")).status_code == 200
    assert rows_of(rita_client, url)["lower"]["parent_id"] is None


def test_undoing_makes_no_loop_no_orphan_and_no_namesake(client_for, rita, alice, url, make):
    one, two = client_for(rita), client_for(alice)
    old, new, tag = make.tag("old"), make.tag("new"), make.tag("tag")
    tag.parent = old
    tag.save()

    def move(client, moved, parent) -> None:
        body = {"parent_id": parent and str(parent.id), "position": 0}
        assert client.post(url(f"tags/{moved.id}/move"), body).status_code == 200

    def refused() -> str:
        answer = undo(one, url)
        assert answer.status_code == 409, answer.json()
        return answer.json()["message"]

    move(one, tag, new)
    move(two, old, tag)
    assert "“tag” would be under itself now" in refused()
    move(two, old, None)
    two.delete(url(f"tags/{old.id}"))
    assert "what “tag” was under is deleted now" in refused()
    two.post(url(f"tags/{old.id}/restore"))
    two.post(url("tags"), {"name": "Tag", "parent_id": str(old.id)})
    assert "another tag" in refused()
    assert rows_of(one, url)["tag"]["parent_id"] == str(new.id)


def test_a_locked_codebook_is_not_undone(client_for, alice, rita, url, make):
    rita_client = client_for(rita)
    rita_client.post(url("tags"), {"name": "tag"})
    change = rita_client.get(url("codebook")).json()["undo"]["id"]
    client_for(alice).put(url("codebook/lock"), {"is_locked": True})
    for path in ("codebook/undo", "codebook/redo", f"changes/{change}/undo"):
        assert rita_client.post(url(path)).json()["code"] == "codebook_locked"
    assert undo(client_for(alice), url, change).status_code == 200
