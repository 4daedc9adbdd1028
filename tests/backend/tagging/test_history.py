"""Undo, redo and the live feed, by the API: alice owns, rita researches beside her."""

import pytest

from backend.tagging.models import Change, Excerpt, Placing, Tagging

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(make):
    return make.transcript(
        turns=[("P01", "I waited six weeks for a visit"), ("P02", "The app is faster")]
    )


@pytest.fixture
def session_url(url, transcript):
    return lambda path: url(f"sessions/{transcript.source.session_id}/{path}")


@pytest.fixture
def mark(url, transcript):
    def mark_words(client, first=2, last=4, **values):
        body = {"transcript_id": str(transcript.id), "first_word_id": first, "last_word_id": last}
        answer = client.post(url("excerpts"), {**body, **values}, format="json")
        assert answer.status_code == 201, answer.content
        return answer.json()

    return mark_words


@pytest.fixture
def undo(session_url):
    return lambda client, query="": client.post(session_url(f"undo{query}"))


@pytest.fixture
def redo(session_url):
    return lambda client, query="": client.post(session_url(f"redo{query}"))


def rows_of(model):
    """Everything but when it was last touched."""
    rows = model.objects.order_by("id").values()
    return [{k: v for k, v in row.items() if k != "updated_at"} for row in rows]


def test_a_mark_is_undone_and_done_again(client_for, alice, mark, undo, redo, make):
    client = client_for(alice)
    persona = make.persona()
    made = mark(client, placings=[{"quadrant": "pain", "persona_id": str(persona.id)}])
    before = rows_of(Placing)

    answer = undo(client).json()
    assert answer["change"]["summary"] == "Marked “waited six weeks”"
    assert answer["deleted_excerpt_ids"] == [made["id"]]
    assert answer["undo"] is None
    assert answer["redo"] == {"id": answer["change"]["id"], "summary": "Marked “waited six weeks”"}
    assert not Excerpt.objects.kept().exists()

    answer = redo(client).json()
    assert answer["redo"] is None
    (excerpt,) = answer["excerpts"]
    assert excerpt == made
    assert rows_of(Placing) == before


def test_nothing_to_undo(client_for, alice, undo, redo):
    for turn in (undo, redo):
        answer = turn(client_for(alice))
        assert answer.status_code == 409
        assert answer.json()["code"] == "nothing_to_undo"


def test_each_undoes_only_their_own(client_for, alice, rita, mark, undo):
    mark(client_for(alice), 1, 2)
    theirs = mark(client_for(rita), 3, 4)
    assert undo(client_for(alice)).json()["change"]["summary"] == "Marked “I waited”"
    assert undo(client_for(alice)).json()["code"] == "nothing_to_undo"
    assert [str(excerpt.id) for excerpt in Excerpt.objects.kept()] == [theirs["id"]]


def test_a_new_change_ends_what_can_be_done_again(client_for, alice, rita, mark, undo, redo):
    client = client_for(alice)
    mark(client, 1, 1)
    mark(client, 2, 2)
    undo(client)
    mark(client_for(rita), 5, 5)  # Another's does not.
    assert redo(client).status_code == 200
    undo(client)
    undo(client)
    assert redo(client).json()["change"]["summary"] == "Marked “I”"
    mark(client, 3, 3)
    assert redo(client).json()["code"] == "nothing_to_undo"
    # What was done last goes first, whatever was undone between.
    assert undo(client).json()["change"]["summary"] == "Marked “six”"
    assert undo(client).json()["change"]["summary"] == "Marked “I”"


def test_every_verb_of_excerpts_there_and_back(client_for, alice, mark, undo, redo, make, url):
    client = client_for(alice)
    tags = [make.tag("Waiting"), make.tag("Speed")]
    excerpt = mark(client, tag_ids=[str(tags[0].id)], placings=[{"quadrant": "pain"}])
    at = f"excerpts/{excerpt['id']}"
    placing = f"placings/{excerpt['placings'][0]['id']}"
    steps = [
        ("patch", at, {"is_key_quote": True}),
        ("patch", at, {"last_word_id": 6}),
        ("put", f"{at}/tags", {"tag_ids": [str(tags[1].id)]}),
        ("post", f"{at}/placings", {"quadrant": "say_do", "aspect": "do", "intensity": -2}),
        ("post", f"{at}/placings", {"quadrant": "say_do", "aspect": "say", "emotion": "fury"}),
        ("patch", placing, {"quadrant": "gain"}),
        ("delete", placing, None),
        ("delete", at, None),
        ("post", f"{at}/restore", None),
    ]
    states = [(rows_of(Excerpt), rows_of(Tagging), rows_of(Placing))]
    for method, path, body in steps:
        answer = getattr(client, method)(url(path), body, format="json")
        assert answer.status_code in (200, 201, 204), answer.content
        states.append((rows_of(Excerpt), rows_of(Tagging), rows_of(Placing)))
    assert Change.objects.count() == 1 + len(steps)

    for state in reversed(states[:-1]):
        answer = undo(client)
        assert answer.status_code == 200, answer.content
        assert (rows_of(Excerpt), rows_of(Tagging), rows_of(Placing)) == state
    for state in states[1:]:
        answer = redo(client)
        assert answer.status_code == 200, answer.content
        assert (rows_of(Excerpt), rows_of(Tagging), rows_of(Placing)) == state


def test_heard_is_undone(client_for, alice, mark, undo, url):
    client = client_for(alice)
    excerpt = mark(client)
    client.put(url(f"excerpts/{excerpt['id']}/heard"), {"how": "played"}, format="json")
    answer = undo(client).json()
    assert answer["change"]["verb"] == "excerpt.heard"
    assert answer["excerpts"][0]["heard_at"] is None


def test_what_another_changed_since_stands_in_the_way(client_for, alice, rita, mark, undo, url):
    excerpt = mark(client_for(alice))
    path = url(f"excerpts/{excerpt['id']}")
    client_for(rita).patch(path, {"last_word_id": 6}, format="json")
    answer = undo(client_for(alice))
    assert answer.status_code == 409
    body = answer.json()
    assert body["code"] == "changed_since"
    assert body["message"] == (
        "“Marked “waited six weeks”” can't be undone: Rita changed the same since: "
        "“Changed the range of “waited six weeks””."
    )
    # Once that is undone in the history, it can be.
    assert client_for(alice).post(url(f"changes/{body['fields']['change_id'][0]}/undo"))
    assert undo(client_for(alice)).status_code == 200


def test_what_another_did_beside_it_does_not(client_for, alice, rita, mark, undo, url):
    excerpt = mark(client_for(alice))
    path = url(f"excerpts/{excerpt['id']}")
    client_for(alice).patch(path, {"last_word_id": 6}, format="json")
    client_for(rita).patch(path, {"is_key_quote": True}, format="json")
    client_for(rita).post(f"{path}/placings", {"quadrant": "hear"}, format="json")
    (changed,) = undo(client_for(alice)).json()["excerpts"]
    assert changed["last_word_id"] == 4
    assert changed["is_key_quote"]
    assert len(changed["placings"]) == 1


def test_a_placing_made_again_by_another_is_said(client_for, alice, rita, mark, undo, url):
    excerpt = mark(client_for(alice), placings=[{"quadrant": "pain"}])
    client_for(alice).delete(url(f"placings/{excerpt['placings'][0]['id']}"))
    client_for(rita).post(
        url(f"excerpts/{excerpt['id']}/placings"), {"quadrant": "pain"}, format="json"
    )
    answer = undo(client_for(alice))
    assert answer.status_code == 409
    assert answer.json()["code"] == "changed_since"
    assert "the excerpt has been placed there again" in answer.json()["message"]
    assert Placing.objects.count() == 1


def test_undone_twice_is_a_conflict(client_for, alice, mark, undo, url):
    mark(client_for(alice))
    change = undo(client_for(alice)).json()["change"]
    assert client_for(alice).post(url(f"changes/{change['id']}/undo")).status_code == 409
    assert client_for(alice).post(url(f"changes/{change['id']}/redo")).status_code == 200
    assert client_for(alice).post(url(f"changes/{change['id']}/redo")).status_code == 409


def test_the_feed_tells_what_others_did(client_for, alice, rita, mark, undo, session_url, url):
    mine, theirs = client_for(alice), client_for(rita)
    start = mine.get(session_url("changes")).json()
    assert (start["latest"], start["changes"], start["excerpts"]) == (0, [], [])

    excerpt = mark(theirs)
    new = mine.get(session_url("changes?after=0")).json()
    assert [change["verb"] for change in new["changes"]] == ["excerpt.create"]
    assert not new["changes"][0]["is_mine"]
    assert new["changes"][0]["created_by"]["name"] == "Rita"
    assert new["excerpts"] == [excerpt]
    assert new["undo"] is None

    theirs.patch(url(f"excerpts/{excerpt['id']}"), {"is_key_quote": True}, format="json")
    undo(theirs)
    undo(theirs)
    newer = mine.get(session_url(f"changes?after={new['latest']}")).json()
    assert newer["deleted_excerpt_ids"] == [excerpt["id"]]
    assert all(change["undone_by"]["name"] == "Rita" for change in newer["changes"])
    assert [change["number"] for change in newer["changes"]] == [3, 4]
    assert newer["latest"] == 4
    last = mine.get(session_url("changes?after=4")).json()
    assert (last["changes"], last["excerpts"], last["deleted_excerpt_ids"]) == ([], [], [])


def test_undo_answers_what_else_is_new(client_for, alice, rita, mark, undo):
    mark(client_for(alice), 1, 2)
    theirs = mark(client_for(rita), 3, 4)
    answer = undo(client_for(alice), "?after=1").json()
    assert [excerpt["id"] for excerpt in answer["excerpts"]] == [theirs["id"]]
    assert len(answer["deleted_excerpt_ids"]) == 1
    assert answer["change"]["number"] == answer["latest"] == 3


def test_the_feed_is_cheap(client_for, alice, mark, session_url, count_queries):
    client = client_for(alice)

    def ask(after):
        return count_queries(lambda: client.get(session_url(f"changes?after={after}")))

    mark(client, 1, 1)
    nothing, one = ask(1), ask(0)
    assert nothing <= 4  # Two of them say who asks.
    for word in range(2, 8):
        mark(client, word, word)
    assert ask(7) == nothing
    assert ask(0) == one <= 9


def test_the_history_is_listed(client_for, alice, rita, mark, undo, url, transcript):
    mark(client_for(alice), 1, 1)
    mark(client_for(rita), 2, 2)
    undo(client_for(alice))
    listed = client_for(rita).get(url(f"changes?session={transcript.source.session_id}")).json()
    assert [change["summary"] for change in listed["results"]] == ["Marked “waited”", "Marked “I”"]
    assert listed["results"][1]["undone_by"]["name"] == "Alice"
    own = client_for(rita).get(url(f"changes?user={rita.id}")).json()
    assert [change["is_mine"] for change in own["results"]] == [True]
    assert client_for(rita).get(url("changes?scope=codebook")).json()["results"] == []


def test_a_deleted_session_has_no_history(client_for, alice, mark, session_url, transcript, url):
    mark(client_for(alice))
    change = Change.objects.get()
    client_for(alice).delete(url(f"sessions/{transcript.source.session_id}"))
    assert client_for(alice).get(session_url("changes")).status_code == 404
    assert client_for(alice).post(session_url("undo")).status_code == 404
    assert client_for(alice).post(url(f"changes/{change.id}/undo")).status_code == 404


def test_product_managers_take_back_what_they_listened_to_and_nothing_else(
    client_for, alice, paul, bob, mark, undo, redo, url
):
    excerpt = mark(client_for(alice))
    marked = Change.objects.get()
    client_for(paul).put(url(f"excerpts/{excerpt['id']}/heard"), {"how": "said"}, format="json")
    heard = Change.objects.get(verb="excerpt.heard")
    for change in (marked, heard):
        assert client_for(bob).post(url(f"changes/{change.id}/undo")).status_code == 403
    assert client_for(paul).post(url(f"changes/{marked.id}/undo")).status_code == 403
    assert undo(client_for(paul)).json()["excerpts"][0]["heard_at"] is None
    assert redo(client_for(paul)).status_code == 200
    assert client_for(paul).post(url(f"changes/{heard.id}/undo")).status_code == 200
    assert undo(client_for(paul)).json()["code"] == "nothing_to_undo"


def test_who_may_no_longer_edit_undoes_no_marks(client_for, rita, workspace, mark, undo):
    mark(client_for(rita))
    workspace.memberships.filter(user=rita).update(role="product")
    assert undo(client_for(rita)).json()["code"] == "nothing_to_undo"
    assert Excerpt.objects.kept().exists()
