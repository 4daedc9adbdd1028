"""Excerpts like an excerpt, over the API."""

from uuid import uuid4

import pytest
from django.utils import timezone

from backend.discovery import engine
from backend.discovery.services import rebuild_index
from search.errors import SearchUnavailableError
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db

ASKED = "the reminder for my appointment came on the wrong day"
ALIKE = "two appointments lost because the reminders came too late"


@pytest.fixture
def said(make):
    """What these people said, each an excerpt; and talk about nothing of it."""

    def say(*texts):
        for number in range(8):
            make.excerpt(make.transcript(turns=[("P08", f"then we spoke of something {number}")]))
        excerpts = [
            make.excerpt(make.transcript(turns=[(f"P{number:02}", text)]))
            for number, text in enumerate(texts)
        ]
        rebuild_index()
        return excerpts

    return say


@pytest.fixture
def ask(client_for, url):
    def similar_to(user, excerpt_id, **params):
        return client_for(user).get(url(f"excerpts/{excerpt_id}/similar"), params)

    return similar_to


def found(answer):
    return [row["excerpt"]["text"] for row in answer.json()["results"]]


def test_what_shares_most_words_comes_first_and_never_itself(said, ask, bob):
    asked, _, _ = said(ASKED, "a reminder for each appointment", ALIKE)
    answer = ask(bob, asked.id)
    assert found(answer) == [ALIKE, "a reminder for each appointment"]
    row = answer.json()["results"][0]
    marked = [ALIKE[start:end] for start, end in row["highlights"]]
    assert marked == ["appointments", "reminders", "came"]
    assert (row["why"], 0 < row["score"] <= 1) == ("words", True)
    assert found(ask(bob, asked.id, limit=1)) == [ALIKE]


def test_withdrawn_and_deleted_are_not_shown_even_before_search_knows(said, ask, alice):
    asked, withdrawn, deleted = said(ASKED, ALIKE, ALIKE)
    withdrawn.participant.consent = "withdrawn"
    withdrawn.participant.save()
    deleted.deleted_at = timezone.now()
    deleted.save()
    assert found(ask(alice, asked.id)) == []
    assert ask(alice, deleted.id).status_code == 404
    assert ask(alice, withdrawn.id).status_code == 404


def test_the_same_words_marked_twice_are_not_alike(make, said, ask, alice):
    asked, _ = said(ASKED, ALIKE)
    make.excerpt(asked.transcript, first=2, last=6)
    rebuild_index()
    assert found(ask(alice, asked.id)) == [ALIKE]


def test_nothing_of_another_workspace_is_alike(said, ask, alice, charlie, other_workspace):
    asked, _ = said(ASKED, ALIKE)
    theirs = Maker(other_workspace)
    secret = theirs.excerpt(theirs.transcript(words=f"{ASKED} secretly"))
    rebuild_index()
    assert found(ask(alice, asked.id)) == [ALIKE]
    assert ask(alice, secret.id).status_code == 404
    assert ask(charlie, asked.id).status_code == 404
    assert ask(alice, uuid4()).status_code == 404


def test_names_are_only_for_those_who_may_see_them(said, ask, rita, paul):
    asked, _ = said(ASKED, ALIKE)

    def name(user):
        return ask(user, asked.id).json()["results"][0]["excerpt"]["participant"]["real_name"]

    assert (name(rita), name(paul)) == ("Greta Garbo", None)


@pytest.mark.parametrize("limit", ["0", "51", "many"])
def test_a_limit_that_makes_no_sense_is_refused(said, ask, alice, limit):
    [asked] = said(ASKED)
    assert ask(alice, asked.id, limit=limit).status_code == 400


def test_an_engine_that_is_down_is_said_so(said, ask, alice, monkeypatch):
    class Down:
        def similar(self, query):
            raise SearchUnavailableError("connection refused")

    [asked] = said(ASKED)
    monkeypatch.setattr(engine, "get_engine", Down)
    assert ask(alice, asked.id).status_code == 503


def test_queries_do_not_grow_with_what_is_alike(make, said, ask, alice, count_queries):
    asked, *_ = said(ASKED, ALIKE)
    few = count_queries(lambda: ask(alice, asked.id))
    for _ in range(2):
        make.excerpt(make.transcript(turns=[("P01", ALIKE)]))
    for _ in range(30):
        make.excerpt(make.transcript(turns=[("P09", "nothing of the kind was spoken of")]))
    rebuild_index()
    assert count_queries(lambda: ask(alice, asked.id)) == few
    assert len(found(ask(alice, asked.id))) == 3
