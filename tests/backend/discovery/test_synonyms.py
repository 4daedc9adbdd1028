"""Words that mean the same to a team: kept by its researchers, used by every search."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.discovery.models import SynonymGroup
from backend.discovery.services import rebuild_index
from backend.discovery.synonyms import MOST_GROUPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client_for, url):
    def save_as(user, *words):
        return client_for(user).post(url("synonyms"), {"words": words}, format="json")

    return save_as


@pytest.fixture
def found(client_for, url, bob):
    def find(words, **question):
        return client_for(bob).get(url("search"), {"q": words, **question}).json()

    return find


def said(make, words):
    return make.excerpt(make.transcript(words=words))


def test_a_group_is_used_by_the_next_search_and_no_longer_once_it_is_gone(
    make, save, found, client_for, url, alice
):
    said(make, "the visit was short")
    said(make, "an appointment at nine")
    rebuild_index()
    assert found("appointment")["excerpts"] == 1
    made = save(alice, "appointment", "visit")
    assert made.status_code == 201
    answer = found("appointment")
    assert (answer["excerpts"], answer["total"]) == (2, 2)
    assert answer["also_searched"] == [{"typed": "appointment", "words": ["visit"]}]
    texts = [hit["text"] for hit in answer["hits"]]
    assert texts == ["an appointment at nine", "the visit was short"]
    [[start, end]] = answer["hits"][1]["highlights"]
    assert texts[1][start:end] == "visit"
    client_for(alice).delete(url(f"synonyms/{made.json()['id']}"))
    assert found("appointment")["excerpts"] == 1


def test_quotes_search_for_the_typed_words_alone(make, found):
    said(make, "the visit was short")
    said(make, "an appointment at nine")
    make.synonyms("appointment", "visit")
    rebuild_index()
    answer = found('"appointment"')
    assert (answer["excerpts"], answer["also_searched"]) == (1, [])


def test_counts_of_excerpts_alone_are_widened_as_the_whole_is(make, found):
    excerpt = said(make, "the visit was short")
    make.insight(excerpt, make.persona(), statement="Each visit is too short")
    make.synonyms("appointment", "visit")
    rebuild_index()
    answer = found("appointment")
    assert (answer["total"], answer["excerpts"]) == (2, 1)
    [study] = next(facet for facet in answer["facets"] if facet["field"] == "study")["values"]
    assert study["excerpts"] == 1


def test_a_group_is_tidied_listed_and_changed(save, client_for, url, alice, bob):
    made = save(alice, "  no   show ", "Missed visit").json()
    assert made["words"] == ["no show", "Missed visit"]
    address = url(f"synonyms/{made['id']}")
    changed = client_for(alice).patch(address, {"words": ["No Show", "DNA"]}, format="json")
    assert changed.json() == {"id": made["id"], "words": ["No Show", "DNA"]}
    shown = client_for(bob).get(url("synonyms")).json()
    assert shown == {"results": [changed.json()], "most": MOST_GROUPS}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["visit"], "2 to 12 words"),
        ([], "2 to 12 words"),
        ([f"word{n}" for n in range(13)], "this one has 13"),
        (["visit", "Visit "], "“Visit” and “visit” are the same"),
        (["Café", "cafe"], "are the same to search"),
        (["visit", "visit"], "twice"),
        (["visit", "🎉"], "“🎉” has no letters"),
        (["visit", "one two three four five six seven"], "too long"),
        (["visit", "v" * 81], "too long"),
    ],
)
def test_what_can_not_be_a_group_says_why_at_the_field(save, alice, words, part):
    answer = save(alice, *words)
    assert answer.status_code == 400
    assert part in answer.json()["fields"]["words"][0]
    assert not SynonymGroup.objects.exists()


def test_a_word_is_in_one_group_only_and_the_error_names_it(make, save, client_for, url, alice):
    make.synonyms("appointment", "visit")
    answer = save(alice, "VISIT", "call")
    assert answer.status_code == 409
    [said] = answer.json()["fields"]["words"]
    assert said == "“VISIT” is in the group “appointment, visit”."
    own = make.synonyms("no show", "DNA")
    changed = client_for(alice).patch(
        url(f"synonyms/{own.id}"), {"words": ["No show", "DNA", "missed"]}, format="json"
    )
    assert changed.status_code == 200


def test_there_is_an_end_to_groups(make, save, alice):
    SynonymGroup.objects.bulk_create(
        SynonymGroup(workspace=make.workspace, words=[f"a{n}", f"b{n}"]) for n in range(MOST_GROUPS)
    )
    answer = save(alice, "visit", "appointment")
    assert answer.status_code == 400
    assert f"{MOST_GROUPS} groups" in answer.json()["message"]


def test_everybody_reads_and_researchers_write(make, save, client_for, url, bob, paul, charlie):
    group = make.synonyms("appointment", "visit")
    assert client_for(bob).get(url("synonyms")).status_code == 200
    for user in (bob, paul):
        assert save(user, "one", "two").status_code == 403
        assert client_for(user).delete(url(f"synonyms/{group.id}")).status_code == 403
    assert save(charlie, "one", "two").status_code == 404
    assert client_for(charlie).get(url("synonyms")).status_code == 404


def test_words_of_one_team_are_no_words_of_another(make, found, other_workspace):
    said(make, "the visit was short")
    SynonymGroup.objects.create(workspace=other_workspace, words=["appointment", "visit"])
    rebuild_index()
    assert found("appointment")["total"] == 0


def test_groups_cost_one_query_however_many(make, client_for, url, bob):
    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            client_for(bob).get(url("search"), {"q": "appointment"})
        return len(queries)

    rebuild_index()
    before = count_queries()
    for number in range(5):
        make.synonyms(f"one{number}", f"two{number}")
    assert count_queries() == before
