"""Personas: made, changed, taken away and brought back; and whom they stand for."""

from uuid import uuid4

import pytest

from backend.jobs.models import SearchChange
from backend.personas.models import Persona, PersonaParticipant

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def changed(kind: str) -> set:
    rows = SearchChange.objects.filter(subject_kind=kind)
    return set(rows.values_list("subject_id", flat=True))


def test_a_persona_is_made_changed_deleted_and_restored(rita_client, url):
    made = rita_client.post(url("personas"), {"name": " Maya ", "summary": "In a hurry"})
    assert made.status_code == 201
    one = url(f"personas/{made.json()['id']}")
    assert made.json()["name"] == "Maya"
    assert rita_client.patch(one, {"summary": "Late"}).json()["summary"] == "Late"
    assert rita_client.get(one).json()["name"] == "Maya"
    assert rita_client.delete(one).status_code == 204
    assert rita_client.get(one).status_code == 404
    assert rita_client.get(f"{one}/map").status_code == 404
    assert rita_client.get(url("personas")).json()["count"] == 0
    assert rita_client.post(f"{one}/restore").json()["summary"] == "Late"
    assert rita_client.get(url("personas")).json()["count"] == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_persona_has_a_name(rita_client, url, name):
    answer = rita_client.post(url("personas"), {"name": name})
    assert answer.status_code == 400
    assert "name" in answer.json()["fields"]


def test_a_participant_is_behind_one_persona_at_most(rita_client, url, make):
    person = make.participant()
    maya, walter = make.persona(name="Maya"), make.persona(name="Walter")
    address = url(f"participants/{person.id}/persona")
    body = rita_client.put(address, {"persona_id": str(maya.id)}).json()
    assert (body["id"], body["persona_name"]) == (str(person.id), "Maya")
    body = rita_client.put(address, {"persona_id": str(walter.id)}).json()
    assert body["persona_id"] == str(walter.id)
    assert PersonaParticipant.objects.count() == 1
    assert changed("persona") == {maya.id, walter.id}
    assert changed("participant") == {person.id}
    body = rita_client.put(address, {"persona_id": None}).json()
    assert body["persona_id"] is None
    assert not PersonaParticipant.objects.exists()


def test_personas_that_are_not_here_are_refused(rita_client, url, make, other_workspace):
    theirs = Persona.objects.create(workspace=other_workspace, name="Theirs")
    address = url(f"participants/{make.participant().id}/persona")
    for persona_id in (theirs.id, uuid4(), "x"):
        answer = rita_client.put(address, {"persona_id": str(persona_id)})
        assert answer.status_code == 400
        assert "persona_id" in answer.json()["fields"]
    assert rita_client.put(address, {}).status_code == 400
    assert not PersonaParticipant.objects.exists()
