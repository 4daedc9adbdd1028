"""A persona's page: counts, story, people, insights; claims that cannot bluff."""

from uuid import uuid4

import pytest

from backend.jobs.models import SearchChange
from backend.synthesis.models import Claim, ClaimEvidence

pytestmark = pytest.mark.django_db

SECTIONS = ["age", "life_stage", "work", "why_work", "admires", "likes", "goals", "worries"]


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def persona(make):
    return make.persona(name="Maya")


@pytest.fixture
def claim(rita_client, url, persona):
    """Add a claim to the persona through the API."""

    def add_claim(text: str = "She waits.", *excerpts, section: str = "worries"):
        ids = [str(excerpt.id) for excerpt in excerpts]
        body = {"section": section, "text": text, "excerpt_ids": ids}
        return rita_client.post(url(f"personas/{persona.id}/claims"), body)

    return add_claim


def test_cards_count_people_evidence_and_insights(rita_client, url, make, said, assign, persona):
    excerpt, other = said("P01"), said("P02")
    for quadrant in ("pain", "gain"):
        make.placing(excerpt, quadrant=quadrant, persona=persona)
    make.placing(other, quadrant="pain", persona=make.persona(name="Walter"))
    assign(excerpt.participant, persona)
    assign(other.participant, persona)
    make.insight(excerpt, persona)
    other.participant.consent = "withdrawn"
    other.participant.save()
    maya, walter = rita_client.get(url("personas")).json()["results"]
    assert (maya["name"], walter["name"]) == ("Maya", "Walter")
    assert (maya["people_count"], maya["excerpt_count"], maya["insight_count"]) == (1, 1, 1)
    assert maya["newest_at"] == excerpt.created_at.isoformat().replace("+00:00", "Z")
    assert (walter["people_count"], walter["excerpt_count"]) == (0, 0)
    assert walter["newest_at"] is None


def test_the_page_tells_story_people_and_insights(
    rita_client, client_for, paul, url, make, said, assign, persona, claim
):
    excerpt = said("P01")
    assign(excerpt.participant, persona)
    make.insight(excerpt, persona, statement="Free visits are lost")
    claim("She waits.", excerpt)
    body = rita_client.get(url(f"personas/{persona.id}")).json()
    assert [part["section"] for part in body["story"]] == SECTIONS
    told = {part["section"]: [row["text"] for row in part["claims"]] for part in body["story"]}
    assert told["worries"] == ["She waits."]
    assert told["goals"] == ["Be seen soon."]
    assert [person["code_name"] for person in body["people"]] == ["P01"]
    assert body["people"][0]["real_name"] == "Greta Garbo"
    assert [row["statement"] for row in body["insights"]] == ["Free visits are lost"]
    assert body["insights"][0]["people_for"] == 1
    hidden = client_for(paul).get(url(f"personas/{persona.id}")).json()
    assert hidden["people"][0]["real_name"] is None


def test_a_claim_is_an_assumption_without_evidence_that_counts(
    claim, said, rita_client, url, persona
):
    assert claim().json()["is_assumption"] is True
    excerpt = said("P01")
    body = claim("She waits.", excerpt).json()
    assert body["is_assumption"] is False
    assert body["evidence"][0]["excerpt"]["id"] == str(excerpt.id)
    rita_client.delete(url(f"excerpts/{excerpt.id}"))
    page = rita_client.get(url(f"personas/{persona.id}")).json()
    (worries,) = (part["claims"] for part in page["story"] if part["section"] == "worries")
    assert [row["is_assumption"] for row in worries] == [True, True]


def test_what_contradicts_a_claim_does_not_support_it(claim, said, workspace, rita_client, url):
    claim_id = claim().json()["id"]
    excerpt = said("P01")
    ClaimEvidence.objects.create(
        workspace=workspace, claim_id=claim_id, excerpt=excerpt, stance="against"
    )
    body = rita_client.patch(url(f"claims/{claim_id}"), {"text": "She hopes."}).json()
    assert (body["text"], body["is_assumption"]) == ("She hopes.", True)
    body = rita_client.patch(url(f"claims/{claim_id}"), {"excerpt_ids": [str(excerpt.id)]}).json()
    assert (body["is_assumption"], len(body["evidence"])) == (False, 1)


def test_new_support_replaces_the_old(claim, said, rita_client, url):
    old, stays, new = said("P01"), said("P02"), said("P03")
    body = claim("She waits.", old, stays).json()
    kept = body["evidence"][1]["id"]
    address = url(f"claims/{body['id']}")
    body = rita_client.patch(address, {"excerpt_ids": [str(stays.id), str(new.id)]}).json()
    assert [row["excerpt"]["id"] for row in body["evidence"]] == [str(stays.id), str(new.id)]
    assert body["evidence"][0]["id"] == kept
    assert rita_client.patch(address, {"excerpt_ids": []}).json()["is_assumption"] is True


def test_claims_are_told_in_the_order_they_were_added(claim, rita_client, url, persona):
    for text in ("one", "two", "three"):
        claim(text)
    first = Claim.objects.get(text="one")
    assert rita_client.delete(url(f"claims/{first.id}")).status_code == 204
    claim("four")
    page = rita_client.get(url(f"personas/{persona.id}")).json()
    (worries,) = (part["claims"] for part in page["story"] if part["section"] == "worries")
    assert [row["text"] for row in worries] == ["two", "three", "four"]


def test_bad_claims_are_refused(claim, rita_client, url, persona):
    address = url(f"personas/{persona.id}/claims")
    for body in (
        {"section": "hobby", "text": "x"},
        {"section": "goals", "text": " "},
        {"section": "goals", "text": "x", "excerpt_ids": [str(uuid4())]},
    ):
        assert rita_client.post(address, body).status_code == 400
    assert not Claim.objects.exists()


def test_search_is_told_of_a_claim(claim):
    SearchChange.objects.all().delete()
    told = claim().json()
    change = SearchChange.objects.get()
    assert (change.subject_kind, str(change.subject_id)) == ("claim", told["id"])


def test_claims_of_a_deleted_persona_are_out_of_reach(claim, rita_client, url, persona):
    claim_id = claim().json()["id"]
    rita_client.delete(url(f"personas/{persona.id}"))
    assert rita_client.patch(url(f"claims/{claim_id}"), {"text": "x"}).status_code == 404


def test_lists_and_pages_take_constant_queries(
    rita_client, url, make, said, assign, persona, claim, count_queries
):
    def enrich(number: int) -> None:
        for _ in range(number):
            row = make.persona()
            excerpt = said(f"P{row.name}")
            assign(excerpt.participant, persona)
            make.insight(excerpt, persona)
            make.placing(excerpt, quadrant="pain", persona=row)
            claim("x", excerpt)

    enrich(1)
    page = url(f"personas/{persona.id}")
    few_in_list = count_queries(lambda: rita_client.get(url("personas")))
    few_in_page = count_queries(lambda: rita_client.get(page))
    enrich(19)
    assert count_queries(lambda: rita_client.get(url("personas"))) == few_in_list
    assert count_queries(lambda: rita_client.get(page)) == few_in_page
    assert rita_client.get(url("personas")).json()["count"] == 21
    body = rita_client.get(page).json()
    assert len(body["people"]) == len(body["insights"]) == 20
