"""The web page as the server gives it."""

import re
from pathlib import Path
from uuid import UUID

import pytest

WORKSPACE_ID, SESSION_ID = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    (tmp_path / "index.html").write_text("<title>Earshot</title>")
    settings.PAGES_DIR = tmp_path


def preloaded(answer) -> list[str]:
    return re.findall(r"<([^>]+)>; rel=preload; as=fetch; crossorigin", answer.get("Link", ""))


def test_the_page_of_a_session_asks_for_its_text_at_once(client):
    answer = client.get(f"/w/{WORKSPACE_ID}/sessions/{SESSION_ID}?excerpt={UUID(int=3)}")

    api = f"/api/workspaces/{WORKSPACE_ID}"
    assert preloaded(answer) == [
        "/api/auth/session",
        f"{api}/sessions/{SESSION_ID}",
        f"{api}/sessions/{SESSION_ID}/transcript?first=120",
        f"{api}/excerpts?session={SESSION_ID}&page=1&page_size=200",
    ]


def test_the_proxy_and_the_page_know_the_same_first_answers(client):
    """An address that differs by a letter would be asked for twice."""
    frontend = Path(__file__).parents[2] / "frontend"
    nginx = (frontend / "nginx.conf").read_text(encoding="utf-8")
    named = re.findall(r"<([^>]+)>; rel=preload", nginx)
    asked = preloaded(client.get(f"/w/{WORKSPACE_ID}/sessions/{SESSION_ID}"))
    values = {"$workspace": str(WORKSPACE_ID), "$session": str(SESSION_ID)}
    for name, value in values.items():
        named = [each.replace(name, value) for each in named]
    assert set(named) == set(asked)

    client_code = (frontend / "src/api/transcripts.ts").read_text(encoding="utf-8")
    [first] = re.findall(r"FIRST_PASSAGES = (\d+);", client_code)
    assert any(each.endswith(f"/transcript?first={first}") for each in asked)


@pytest.mark.django_db
def test_what_is_asked_for_at_once_is_there(client, client_for, alice, make):
    session = make.transcript().source.session
    answer = client.get(f"/w/{make.workspace.id}/sessions/{session.id}")

    answers = [client_for(alice).get(address) for address in preloaded(answer)]

    assert [each.status_code for each in answers] == [200] * 4


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/w/x>; rel=preload, </sessions/1", f"/w/{WORKSPACE_ID}/studies"]
)
def test_other_pages_ask_for_no_more_than_who_is_signed_in(client, path):
    answer = client.get(path)

    expected = ["/api/auth/session"] if path.startswith("/w/") else []
    assert preloaded(answer) == expected


def test_files_of_the_page_are_given_whole(client, settings):
    """A stream would need a thread of a request that may be over by then."""
    answers = [client.get("/w/x"), client.get("/favicon.svg")]

    assert not any(answer.streaming for answer in answers)
