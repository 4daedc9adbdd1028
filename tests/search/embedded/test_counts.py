"""The embedded engine's counts of documents and people, compared with a plain model."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from search import Filters, SearchDocument, SearchQuery
from search.engines.embedded import EmbeddedEngine
from search.query import FACET_FIELDS, FilterGroup, attribute_prefix
from search.words import folded_words
from tests.search.corpus import ALICES, CHARLIES, ask, ids, make_document

# A plain model of filters and counts, to compare with.


def values_of(document: SearchDocument, field: str) -> tuple[str, ...]:
    value = getattr(document, field)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)


def passes(document: SearchDocument, groups: list[FilterGroup]) -> bool:
    return all(set(values_of(document, group.field)) & set(group.values) for group in groups)


def model_people(documents: list[SearchDocument], query: SearchQuery) -> set[str]:
    return {
        person
        for document in documents
        if document.kind in query.people_kinds
        for person in document.participant_ids
    }


def model_facet(
    documents: list[SearchDocument], query: SearchQuery, facet: str
) -> dict[str, tuple[int, int]]:
    groups = list(query.filter_groups())
    field = FACET_FIELDS[facet]
    holders: dict[str, list[SearchDocument]] = defaultdict(list)
    for value in {value for document in documents for value in values_of(document, field)}:
        own = [
            group
            for group in groups
            if group.facet == facet and group.prefix in ("", attribute_prefix(value))
        ]
        others = [group for group in groups if group not in own]
        holders[value] = [
            document
            for document in documents
            if value in values_of(document, field) and passes(document, others)
        ]
    counts = {
        value: (len(found), len(model_people(found, query)))
        for value, found in holders.items()
        if found
    }
    for group in groups:
        if group.facet == facet:
            for value in group.values:
                counts.setdefault(value, (0, 0))
    return counts


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FIELDS: dict[str, Any] = {
    "quadrants": some("pain", "gain", "hear"),
    "tag_ids": some("t1", "t2", "t3"),
    "attributes": some("age=30s", "age=70s", "city=Leeds", "city=York"),
    "study_ids": some("s1", "s2"),
    "participant_ids": some("ann", "bob", "cat", "dan"),
}


WORDS = st.sampled_from(["reminder", "visit", "app"])
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            **FIELDS,
            "text": st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
            "kind": st.sampled_from(["excerpt", "excerpt", "insight"]),
            "session_kind": st.sampled_from(["", "interview"]),
            "is_key_quote": st.booleans(),
            "workspace_id": st.sampled_from([ALICES, ALICES, CHARLIES]),
        }
    ),
    max_size=14,
)


QUERIES = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["", "reminder", "visit", "-app"]),
        "kinds": some("excerpt", "insight"),
        "filters": st.builds(
            Filters,
            **FIELDS,
            session_kinds=some("interview", "survey"),
            is_key_quote=st.sampled_from([None, None, True, False]),
        ),
    }
)


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, st.lists(QUERIES, min_size=1, max_size=5))
def test_counts_agree_with_the_plain_model(
    rows: list[dict[str, Any]], questions: list[dict[str, Any]]
) -> None:
    documents = [make_document(str(number), **row) for number, row in enumerate(rows)]
    with TemporaryDirectory() as directory:
        engine = EmbeddedEngine(Path(directory))
        engine.rebuild(documents)
        for question in questions:
            query = SearchQuery(workspace_id=ALICES, limit=200, **question)
            check_against_model(engine, documents, query)


def check_against_model(
    engine: EmbeddedEngine, documents: list[SearchDocument], query: SearchQuery
) -> None:
    wanted, has_dash = query.text.removeprefix("-"), query.text.startswith("-")
    in_scope = [
        document
        for document in documents
        if document.workspace_id == ALICES
        and (not wanted or (wanted in folded_words(document.text)) is not has_dash)
    ]
    matching = [each for each in in_scope if passes(each, list(query.filter_groups()))]
    result = engine.search(query)
    assert set(ids(result)) == {document.id for document in matching}
    assert result.total == len(matching)
    assert result.people == len(model_people(matching, query))
    for facet in FACET_FIELDS:
        counts = {value: (c.documents, c.people) for value, c in result.facets[facet].items()}
        assert counts == model_facet(in_scope, query, facet), facet


def test_the_smaller_side_is_asked_for_and_both_agree(embedded: EmbeddedEngine) -> None:
    common = [make_document(f"c{n}", "the app", participant_ids=(f"p{n}",)) for n in range(30)]
    rare = [make_document(f"r{n}", "the reminder", participant_ids=("p1",)) for n in range(3)]
    embedded.rebuild(common + rare)
    assert [ask(embedded, text).total for text in ("app", "reminder", "the", "-app")] == [
        30, 3, 33, 3,
    ]  # fmt: skip
    assert [ask(embedded, text).people for text in ("app", "reminder", "the")] == [30, 1, 30]


def test_counts_survive_many_values(embedded: EmbeddedEngine) -> None:
    """Enough people and tags that pairs are sorted instead of ticked off in a table."""
    documents = [
        make_document(
            str(number), "reminder", participant_ids=(f"p{number}",), tag_ids=(f"t{number}", "all")
        )
        for number in range(2_100)
    ]
    embedded.rebuild(documents)
    result = ask(embedded, "reminder")
    assert result.people == 2_100
    assert result.facets["tag_ids"]["all"].people == 2_100
    assert {
        count.people for value, count in result.facets["tag_ids"].items() if value != "all"
    } == {1}
