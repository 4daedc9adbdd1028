"""What nobody found becomes a question; those who asked learn of the answer."""

from types import SimpleNamespace

import pytest

from backend.common.errors import UnavailableError
from backend.discovery import open_questions
from backend.discovery.models import Asking, OpenQuestion
from backend.discovery.selectors import Evidence
from backend.discovery.services import rebuild_index
from backend.workspaces.models import Membership
from tests.backend.maker import Maker

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


@pytest.fixture
def adopted(make, searched, questions, client_for, url, bob, rita):
    """A question of Bob's that Rita put into a study with a question of its own."""
    study = make.study(title="Getting here", questions=["How do people come?"])
    searched(bob, "parking")
    (question,) = questions(rita)
    path = url(f"open-questions/{question['id']}")
    body = {"study_id": str(study.id)}
    assert client_for(rita).post(f"{path}/adopt", body, format="json").status_code == 200
    shown = client_for(rita).get(url(f"studies/{study.id}")).json()
    assert shown["questions"] == ["How do people come?", "parking"]
    of_study = {"state": "adopted", "study": str(study.id)}
    (asked,) = client_for(bob).get(url("open-questions"), of_study).json()["results"]
    assert (asked["words"], asked["askers"]) == ("parking", 1)
    return SimpleNamespace(path=path, study=study, client=client_for(rita))


@pytest.mark.parametrize("act", ["reopen", "dismiss", "delete"])
def test_what_takes_a_question_back_takes_it_out_of_the_study(adopted, act):
    if act == "delete":
        assert adopted.client.delete(adopted.path).status_code == 204
    else:
        assert adopted.client.post(f"{adopted.path}/{act}").json()["study"] is None
    adopted.study.refresh_from_db()
    assert adopted.study.questions == ["How do people come?"]


def test_a_question_moves_from_study_to_study(adopted, make):
    other = make.study(questions=["parking"])
    body = {"study_id": str(other.id)}
    adopted.client.post(f"{adopted.path}/adopt", body, format="json")
    of_study = {"state": "adopted", "study": str(adopted.study.id)}
    listed = adopted.client.get(adopted.path.rpartition("/")[0], of_study).json()
    assert listed["results"] == []
    adopted.study.refresh_from_db()
    assert adopted.study.questions == ["How do people come?"]

    # The other study asked it by itself, and keeps it.
    adopted.client.post(f"{adopted.path}/reopen")
    other.refresh_from_db()
    assert other.questions == ["parking"]


def test_words_that_were_changed_in_the_study_stay_there(adopted):
    adopted.study.questions = ["Where do people park?"]
    adopted.study.save()
    adopted.client.post(f"{adopted.path}/reopen")
    adopted.study.refresh_from_db()
    assert adopted.study.questions == ["Where do people park?"]


def test_a_question_is_deleted_for_good(searched, questions, client_for, url, bob, paul, rita):
    searched(bob, "Zebra crossing")
    (question,) = questions(rita)
    path = url(f"open-questions/{question['id']}")
    for user in (bob, paul):
        assert client_for(user).delete(path).status_code == 403
    assert client_for(rita).delete(path).status_code == 204
    assert not OpenQuestion.objects.exists()
    assert not Asking.objects.exists()


def test_who_asks_no_longer_leaves_no_trace(searched, questions, client_for, url, bob, paul, rita):
    searched(bob, "Zebra crossing")
    searched(paul, "Zebra crossing")
    (question,) = questions(rita)
    path = url(f"open-questions/{question['id']}/asking")
    assert client_for(bob).delete(path).status_code == 204
    assert [one["askers"] for one in questions(rita)] == [1]
    assert client_for(rita).delete(path).status_code == 204, "who never asked changes nothing"
    assert [one["askers"] for one in questions(rita)] == [1]
    assert client_for(paul).delete(path).status_code == 204
    assert not OpenQuestion.objects.exists()


def test_a_search_that_names_a_participant_is_not_written_down(
    make, searched, questions, bob, client_for, url
):
    make.participant("P07", real_name="Marie-Luise Groß")
    for words in ("marie luise gross", "Groß, Marie-Luise: parking", "MARIE LUISE GROSS parking"):
        searched(bob, words)
    assert not OpenQuestion.objects.exists()
    searched(bob, "gross amount")
    assert [question["words"] for question in questions(bob)] == ["gross amount"]


def test_counting_is_bounded_and_everyones_turn_comes(
    make, client_for, url, bob, monkeypatch, count_queries
):
    for number in range(25):
        make.open_question(f"zebra {number}", bob)
    counted = []

    def count(workspace_id, question, *, is_strict):
        counted.append(question["q"])
        return Evidence(3, 2)

    monkeypatch.setattr(open_questions, "count_evidence", count)
    first = client_for(bob).get(url("open-questions/answered")).json()["results"]
    assert (len(counted), len(first)) == (20, 20)
    second = client_for(bob).get(url("open-questions/answered")).json()["results"]
    assert len(set(counted)) == 25
    assert (len(counted), len(second)) == (40, 25)


def test_while_search_is_down_questions_are_listed_as_they_were_counted(
    make, questions, searched, bob, monkeypatch
):
    say(make, "the parking is far", "P01")
    searched(bob, "parking")
    assert [one["people"] for one in questions(bob)] == [1]
    searched(bob, "zebra")

    def fail(*args, **values):
        raise UnavailableError("Search is down.")

    monkeypatch.setattr(open_questions, "count_evidence", fail)
    assert {one["words"]: one["people"] for one in questions(bob)} == {"parking": 1, "zebra": None}
