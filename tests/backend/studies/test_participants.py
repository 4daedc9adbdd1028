"""Participants through the API: code names, real names by role, attributes, counts, persona."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.jobs.models import SearchChange, SubjectKind
from backend.personas.models import PersonaParticipant
from backend.studies.models import Participant

pytestmark = pytest.mark.django_db


def test_a_researcher_adds_a_participant(client_for, rita, url):
    answer = client_for(rita).post(
        url("participants"),
        {"code_name": "P01", "real_name": "Greta", "attributes": {"books_by": "phone"}},
    )

    assert answer.status_code == 201
    assert answer.data["code_name"] == "P01"
    assert answer.data["real_name"] == "Greta"
    assert answer.data["attributes"] == {"books_by": "phone"}
    assert answer.data["consent"] == "unknown"
    assert answer.data["persona_id"] is None


def test_a_code_name_is_taken_whatever_its_case(client_for, rita, url, make):
    make.participant("P01")
    other = make.participant("P02")
    client = client_for(rita)

    made = client.post(url("participants"), {"code_name": "p01"})
    renamed = client.patch(url(f"participants/{other.id}"), {"code_name": "p01"})

    assert made.status_code == renamed.status_code == 409
    assert "p01" in made.data["message"]
    assert made.data["fields"]["code_name"]
    other.refresh_from_db()
    assert other.code_name == "P02"


def test_the_same_code_name_may_stand_in_another_workspace(client_for, rita, url, other_workspace):
    Participant.objects.create(workspace=other_workspace, code_name="P01")

    assert client_for(rita).post(url("participants"), {"code_name": "P01"}).status_code == 201


@pytest.mark.parametrize(
    "attributes",
    [
        {"a=b": "c"},
        {" ": "c"},
        {"x" * 61: "c"},
        {"a": "x" * 201},
        {str(number): "x" for number in range(51)},
        ["a"],
    ],
)
def test_attributes_that_search_could_not_hold_are_refused(client_for, rita, url, attributes):
    answer = client_for(rita).post(
        url("participants"), {"code_name": "P01", "attributes": attributes}
    )

    assert answer.status_code == 400
    assert not Participant.objects.exists()


def test_real_names_are_for_those_who_may_see_them(client_for, alice, rita, paul, bob, url, make):
    person = make.participant("P01", real_name="Greta Garbo")
    session = make.session(participants=[person])
    paths = [
        url("participants"),
        url(f"participants/{person.id}"),
        url("sessions"),
        url(f"sessions/{session.id}"),
    ]
    for path in paths:
        for user, may_see in ((alice, True), (rita, True), (paul, False), (bob, False)):
            text = client_for(user).get(path).content.decode()
            assert ("Greta Garbo" in text) is may_see, (path, user.name)
            assert "P01" in text


def test_changing_a_participant_tells_search(client_for, rita, url, make):
    person = make.participant("P01")

    answer = client_for(rita).patch(
        url(f"participants/{person.id}"),
        {"attributes": {"age": "30"}, "consent": "withdrawn"},
    )

    assert answer.data["attributes"] == {"age": "30"}
    assert answer.data["consent"] == "withdrawn"
    assert answer.data["real_name"] == "Greta Garbo"
    change = SearchChange.objects.get()
    assert (change.subject_kind, change.subject_id) == (SubjectKind.PARTICIPANT, person.id)


def test_the_persona_is_shown_until_it_is_deleted(client_for, bob, url, make):
    person, persona = make.participant("P01"), make.persona(name="Maya")
    PersonaParticipant.objects.create(workspace=make.workspace, persona=persona, participant=person)
    client = client_for(bob)

    answer = client.get(url(f"participants/{person.id}")).data
    assert (answer["persona_id"], answer["persona_name"]) == (persona.id, "Maya")

    persona.deleted_at = timezone.now()
    persona.save()
    answer = client.get(url(f"participants/{person.id}")).data
    assert (answer["persona_id"], answer["persona_name"]) == (None, None)


def test_counts_leave_out_what_is_deleted(client_for, bob, url, make):
    person = make.participant("P01")
    kept = make.transcript(session=make.session(participants=[person]), turns=[("P01", "a b")])
    gone = make.transcript(
        session=make.session(participants=[person], deleted_at=timezone.now()),
        turns=[("P01", "c d")],
    )
    make.excerpt(kept, 1, 1)
    make.excerpt(kept, 2, 2, deleted_at=timezone.now())
    make.excerpt(gone)

    answer = client_for(bob).get(url("participants")).data["results"][0]

    assert answer["session_count"] == 1
    assert answer["excerpt_count"] == 1


def test_the_list_can_be_of_one_study(client_for, bob, url, make):
    here, elsewhere = make.participant("P01"), make.participant("P02")
    session = make.session(participants=[here])
    make.session(participants=[elsewhere])
    make.session(study=session.study, participants=[here])

    answer = client_for(bob).get(url(f"participants?study={session.study_id}")).data

    assert [row["code_name"] for row in answer["results"]] == ["P01"]
    assert answer["results"][0]["session_count"] == 2
    assert client_for(bob).get(url("participants?study=nonsense")).status_code == 400


def test_the_list_takes_the_same_queries_for_many(client_for, bob, url, make):
    client = client_for(bob)

    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("participants")).status_code == 200
        return len(queries)

    make.excerpt()
    few = count_queries()
    for number in range(20):
        person = make.participant(f"Q{number}")
        PersonaParticipant.objects.create(
            workspace=make.workspace, persona=make.persona(), participant=person
        )
    assert count_queries() == few
    assert few <= 6
