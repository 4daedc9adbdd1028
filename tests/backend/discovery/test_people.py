"""The people of a search: who said most of it, found by name, and named for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.discovery.people import MOST_PEOPLE
from backend.discovery.services import rebuild_index
from backend.studies.models import ConsentState, Participant
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client_for, url):
    """Who said what is found, as (label, excerpts), for a user."""

    def ask(user, **params):
        answer = client_for(user).get(url("search/people"), params)
        assert answer.status_code == 200, answer.json()
        assert answer.json()["field"] == "participant"
        return [(value["label"], value["excerpts"]) for value in answer.json()["values"]]

    return ask


@pytest.fixture
def voices(make):
    """P01 says it three times, P02 once, P03 something else."""
    quotes = {"P01": ["a reminder", "the reminder", "no reminder"], "P02": ["one reminder"]}
    for label, words in {**quotes, "P03": ["a calendar"]}.items():
        for text in words:
            make.excerpt(make.transcript(turns=[(label, text)]))
    rebuild_index()
    return {
        person.code_name: person for person in Participant.objects.filter(workspace=make.workspace)
    }


def test_those_who_said_most_come_first(people, voices, paul):
    assert people(paul, q="reminder") == [("P01", 3), ("P02", 1)]
    assert people(paul) == [("P01", 3), ("P02", 1), ("P03", 1)]


def test_the_chosen_and_those_left_out_are_always_there(people, voices, paul):
    third, first = str(voices["P03"].id), str(voices["P01"].id)

    chosen = people(paul, q="reminder", participant=third)
    left_out = people(paul, q="reminder", not_participant=first)

    assert chosen == [("P01", 3), ("P02", 1), ("P03", 0)]
    assert left_out == [("P02", 1), ("P01", 0)]


def test_a_name_finds_those_who_said_nothing_of_it(people, voices, paul):
    assert people(paul, q="reminder", named="p0") == [("P01", 3), ("P02", 1), ("P03", 0)]
    assert people(paul, q="reminder", named="03") == [("P03", 0)]
    assert people(paul, q="reminder", named="nobody") == []


def test_real_names_are_only_for_those_who_may_see_them(people, voices, alice, paul):
    assert people(alice, q="calendar") == [("P03 · Greta Garbo", 1)]
    assert people(paul, q="calendar") == [("P03", 1)]
    assert ("P03 · Greta Garbo", 1) in people(alice, named="garbo")
    assert people(paul, named="garbo") == []


def test_whoever_withdrew_is_not_found(people, voices, make, paul):
    voices["P03"].consent = ConsentState.WITHDRAWN
    voices["P03"].save()

    assert people(paul, named="03") == []


def test_nobody_of_another_workspace_is_named(people, voices, other_workspace, paul):
    theirs = Maker(other_workspace).participant("P77")

    assert people(paul, q="calendar", participant=str(theirs.id)) == [("P03", 1)]
    assert people(paul, named="P77") == []


def test_where_only_insights_are_asked_for_people_behind_those_are_counted(
    people, voices, make, paul
):
    make.insight(make.excerpt(make.transcript(turns=[("P02", "a bill")])), make.persona())
    rebuild_index()

    assert people(paul, kind="insight") == [("P02", 1)]


def test_many_people_cost_no_more_than_a_few(make, client_for, url, alice):
    def count_queries(**params):
        rebuild_index()
        with CaptureQueriesContext(connection) as queries:
            values = client_for(alice).get(url("search/people"), params).json()["values"]
        return len(queries), len(values)

    make.excerpt(make.transcript(turns=[("P01", "a reminder")]))
    few, named = count_queries(), count_queries(named="P")
    for number in range(2, MOST_PEOPLE + 6):
        make.excerpt(make.transcript(turns=[(f"P{number:02}", "a reminder")]))

    assert count_queries() == (few[0], MOST_PEOPLE)
    assert count_queries(named="P") == (named[0], MOST_PEOPLE)
