"""Excerpts found by what they mean, over the API."""

import sys
from uuid import UUID

import pytest
from django.utils import timezone

from backend.discovery import engine
from backend.discovery.services import rebuild_index
from backend.discovery.upkeep import have_lost_index_filled
from backend.jobs.models import Job, JobKind
from search.errors import SearchUnavailableError
from search.meaning import TENSORS
from tests.backend.maker import Maker
from tests.search.meaning_model import make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(settings, tmp_path):
    settings.MEANING_DIR = tmp_path / "meaning"
    return make_model(settings.MEANING_DIR)


@pytest.fixture
def said(make):
    """What these people said, each an excerpt."""

    def say(*texts, **values):
        excerpts = [
            make.excerpt(make.transcript(turns=[(f"P{number:02}", text)], **values))
            for number, text in enumerate(texts)
        ]
        rebuild_index()
        return excerpts

    return say


@pytest.fixture
def ask(client_for, url):
    def close_to(user, q, **params):
        return client_for(user).get(url("search/meaning"), {"q": q, **params}).json()

    return close_to


def texts(answer):
    return [row["excerpt"]["text"] for row in answer["results"]]


def test_other_words_for_the_same_are_found_and_not_what_the_words_find(model, said, ask, bob):
    said("we stood in line", "such a queue", "a waiting room", "the price")
    answer = ask(bob, "queue")
    assert answer["is_available"]
    assert texts(answer) == ["we stood in line", "a waiting room"]
    assert {row["why"] for row in answer["results"]} == {"meaning"}


@pytest.mark.parametrize("q", ["", '"queue"', "queue -room", "zzz", "?!"])
def test_exact_words_and_unknown_ones_are_not_widened(model, said, ask, alice, q):
    said("we stood in line")
    assert ask(alice, q) == {"is_available": True, "results": []}


def test_filters_hold(model, make, said, ask, alice):
    study = make.study(title="Paying")
    said("we stood in line")
    said("a waiting room", session=make.session(study=study))
    assert texts(ask(alice, "queue", study=study.id)) == ["a waiting room"]
    assert texts(ask(alice, "queue", not_study=study.id)) == ["we stood in line"]
    assert texts(ask(alice, "queue", kind="insight")) == []


def test_withdrawn_and_deleted_are_not_shown_even_before_search_knows(model, said, ask, alice):
    withdrawn, deleted = said("we stood in line", "a waiting room")
    withdrawn.participant.consent = "withdrawn"
    withdrawn.participant.save()
    deleted.deleted_at = timezone.now()
    deleted.save()
    assert texts(ask(alice, "queue")) == []


def test_nothing_of_another_workspace(model, said, ask, client_for, url, alice, charlie,
                                      other_workspace):  # fmt: skip
    [asked] = said("we stood in line")
    theirs = Maker(other_workspace)
    theirs.excerpt(theirs.transcript(words="they stood in line secretly"))
    rebuild_index()
    assert texts(ask(alice, "queue")) == ["we stood in line"]
    similar = client_for(alice).get(url(f"excerpts/{asked.id}/similar")).json()
    assert similar["results"] == []
    assert client_for(charlie).get(url("search/meaning"), {"q": "queue"}).status_code == 404


def test_names_are_only_for_those_who_may_see_them(model, said, ask, rita, paul):
    said("we stood in line")

    def name(user):
        return ask(user, "queue")["results"][0]["excerpt"]["participant"]["real_name"]

    assert (name(rita), name(paul)) == ("Greta Garbo", None)


def test_similar_excerpts_come_from_meaning_and_else_from_words(
    model, said, client_for, url, alice
):
    def similar(excerpt):
        return client_for(alice).get(url(f"excerpts/{excerpt.id}/similar")).json()["results"]

    talk = [f"nothing of the kind number {number}" for number in range(8)]
    asked, line, reminder, other, *_ = said(
        "the queue", "standing in line", "a reminder came too late", "the reminder was late", *talk
    )
    assert [(UUID(row["excerpt"]["id"]), row["why"]) for row in similar(asked)] == [
        (line.id, "meaning")
    ]
    assert [(UUID(row["excerpt"]["id"]), row["why"]) for row in similar(reminder)] == [
        (other.id, "words")
    ]


def test_without_a_model_nothing_is_loaded_and_all_is_as_before(said, ask, alice, settings):
    loaded = set(sys.modules)
    said("we stood in line", "such a queue")
    assert ask(alice, "queue") == {"is_available": False, "results": []}
    assert "tokenizers" not in set(sys.modules) - loaded
    assert not engine.has_meaning()


def test_a_model_that_is_put_in_has_the_index_filled_anew(said, ask, alice, settings, tmp_path):
    said("we stood in line")
    assert not have_lost_index_filled()
    settings.MEANING_DIR = tmp_path / "meaning"
    make_model(settings.MEANING_DIR)
    assert ask(alice, "queue") == {"is_available": False, "results": []}
    assert have_lost_index_filled()
    assert Job.objects.filter(kind=JobKind.REINDEX).exists()
    rebuild_index()
    assert not have_lost_index_filled()
    assert texts(ask(alice, "queue")) == ["we stood in line"]


def test_a_broken_model_takes_nothing_from_search_but_itself(model, said, ask, alice, caplog):
    (model.directory / TENSORS).write_bytes(b"broken")
    said("we stood in line")
    assert ask(alice, "queue") == {"is_available": False, "results": []}
    assert "Make it again" in caplog.text
    assert not have_lost_index_filled()


def test_an_engine_that_is_down_is_said_so(model, said, client_for, url, alice, monkeypatch):
    class Down:
        def search(self, query):
            raise SearchUnavailableError("connection refused")

    said("we stood in line")
    monkeypatch.setattr(engine, "get_engine", Down)
    assert client_for(alice).get(url("search/meaning"), {"q": "queue"}).status_code == 503


def test_queries_do_not_grow_with_what_is_found(model, make, said, ask, alice, count_queries):
    said("we stood in line")
    few = count_queries(lambda: ask(alice, "queue"))
    said("a waiting room", "in line again", "waiting and waiting")
    assert count_queries(lambda: ask(alice, "queue")) == few
    assert len(texts(ask(alice, "queue"))) == 4
