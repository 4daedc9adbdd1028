"""What recognition was unsure of becomes evidence only after somebody has heard it."""

import pytest

from backend.synthesis.models import Claim, ClaimEvidence, Evidence, Insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def paul_client(client_for, paul):
    return client_for(paul)


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def doubtful(said):
    return said("P01", "I waited six weeks", is_doubtful=True)


def refused(answer, *excerpts) -> dict:
    assert answer.status_code == 409
    body = answer.json()
    assert body["code"] == "listen_first"
    assert body["fields"]["excerpt_ids"] == [str(excerpt.id) for excerpt in excerpts]
    return body


def test_an_insight_on_unheard_words_is_refused_whole(paul_client, url, said, doubtful):
    certain, other = said("P02", "Never again"), said("P03", "So long a wait", is_doubtful=True)
    evidence = [
        {"excerpt_id": str(excerpt.id), "stance": stance}
        for excerpt, stance in ((certain, "for"), (doubtful, "against"), (other, "for"))
    ]
    answer = paul_client.post(url("insights"), {"statement": "Waits", "evidence": evidence})
    body = refused(answer, doubtful, other)
    assert "“I waited six weeks” and 1 more" in body["message"]
    assert "Play it" in body["remedy"]
    assert not Insight.objects.exists()
    for excerpt in (doubtful, other):
        paul_client.put(url(f"excerpts/{excerpt.id}/heard"), {"how": "played"})
    answer = paul_client.post(url("insights"), {"statement": "Waits", "evidence": evidence})
    assert answer.status_code == 201


def test_evidence_is_refused_until_it_was_heard_but_what_is_there_may_change(
    paul_client, url, make, said, doubtful
):
    insight, _, _ = make.insight(said("P02"), make.persona())
    body = {"excerpt_id": str(doubtful.id)}
    refused(paul_client.post(url(f"insights/{insight.id}/evidence"), body), doubtful)
    assert Evidence.objects.count() == 1
    heard = url(f"excerpts/{doubtful.id}/heard")
    paul_client.put(heard, {"how": "said"})
    assert paul_client.post(url(f"insights/{insight.id}/evidence"), body).status_code == 201
    paul_client.delete(heard)
    body = {**body, "stance": "against"}
    assert paul_client.post(url(f"insights/{insight.id}/evidence"), body).status_code == 201
    assert Evidence.objects.get(excerpt=doubtful).stance == "against"


def test_a_claim_rests_on_nothing_unheard(rita_client, url, make, said, doubtful):
    persona, certain = make.persona(), said("P02")
    claims = url(f"personas/{persona.id}/claims")
    body = {"section": "goals", "text": "Be seen soon"}
    refused(rita_client.post(claims, {**body, "excerpt_ids": [str(doubtful.id)]}), doubtful)
    assert not Claim.objects.exists()
    made = rita_client.post(claims, {**body, "excerpt_ids": [str(certain.id)]}).json()
    both = {"text": "Other", "excerpt_ids": [str(certain.id), str(doubtful.id)]}
    refused(rita_client.patch(url(f"claims/{made['id']}"), both), doubtful)
    assert Claim.objects.get().text == "Be seen soon", "refused whole"
    assert ClaimEvidence.objects.get().excerpt == certain
    rita_client.put(url(f"excerpts/{doubtful.id}/heard"), {"how": "played"})
    assert rita_client.patch(url(f"claims/{made['id']}"), both).status_code == 200
    rita_client.delete(url(f"excerpts/{doubtful.id}/heard"))
    assert rita_client.patch(url(f"claims/{made['id']}"), both).status_code == 200, "it was there"
