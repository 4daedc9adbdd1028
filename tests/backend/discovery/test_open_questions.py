"""What nobody found becomes a question; those who asked learn of the answer."""

import pytest

from backend.discovery import open_questions
from backend.discovery.models import Asking, OpenQuestion
from backend.discovery.services import rebuild_index
from backend.workspaces.models import Membership
from tests.backend.conftest import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_index(data_folders, workspace):
    rebuild_index()


@pytest.fixture
def searched(client_for, url):
    def note(user, words):
        answer = client_for(user).post(url("searched"), {"words": words}, format="json")
        assert answer.status_code == 204

    return note


@pytest.fixture
def questions(client_for, url):
    def read(user, state="open"):
        return client_for(user).get(url("open-questions"), {"state": state}).json()["results"]

    return read


def say(make, words, *labels):
    for label in labels:
        make.excerpt(make.transcript(turns=[(label, words)]))
    rebuild_index()


def test_searches_that_find_nothing_become_one_question(searched, questions, bob, paul, rita):
    searched(bob, "Zebra crossing")
    searched(bob, "zebra  crossing")
    searched(paul, "ZÉBRA crossing")

    (question,) = questions(rita)
    assert (question["words"], question["askers"], question["times"]) == ("Zebra crossing", 2, 3)
    assert (question["excerpts"], question["people"], question["is_mine"]) == (0, 0, False)
    assert question["first_asked_at"] < question["last_asked_at"]
    assert questions(bob)[0]["is_mine"]


def test_nobody_is_told_who_asked(searched, questions, bob, rita):
    searched(bob, "Zebra crossing")

    (question,) = questions(rita)
    told = " ".join(str(value) for value in question.values())
    assert bob.email not in told
    assert str(bob.pk) not in told.split()
    assert "user" not in " ".join(question)


def test_one_voice_is_no_answer_and_two_are(make, searched, questions, bob):
    say(make, "the parking is far", "P01")
    searched(bob, "parking")
    assert [question["people"] for question in questions(bob)] == [1]

    say(make, "buses are late", "P01", "P02")
    searched(bob, "buses")
    searched(bob, "buses zebra")
    assert {question["words"] for question in questions(bob)} == {"parking", "buses zebra"}


@pytest.mark.parametrize("words", ["ab", "!?", "-hold"])
def test_what_is_no_question_is_not_noted(searched, questions, bob, words):
    searched(bob, words)
    assert questions(bob) == []


def test_an_owner_can_switch_it_off(searched, questions, client_for, url, alice, rita, bob):
    path = url("question-log")
    assert client_for(rita).put(path, {"is_on": False}, format="json").status_code == 403
    assert client_for(alice).put(path, {"is_on": False}, format="json").json() == {"is_on": False}
    searched(bob, "Zebra crossing")
    assert questions(alice) == []
    assert not OpenQuestion.objects.exists()
    assert not Asking.objects.exists()


def test_asking_on_purpose_works_whatever_is_found(make, client_for, url, questions, bob):
    say(make, "buses are late", "P01", "P02")
    asked = client_for(bob).post(url("open-questions"), {"words": "buses"}, format="json")

    assert asked.status_code == 201
    assert (asked.json()["people"], asked.json()["askers"]) == (2, 1)
    empty = client_for(bob).post(url("open-questions"), {"words": "?!"}, format="json")
    assert empty.status_code == 400


def test_those_who_asked_are_told_when_evidence_arrives(make, searched, client_for, url, bob, paul):
    searched(bob, "parking")
    answered = url("open-questions/answered")
    assert client_for(bob).get(answered).json()["results"] == []

    say(make, "the parking is far", "P01", "P02")
    (news,) = client_for(bob).get(answered).json()["results"]
    assert (news["words"], news["people"]) == ("parking", 2)
    assert client_for(paul).get(answered).json()["results"] == []

    seen = client_for(bob).post(url(f"open-questions/{news['id']}/seen"))
    assert seen.status_code == 204
    assert client_for(bob).get(answered).json()["results"] == []


def test_a_researcher_makes_it_a_question_of_a_study(
    make, searched, questions, client_for, url, bob, rita
):
    study = make.study(title="Getting here")
    searched(bob, "parking")
    (question,) = questions(rita)
    path = url(f"open-questions/{question['id']}")
    body = {"study_id": str(study.id)}

    assert client_for(bob).post(f"{path}/adopt", body, format="json").status_code == 403
    adopted = client_for(rita).post(f"{path}/adopt", body, format="json").json()
    assert (adopted["state"], adopted["study"]["title"]) == ("adopted", "Getting here")
    client_for(rita).post(f"{path}/adopt", body, format="json")
    study.refresh_from_db()
    assert study.questions == ["parking"]

    assert questions(rita) == []
    assert len(questions(rita, "adopted")) == 1
    assert client_for(rita).post(f"{path}/dismiss").json()["state"] == "dismissed"
    assert client_for(rita).post(f"{path}/reopen").json()["state"] == "open"


def test_open_ones_are_counted_without_a_search(
    searched, client_for, url, bob, rita, charlie, questions, monkeypatch
):
    searched(bob, "Zebra crossing")
    searched(rita, "zebra crossing")
    searched(bob, "parking")
    [parking] = [one for one in questions(bob) if one["words"] == "parking"]
    client_for(rita).post(url(f"open-questions/{parking['id']}/dismiss"))

    monkeypatch.setattr(open_questions, "count_evidence", None)
    assert client_for(bob).get(url("open-questions/count")).json() == {"count": 1}
    assert client_for(charlie).get(url("open-questions/count")).status_code == 404


def test_who_left_is_not_counted(searched, questions, bob, paul, rita):
    searched(bob, "Zebra crossing")
    searched(paul, "Zebra crossing")
    Membership.objects.filter(user=bob).delete()

    assert [question["askers"] for question in questions(rita)] == [1]


def test_a_study_of_another_workspace_is_unknown(
    make, other_workspace, searched, questions, client_for, url, rita
):
    theirs = Maker(other_workspace).study()
    searched(rita, "parking")
    (question,) = questions(rita)
    answer = client_for(rita).post(
        url(f"open-questions/{question['id']}/adopt"), {"study_id": str(theirs.id)}, format="json"
    )
    assert answer.status_code == 400
    theirs.refresh_from_db()
    assert theirs.questions == []
