"""Placings: once in a quadrant of a persona, changed in place, taken away."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from backend.personas.models import Persona
from backend.tagging.models import Placing

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def excerpt(make):
    return make.excerpt()


@pytest.fixture
def place(rita_client, url, excerpt):
    def place_excerpt(**values):
        return rita_client.post(url(f"excerpts/{excerpt.id}/placings"), values)

    return place_excerpt


def test_placing_again_changes_the_placing(place, make):
    persona = make.persona()
    first = place(quadrant="say_do", aspect="say", persona_id=str(persona.id), intensity=-1)
    assert first.status_code == 201
    again = place(quadrant="say_do", aspect="do", persona_id=str(persona.id), emotion=" proud ")
    (before,), (after,) = first.json()["placings"], again.json()["placings"]
    assert after["id"] == before["id"]
    assert (after["aspect"], after["emotion"], after["intensity"]) == ("do", "proud", None)


def test_without_a_persona_too(place):
    place(quadrant="pain")
    assert len(place(quadrant="pain", intensity=3).json()["placings"]) == 1


def test_several_quadrants_and_personas_stand_side_by_side(place, make):
    maya, walter = make.persona(), make.persona()
    place(quadrant="pain", persona_id=str(maya.id))
    place(quadrant="pain", persona_id=str(walter.id))
    place(quadrant="pain")
    assert len(place(quadrant="gain", persona_id=str(maya.id)).json()["placings"]) == 4


@pytest.mark.parametrize("has_persona", [True, False])
def test_the_database_holds_that_a_placing_is_there_once(make, excerpt, has_persona):
    persona = make.persona() if has_persona else None
    make.placing(excerpt, quadrant="pain", persona=persona)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.placing(excerpt, quadrant="pain", persona=persona)


@pytest.mark.parametrize(
    ("quadrant", "aspect", "status"),
    [
        ("think_feel", "think", 201),
        ("think_feel", "feel", 201),
        ("think_feel", "", 201),
        ("think_feel", "say", 400),
        ("say_do", "do", 201),
        ("say_do", "feel", 400),
        ("hear", "", 201),
        ("hear", "say", 400),
        ("see", "do", 400),
        ("gain", "think", 400),
    ],
)
def test_aspects_belong_to_their_quadrant(place, quadrant, aspect, status):
    assert place(quadrant=quadrant, aspect=aspect).status_code == status


def test_a_change_keeps_what_is_not_named(place, rita_client, url, make):
    persona = make.persona()
    (placing,) = place(
        quadrant="think_feel",
        aspect="feel",
        persona_id=str(persona.id),
        emotion="angry",
        intensity=-3,
    ).json()["placings"]
    body = rita_client.patch(url(f"placings/{placing['id']}"), {"intensity": -1}).json()
    assert body["placings"][0] == {**placing, "intensity": -1}
    body = rita_client.patch(url(f"placings/{placing['id']}"), {"quadrant": "pain"}).json()
    assert (body["placings"][0]["quadrant"], body["placings"][0]["aspect"]) == ("pain", "")
    body = rita_client.patch(url(f"placings/{placing['id']}"), {"persona_id": None}).json()
    assert body["placings"][0]["persona_id"] is None


def test_a_change_onto_another_placing_is_a_conflict(place, rita_client, url):
    place(quadrant="pain")
    placings = place(quadrant="gain").json()["placings"]
    gain = next(p for p in placings if p["quadrant"] == "gain")
    answer = rita_client.patch(url(f"placings/{gain['id']}"), {"quadrant": "pain"})
    assert answer.status_code == 409
    assert Placing.objects.count() == 2


def test_taking_it_away_answers_with_the_excerpt(place, rita_client, url, excerpt):
    (placing,) = place(quadrant="see").json()["placings"]
    answer = rita_client.delete(url(f"placings/{placing['id']}"))
    assert answer.status_code == 200
    assert answer.json()["id"] == str(excerpt.id)
    assert answer.json()["placings"] == []
    assert rita_client.delete(url(f"placings/{placing['id']}")).status_code == 404


def test_personas_of_elsewhere_do_not_exist(place, other_workspace):
    theirs = Persona.objects.create(workspace=other_workspace, name="Theirs")
    for persona_id in (theirs.id, uuid4()):
        assert place(quadrant="pain", persona_id=str(persona_id)).status_code == 400


def test_a_deleted_persona_is_hidden_and_comes_back_with_its_placings(
    place, rita_client, url, make
):
    persona = make.persona(name="Maya")
    (placing,) = place(quadrant="pain", persona_id=str(persona.id)).json()["placings"]
    rita_client.delete(url(f"personas/{persona.id}"))
    assert place(quadrant="pain", persona_id=str(persona.id)).status_code == 400
    (hidden,) = rita_client.get(url("excerpts")).json()["results"][0]["placings"]
    assert (hidden["persona_id"], hidden["persona_name"]) == (None, None)
    rita_client.post(url(f"personas/{persona.id}/restore"))
    (shown,) = rita_client.get(url("excerpts")).json()["results"][0]["placings"]
    assert shown == placing
