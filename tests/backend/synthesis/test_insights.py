"""Insights: written by product managers too, with evidence for and against, counted in people."""

from uuid import uuid4

import pytest
from django.utils import timezone

from backend.jobs.models import SearchChange
from backend.synthesis.models import Evidence, Insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def paul_client(client_for, paul):
    return client_for(paul)


@pytest.fixture
def write(paul_client, url):
    """Write an insight through the API as paul, the product manager."""

    def write_insight(**values):
        return paul_client.post(url("insights"), {"statement": "Free visits are lost", **values})

    return write_insight


def evidence_for(*excerpts, stance: str = "for") -> list[dict]:
    return [{"excerpt_id": str(excerpt.id), "stance": stance} for excerpt in excerpts]


def test_a_product_manager_writes_an_insight_with_evidence(write, said, make, paul):
    persona = make.persona(name="Maya")
    first, again, other, against = said("P01"), said("P01"), said("P02"), said("P03")
    answer = write(
        summary="Nobody learns of them",
        status="acted",
        opportunity="Send a message",
        action_note="Built it",
        persona_ids=[str(persona.id)],
        evidence=evidence_for(first, again, other) + evidence_for(against, stance="against"),
    )
    assert answer.status_code == 201
    body = answer.json()
    assert (body["people_for"], body["people_against"]) == (2, 1)
    assert (body["excerpts_for"], body["excerpts_against"]) == (3, 1)
    assert body["study_count"] == 4
    assert body["status"] == "acted"
    assert body["created_by"] == {"id": str(paul.id), "name": "Paul"}
    assert body["personas"] == [{"id": str(persona.id), "name": "Maya", "picture_url": None}]
    texts = [(row["stance"], row["excerpt"]["id"]) for row in body["evidence"]]
    assert texts == [
        ("for", str(first.id)),
        ("for", str(again.id)),
        ("for", str(other.id)),
        ("against", str(against.id)),
    ]
    assert {row["excerpt"]["participant"]["real_name"] for row in body["evidence"]} == {None}
    assert SearchChange.objects.filter(subject_kind="insight", subject_id=body["id"]).exists()


@pytest.mark.parametrize(
    "values",
    [
        {"statement": ""},
        {"statement": "x" * 501},
        {"status": "done"},
        {"persona_ids": [str(uuid4())]},
        {"evidence": [{"excerpt_id": str(uuid4())}]},
        {"evidence": [{"excerpt_id": "x"}]},
    ],
)
def test_bad_input_makes_nothing(write, values):
    assert write(**values).status_code == 400
    assert not Insight.objects.exists()


def test_excerpts_of_elsewhere_or_deleted_are_no_evidence(write, said, other_workspace):
    theirs, deleted = said("P01"), said("P02")
    type(theirs).objects.filter(id=theirs.id).update(workspace=other_workspace)
    deleted.deleted_at = timezone.now()
    deleted.save()
    for excerpt in (theirs, deleted):
        assert write(evidence=evidence_for(excerpt)).status_code == 400


def test_a_change_keeps_what_is_not_named(write, paul_client, url):
    insight = write(summary="Why").json()
    body = paul_client.patch(url(f"insights/{insight['id']}"), {"status": "advocated"}).json()
    assert (body["status"], body["summary"], body["statement"]) == (
        "advocated",
        "Why",
        "Free visits are lost",
    )
    assert body["updated_at"] > insight["updated_at"]


def test_deleting_can_be_undone_with_its_evidence(write, said, paul_client, url):
    one = url(f"insights/{write(evidence=evidence_for(said('P01'))).json()['id']}")
    assert paul_client.delete(one).status_code == 204
    assert paul_client.get(one).status_code == 404
    assert paul_client.get(url("insights")).json()["count"] == 0
    restored = paul_client.post(f"{one}/restore")
    assert restored.json()["people_for"] == 1
    assert len(restored.json()["evidence"]) == 1


def test_evidence_is_added_changed_and_taken_away(write, said, paul_client, url):
    insight_id = write().json()["id"]
    excerpt = said("P01")
    address = url(f"insights/{insight_id}/evidence")
    body = paul_client.post(address, {"excerpt_id": str(excerpt.id)}).json()
    assert body["evidence"][0]["stance"] == "for"
    again = {"excerpt_id": str(excerpt.id), "stance": "against", "note": "The loud one"}
    answer = paul_client.post(address, again)
    assert answer.status_code == 201
    (row,) = answer.json()["evidence"]
    assert (row["id"], row["stance"]) == (body["evidence"][0]["id"], "against")
    one = url(f"evidence/{row['id']}")
    body = paul_client.patch(one, {"stance": "for"}).json()
    assert (body["evidence"][0]["stance"], body["evidence"][0]["note"]) == ("for", "The loud one")
    assert (body["people_for"], body["people_against"]) == (1, 0)
    body = paul_client.delete(one).json()
    assert (body["id"], body["evidence"]) == (insight_id, [])
    assert paul_client.delete(one).status_code == 404


def test_evidence_of_a_deleted_insight_is_out_of_reach(write, said, paul_client, url):
    insight = write(evidence=evidence_for(said("P01"))).json()
    paul_client.delete(url(f"insights/{insight['id']}"))
    one = url(f"evidence/{insight['evidence'][0]['id']}")
    assert paul_client.patch(one, {"stance": "against"}).status_code == 404
    assert Evidence.objects.get().stance == "for"


def test_support_goes_with_the_excerpt_and_comes_back(write, said, client_for, rita, url):
    excerpt = said("P01")
    one = url(f"insights/{write(evidence=evidence_for(excerpt)).json()['id']}")
    rita_client = client_for(rita)
    rita_client.delete(url(f"excerpts/{excerpt.id}"))
    body = rita_client.get(one).json()
    assert (body["people_for"], body["newest_at"], body["evidence"]) == (0, None, [])
    rita_client.post(url(f"excerpts/{excerpt.id}/restore"))
    assert rita_client.get(one).json()["people_for"] == 1
    excerpt.participant.consent = "withdrawn"
    excerpt.participant.save()
    assert rita_client.get(one).json()["people_for"] == 0


def test_personas_are_set_and_deleted_ones_hidden(write, make, client_for, rita, paul_client, url):
    maya, walter = make.persona(name="Maya"), make.persona(name="Walter")
    insight = write(persona_ids=[str(maya.id)]).json()
    address = url(f"insights/{insight['id']}/personas")
    body = paul_client.put(address, {"persona_ids": [str(walter.id), str(maya.id)]}).json()
    assert [persona["name"] for persona in body["personas"]] == ["Maya", "Walter"]
    client_for(rita).delete(url(f"personas/{maya.id}"))
    body = paul_client.put(address, {"persona_ids": [str(walter.id)]}).json()
    assert [persona["name"] for persona in body["personas"]] == ["Walter"]
    client_for(rita).post(url(f"personas/{maya.id}/restore"))
    body = paul_client.get(url(f"insights/{insight['id']}")).json()
    assert [persona["name"] for persona in body["personas"]] == ["Maya", "Walter"]


def test_the_list_is_filtered_and_newest_first(write, make, paul_client, url):
    persona = make.persona()
    first = write(persona_ids=[str(persona.id)]).json()
    second = write(status="acted").json()

    def listed(query: str = "") -> list[str]:
        return [row["id"] for row in paul_client.get(url(f"insights{query}")).json()["results"]]

    assert listed() == [second["id"], first["id"]]
    assert listed(f"?persona={persona.id}") == [first["id"]]
    assert listed("?status=acted") == [second["id"]]
    assert listed("?persona=&status=") == [second["id"], first["id"]]
    assert paul_client.get(url("insights?status=done")).status_code == 400


def test_the_list_takes_constant_queries(write, said, make, paul_client, url, count_queries):
    def write_rich() -> None:
        persona = make.persona()
        write(persona_ids=[str(persona.id)], evidence=evidence_for(said(f"P{persona.name}")))

    write_rich()
    few = count_queries(lambda: paul_client.get(url("insights")))
    for _ in range(19):
        write_rich()
    assert count_queries(lambda: paul_client.get(url("insights"))) == few
    assert paul_client.get(url("insights")).json()["count"] == 20


def test_a_long_insight_takes_as_many_queries_as_a_short_one(
    write, said, paul_client, url, count_queries
):
    insight_id = write(evidence=evidence_for(said("P01"))).json()["id"]
    one = url(f"insights/{insight_id}")
    few = count_queries(lambda: paul_client.get(one))
    for number in range(20):
        body = {"excerpt_id": str(said(f"P1{number}").id)}
        paul_client.post(url(f"insights/{insight_id}/evidence"), body)
    assert count_queries(lambda: paul_client.get(one)) == few
    assert len(paul_client.get(one).json()["evidence"]) == 21
