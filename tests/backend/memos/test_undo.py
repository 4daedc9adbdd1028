"""What the workbench takes back: memos, their changes, and who they mention."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def session_memo(make, url, client_for, rita, bob):
    excerpt = make.excerpt()
    body = {
        "subject_kind": "excerpt",
        "subject_id": str(excerpt.id),
        "text": "Look here, @Bob",
        "mentioned_user_ids": [str(bob.id)],
    }
    return client_for(rita).post(url("memos"), body).json()


def texts(client, url):
    return [memo["text"] for memo in client.get(url("memos")).json()["results"]]


def test_undo_takes_a_memo_back_and_redo_brings_it_again(session_memo, url, client_for, rita, bob):
    client = client_for(rita)
    front = f"sessions/{session_memo['session_id']}"
    undone = client.post(url(f"{front}/undo"))
    assert undone.status_code == 200, undone.content
    assert texts(client, url) == []
    assert client_for(bob).get(url("mentions")).json()["unseen"] == 0
    assert client.post(url(f"{front}/redo")).status_code == 200
    assert texts(client, url) == ["Look here, @Bob"]
    assert client_for(bob).get(url("mentions")).json()["unseen"] == 1


def test_undo_brings_back_what_was_written_before(session_memo, url, client_for, rita):
    client = client_for(rita)
    path = url(f"memos/{session_memo['id']}")
    client.patch(path, {"text": "Changed words", "mentioned_user_ids": []})
    client.delete(path)
    undo = url(f"sessions/{session_memo['session_id']}/undo")
    assert client.post(undo).status_code == 200
    assert texts(client, url) == ["Changed words"]
    assert client.post(undo).status_code == 200
    assert texts(client, url) == ["Look here, @Bob"]
    found = client.get(url("memos"), {"q": "look"}).json()["results"]
    assert [one["name"] for one in found[0]["mentions"]] == ["Bob"]


def test_others_are_told_of_a_memo_while_they_read(session_memo, url, client_for, bob):
    changes = url(f"sessions/{session_memo['session_id']}/changes")
    assert client_for(bob).get(changes, {"after": 0}).json()["has_memos_changed"] is True
