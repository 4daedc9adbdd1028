"""Forms of words, for which Meilisearch is sent stems: of texts, and of what is asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Hit, SearchQuery
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.forms import MOST_READINGS, in_stems, readings
from search.parsing import parse_text
from search.query import Filters
from tests.search.corpus import ALICES, make_document
from tests.search.faults.keeping_server import KeepingServer
from tests.search.recording_server import RecordingServer

SEARCH = "POST /multi-search"


def read(text: str) -> list[str]:
    return [each.to_query_string() for each in readings(parse_text(text))]


def found(server: RecordingServer, text: str, **values: Any) -> dict[str, Hit]:
    result = MeilisearchEngine(server.url, "secret").search(
        SearchQuery(workspace_id=ALICES, text=text, **values)
    )
    return {hit.id: hit for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("We were waiting, and they cancelled it.", "we were wait and they cancel it"),
        ("Die Häuser und die Termine", "die haus und die termin"),
        # Words of under four letters and numbers have no forms; signs have none, either.
        ("an 10 Uhr ist es zu", "an 10 uhr ist es zu"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_a_text_is_kept_in_the_stems_of_its_language(text: str, stems: str) -> None:
    assert in_stems(text) == stems


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cancelling", ["cancel"]),
        # As it is cut in each language that has such words.
        ("reminders", ["remind", "reminder"]),
        # Its stem is what was typed: found by that.
        ("trust", []),
        ("cancelled there", ["cancel there", "cancelled ther", "cancell ther"]),
        ("отменили встречу", ["отмен встреч"]),
        ("", []),
        ('cancelling "on time"', []),
        ("cancelling -app", []),
    ],
)
def test_a_question_is_read_in_stems_where_they_are_not_what_was_typed(
    text: str, asked: list[str]
) -> None:
    assert read(text) == asked


@given(st.lists(st.text(alphabet="abdeginrstwüéя", max_size=9), max_size=6).map(" ".join))
def test_readings_are_few_and_keep_the_number_of_words(text: str) -> None:
    parsed = parse_text(text)
    found = readings(parsed)
    assert len(found) <= MOST_READINGS
    for reading in found:
        assert len(reading.terms) == len(parsed.terms)
        assert reading.terms != parsed.terms


def test_each_search_is_one_federation_of_the_words_and_their_stems() -> None:
    with RecordingServer() as server:
        server.answers[SEARCH] = (200, {"hits": [], "totalHits": 0, "facetDistribution": {}})
        found(server, "cancelling", filters=Filters(quadrants=("pain",)))
    bodies = server.bodies(SEARCH)
    # The page, the total, the people, and the facet that is filtered.
    assert len(bodies) == 4
    for body in bodies:
        typed, in_stems = body["queries"]
        assert (typed["q"], in_stems["q"]) == ("cancelling", "cancel ")
        assert "attributesToSearchOn" not in typed
        assert in_stems["attributesToSearchOn"] == ["forms"]
        weights = [each["federationOptions"]["weight"] for each in body["queries"]]
        assert weights == [1.0, 0.9]
        assert {each["filter"][0] for each in body["queries"]} == {f'workspace_id = "{ALICES}"'}


def test_any_form_finds_any_other_and_is_marked() -> None:
    texts = {"1": "They cancelled it.", "2": "You can cancel it here.", "3": "Nothing of that."}
    with KeepingServer() as server:
        engine = MeilisearchEngine(server.url, "secret")
        engine.rebuild(make_document(id, text) for id, text in texts.items())
        for typed in ("cancel", "cancelled", "cancelling", "cancels"):
            hits = found(server, typed)
            assert set(hits) == {"1", "2"}, typed
            marked = {
                id: [texts[id][start:end] for start, end in hit.text_highlight]
                for id, hit in hits.items()
            }
            assert marked == {"1": ["cancelled"], "2": ["cancel"]}, typed


def test_quotes_and_exclusions_ask_for_the_words_themselves() -> None:
    with KeepingServer() as server:
        server.answers[SEARCH] = (
            200,
            {"results": [{"hits": [], "totalHits": 0, "facetDistribution": {}}] * 3},
        )
        found(server, '"cancelled"')
        found(server, "cancelled -app")
    for body in server.bodies(SEARCH)[:1]:
        for query in body["queries"]:
            assert query["attributesToSearchOn"] == ["title", "text"]
