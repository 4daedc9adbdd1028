"""Searching over the API: what is found, counted and named, and by whom."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.discovery import selectors
from backend.discovery.services import rebuild_index
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.models import Tagging
from search.errors import SearchUnavailableError
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client_for, url):
    """Bring the index up to date, then search as a user."""

    def ask(user, q="", *, fresh=True, **params):
        if fresh:
            rebuild_index()
        return client_for(user).get(url("search"), {"q": q, **params})

    return ask


@pytest.fixture
def story(make, workspace):
    """Three people, two studies, one insight and one persona about reminders."""
    maya = make.persona(name="Maya", summary="A mother who never misses a reminder")
    Claim.objects.create(
        workspace=workspace, persona=maya, section="goals", text="Plans the week on Sunday"
    )
    first, second = make.study(title="Booking"), make.study(title="Paying", product_area="Money")
    pain = make.tag("Reminders", colour="#aa0000")
    excerpts = []
    for number, (study, words) in enumerate(
        [
            (first, "the reminder came on the wrong day"),
            (first, "no reminder came at all"),
            (second, "a reminder about the bill"),
            (second, "I like the paper calendar"),
        ]
    ):
        session = make.session(study=study, kind="feedback" if number == 3 else "interview")
        label = f"P{min(number, 2) + 1:02}"
        transcript = make.transcript(turns=[(label, words)], session=session)
        excerpt = make.excerpt(transcript)
        excerpts.append(excerpt)
        if number < 2:
            make.placing(excerpt, quadrant="pain", persona=maya, intensity=-3 + 2 * number)
            Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=pain)
    make.placing(excerpts[0], quadrant="say_do", aspect="say")
    excerpts[0].participant.attributes = {"books_by": "phone"}
    excerpts[0].participant.save()
    insight = Insight.objects.create(
        workspace=workspace, statement="Reminders come too late", summary="People miss visits."
    )
    Evidence.objects.create(workspace=workspace, insight=insight, excerpt=excerpts[0])
    make.participant("P99")
    return {"maya": maya, "tag": pain, "studies": (first, second), "insight": insight,
            "excerpts": excerpts}  # fmt: skip


def facet(body, field):
    (found,) = [facet for facet in body["facets"] if facet["field"] == field]
    return {value["label"]: value for value in found["values"]}


def texts(body):
    return {hit["text"] for hit in body["hits"]}


def test_a_word_finds_quotes_insights_and_personas_and_counts_people(search, story, alice):
    body = search(alice, "remindr").json()

    assert {hit["kind"] for hit in body["hits"]} == {"excerpt", "insight", "persona"}
    assert (body["total"], body["excerpts"], body["people"]) == (5, 3, 3)
    assert (body["people_total"], body["studies"]) == (4, 2)
    assert body["took_ms"] > 0


def test_facets_have_names_colours_and_counts_of_excerpts_and_people(search, story, alice):
    body = search(alice, "reminder").json()

    kinds = facet(body, "kind")
    assert list(kinds) == ["Excerpts", "Insights", "Personas", "Persona claims", "Tags"]
    assert (kinds["Persona claims"]["excerpts"], kinds["Tags"]["excerpts"]) == (0, 1)
    assert facet(body, "kind")["Excerpts"]["excerpts"] == 3
    pains = facet(body, "quadrant")["Pains"]
    assert (pains["value"], pains["colour"], pains["excerpts"]) == ("pain", "#E3252D", 2)
    assert (pains["people"], pains["is_selected"]) == (2, False)
    studies = facet(body, "study")
    assert {label: value["excerpts"] for label, value in studies.items()} == {
        "Booking": 2,
        "Paying": 1,
    }
    maya = facet(body, "persona")["Maya"]
    assert (maya["value"], maya["excerpts"]) == (str(story["maya"].id), 2)
    assert facet(body, "tag")["Reminders"]["colour"] == "#aa0000"
    assert facet(body, "session_kind")["Interview"]["excerpts"] == 3
    assert (facet(body, "aspect")["Say"]["excerpts"], facet(body, "aspect")["Say"]["people"]) == (
        1,
        1,
    )
    assert facet(body, "attribute")["books by: phone"]["value"] == "books_by=phone"


def test_filters_narrow_and_their_own_facet_stays_wide(search, story, alice):
    booking, paying = story["studies"]
    body = search(alice, "reminder", study=str(paying.id)).json()

    assert texts(body) == {"a reminder about the bill"}
    assert (body["excerpts"], body["people"], body["studies"]) == (1, 1, 1)
    studies = facet(body, "study")
    assert (studies["Booking"]["excerpts"], studies["Booking"]["is_selected"]) == (2, False)
    assert (studies["Paying"]["excerpts"], studies["Paying"]["is_selected"]) == (1, True)

    both = search(alice, "reminder", study=[str(paying.id), str(booking.id)]).json()
    assert both["excerpts"] == 3


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"quadrant": "pain"}, 2),
        ({"quadrant": "gain"}, 0),
        ({"session_kind": "feedback"}, 1),
        ({"attribute": "books_by=phone"}, 1),
        ({"kind": "excerpt"}, 4),
        ({"key_quote": "true"}, 0),
        ({"has_insight": "true"}, 1),
        ({"has_insight": "false"}, 3),
        ({"product_area": "Money"}, 2),
        ({"speaker_role": "participant"}, 4),
        ({"speaker_role": "observer"}, 0),
        ({"intensity": "-3"}, 1),
        ({"intensity": ["1", "2", "3"]}, 0),
        ({"created_from": "2020-01-01T00:00:00Z"}, 4),
        ({"created_to": "2020-01-01T00:00:00Z"}, 0),
        ({"not_quadrant": "pain"}, 2),
        ({"quadrant": ["pain", "say_do"]}, 2),
        ({"quadrant": ["pain", "say_do"], "all_of": "quadrant"}, 1),
        ({"quadrant": ["pain", "gain"], "all_of": "quadrant"}, 0),
        ({"aspect": "say"}, 1),
        ({"not_aspect": "say"}, 3),
        ({"not_session_kind": ["feedback", "interview"]}, 0),
        ({"not_attribute": "books_by=phone"}, 3),
        ({"quadrant": "pain", "not_attribute": "books_by=phone"}, 1),
    ],
)
def test_each_filter_is_understood(search, story, alice, params, count):
    assert search(alice, **params).json()["excerpts"] == count


def test_one_kind_alone_is_counted_in_its_own_documents(search, story, alice):
    body = search(alice, "reminder", kind="insight").json()

    assert (body["total"], body["excerpts"]) == (1, 0)
    assert [hit["insight"]["statement"] for hit in body["hits"]] == ["Reminders come too late"]
    assert facet(body, "study")["Booking"]["excerpts"] == 1


def test_highlights_are_ranges_of_the_text_of_each_hit(search, story, alice):
    for hit in search(alice, "reminder").json()["hits"]:
        marked = [hit["text"][start:end].lower() for start, end in hit["highlights"]]
        assert marked
        assert all(word.startswith("reminder") for word in marked)
        assert hit[hit["kind"]] is not None
        assert [hit[kind] for kind in ("excerpt", "insight", "persona")].count(None) == 2


def test_a_hit_carries_what_its_card_shows(search, story, alice):
    (hit,) = search(alice, "wrong day").json()["hits"]
    excerpt = hit["excerpt"]

    assert excerpt["session_kind"] == "interview"
    assert excerpt["has_audio"] is True
    assert excerpt["tags"][0]["name"] == "Reminders"
    assert excerpt["placings"][0]["persona_name"] == "Maya"


def test_the_empty_search_shows_everything_newest_first(search, story, alice):
    body = search(alice, kind="excerpt").json()

    assert body["total"] == 4
    assert len(body["hits"]) == 4


def test_pages_go_through_the_hits_without_repeating(search, story, alice):
    pages = [search(alice, offset=offset, limit=2).json() for offset in (0, 2, 4, 6)]
    ids = [(hit["kind"], hit[hit["kind"]]["id"]) for page in pages for hit in page["hits"]]

    assert len(ids) == len(set(ids)) == 7


def test_real_names_are_only_for_those_who_may_see_them(search, story, alice, rita, paul, bob):
    def names(user):
        hits = search(user, "wrong day").json()["hits"]
        return {hit["excerpt"]["participant"]["real_name"] for hit in hits}

    assert names(alice) == names(rita) == {"Greta Garbo"}
    assert names(paul) == names(bob) == {None}


def test_a_real_name_finds_nothing(search, story, alice):
    assert search(alice, "Greta Garbo").json()["total"] == 0


def test_words_that_were_left_out_are_named(search, story, alice):
    body = search(alice, "wrong day zebra").json()

    assert texts(body) == {"the reminder came on the wrong day"}
    assert body["dropped_words"] == ["zebra"]
    assert search(alice, "wrong day").json()["dropped_words"] == []


def test_what_lacks_a_word_of_a_sentence_follows_and_is_counted(search, story, alice):
    body = search(alice, "reminder came wrong day").json()

    assert [hit["missing_words"] for hit in body["hits"]][:2] == [[], ["wrong", "day"]]
    assert len(body["hits"]) == body["total"] > body["complete"] == 1
    assert body["dropped_words"] == []
    excerpts = [hit["excerpt"] for hit in body["hits"] if hit["kind"] == "excerpt"]
    assert body["excerpts"] == len(excerpts) == _count_by_study(body)
    assert body["people"] == len({each["participant"]["id"] for each in excerpts})


def test_facets_are_of_the_excerpts_that_the_total_counts(search, story, make, alice, workspace):
    for number in range(10):
        Insight.objects.create(workspace=workspace, statement=f"Reminder came wrong day {number}")
    body = search(alice, "reminder came wrong day").json()

    # Enough has all the words: of excerpts, this is one.
    assert (body["total"], body["complete"], body["excerpts"]) == (11, 11, 1)
    assert _count_by_study(body) == 1


def _count_by_study(body):
    return sum(value["excerpts"] for value in facet(body, "study").values())


def test_a_stranger_finds_no_workspace(search, story, charlie):
    assert search(charlie, "reminder").status_code == 404


def test_nothing_of_another_workspace_is_found_or_counted(search, story, alice, other_workspace):
    theirs = Maker(other_workspace)
    tag = theirs.tag("Secret")
    excerpt = theirs.excerpt(theirs.transcript(words="their secret reminder"))
    Tagging.objects.create(workspace=other_workspace, excerpt=excerpt, tag=tag)

    assert search(alice, "secret").json()["total"] == 0
    assert search(alice, "reminder").json()["excerpts"] == 3
    assert search(alice, tag=str(tag.id)).json()["total"] == 0
    assert "Secret" not in facet(search(alice, tag=str(tag.id)).json(), "tag")


def test_what_was_deleted_a_moment_ago_is_not_shown(search, story, alice):
    rebuild_index()
    gone = story["excerpts"][0]
    gone.deleted_at = timezone.now()
    gone.save()

    body = search(alice, "wrong day", fresh=False).json()

    assert body["hits"] == []


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"quadrant": "anger"}, "quadrant"),
        ({"study": "not an id"}, "study"),
        ({"limit": "1000"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"kind": "segment"}, "kind"),
        ({"intensity": "4"}, "intensity"),
        ({"created_from": "yesterday"}, "created_from"),
        ({"not_tag": "x"}, "not_tag"),
        ({"all_of": "study"}, "all_of"),
        ({"persona": [str(uuid4())] * 51}, "persona"),
    ],
)
def test_what_can_t_be_understood_is_said(search, alice, params, field):
    answer = search(alice, **params)

    assert answer.status_code == 400
    assert any(name.startswith(field) for name in answer.json()["fields"])


@pytest.mark.parametrize("q", ["x" * 10_000, '"', "-", "\x07\x1b[0m", "🎙 مقابلة", "a" * 3 + " -a"])
def test_any_text_is_answered(search, story, alice, q):
    assert search(alice, q).status_code == 200


def test_an_engine_that_is_down_is_said_so(search, story, alice, monkeypatch):
    def refuse(query):
        raise SearchUnavailableError("connection refused")

    monkeypatch.setattr(selectors, "search_index", refuse)

    answer = search(alice, "reminder", fresh=False)

    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert answer.json()["remedy"]
    assert "refused" not in answer.json()["message"]


def test_queries_do_not_grow_with_the_hits(make, workspace, search, alice, url, client_for):
    client = client_for(alice)

    def count_queries():
        rebuild_index()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body = client.get(url("search"), {"limit": 100}).json()
        return len(queries), len(body["hits"])

    def add_one_of_each():
        excerpt, persona = make.excerpt(), make.persona()
        make.placing(excerpt, persona=persona)
        Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=make.tag())
        insight = Insight.objects.create(workspace=workspace, statement="An insight")
        Evidence.objects.create(workspace=workspace, insight=insight, excerpt=excerpt)
        insight.personas.add(persona)

    add_one_of_each()
    one, hits_of_one = count_queries()
    for _ in range(19):
        add_one_of_each()
    twenty, hits_of_twenty = count_queries()

    assert (hits_of_one, hits_of_twenty) == (3, 60)
    assert twenty == one <= 22
