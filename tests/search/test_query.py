"""What a question and a document may hold."""

import uuid
from typing import Any

import pytest

from search import Filters, SearchQuery, SearchQueryError, split_key
from search.query import FilterGroup
from search.result import MAX_FACET_VALUES, FacetCount, ranked_values
from tests.search.corpus import ALICES, make_document


def test_a_question_has_no_default_workspace() -> None:
    with pytest.raises(TypeError):
        SearchQuery(text="reminder")  # type: ignore[call-arg]


@pytest.mark.parametrize("workspace_id", ["", "*", "1", None, f'{ALICES}" OR "1" = "1', [ALICES]])
def test_a_workspace_is_a_uuid(workspace_id: Any) -> None:
    with pytest.raises(SearchQueryError, match="is not a UUID"):
        SearchQuery(workspace_id=workspace_id)


def test_a_workspace_has_one_spelling() -> None:
    spellings: list[Any] = [uuid.UUID(ALICES), ALICES.replace("-", ""), ALICES.upper()]
    assert {SearchQuery(workspace_id=each).workspace_id for each in spellings} == {ALICES}


@pytest.mark.parametrize(
    "values",
    [
        {"kinds": ("secret",)},
        {"kinds": "excerpt"},
        {"limit": -1},
        {"limit": 100_000},
        {"offset": -1},
        {"offset": 10_000_000},
    ],
)
def test_other_values_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(SearchQueryError):
        SearchQuery(workspace_id=ALICES, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"quadrants": "pain"},
        {"tag_ids": {"a": 1}},
        {"tag_ids": [str(number) for number in range(201)]},
        {"is_key_quote": "yes"},
        {"has_insight": 1.5},
        {"created_from_s": "yesterday"},
        {"created_to_s": True},
        {"created_to_s": 10**17},
        {"without": [("secret", "x")]},
        {"without": ["tag_ids"]},
        {"without": "tag_ids"},
    ],
)
def test_other_filters_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(SearchQueryError):
        Filters(**values)


def test_each_key_of_attributes_is_a_condition_of_its_own() -> None:
    filters = Filters(attributes=("age=30s", "city=Leeds", "age=40s"), is_key_quote=False)
    query = SearchQuery(workspace_id=ALICES, kinds=("excerpt",), filters=filters)
    assert set(query.filter_groups()) == {
        FilterGroup("kinds", ("excerpt",)),
        FilterGroup("attributes", ("age=30s", "age=40s"), prefix="age="),
        FilterGroup("attributes", ("city=Leeds",), prefix="city="),
        FilterGroup("is_key_quote", ("false",)),
    }


def test_people_are_those_who_said_it() -> None:
    def people_kinds(*kinds: str) -> tuple[str, ...]:
        return SearchQuery(workspace_id=ALICES, kinds=kinds).people_kinds

    assert people_kinds() == people_kinds("insight", "excerpt") == ("excerpt",)
    assert people_kinds("insight", "persona") == ("insight", "persona")


@pytest.mark.parametrize("id", ["", "a b", 'a"', "a" * 101, "ä"])
def test_ids_are_plain(id: str) -> None:
    with pytest.raises(SearchQueryError, match="letters"):
        make_document(id, "text")


def test_keys_can_be_taken_apart() -> None:
    document = make_document("a-1", "text", kind="insight")
    assert document.key == "insight-a-1"
    assert split_key(document.key) == ("insight", "a-1")


def test_documents_refuse_unknown_kinds_and_workspaces() -> None:
    with pytest.raises(SearchQueryError, match="Kind 'claims'"):
        make_document("1", "text", kind="claims")
    with pytest.raises(SearchQueryError, match="not a UUID"):
        make_document("1", "text", workspace_id="all")


def test_the_biggest_values_stay_and_so_do_the_chosen_ones() -> None:
    counts = {f"v{n:03}": FacetCount(n, n) for n in range(1, MAX_FACET_VALUES + 50)}
    ranked = ranked_values(counts, ["v001", "gone"])
    assert len(ranked) == MAX_FACET_VALUES + 2
    assert next(iter(ranked)) == f"v{MAX_FACET_VALUES + 49}"
    assert ranked["v001"] == FacetCount(1, 1)
    assert ranked["gone"] == FacetCount(0, 0)


def test_all_values_of_some_fields_can_be_required() -> None:
    filters = Filters(tag_ids=("a", "b"), quadrants=("pain", "gain"), all_of=("tag_ids",))
    groups = SearchQuery(workspace_id=ALICES, filters=filters).filter_groups()
    assert [(group.facet, group.values, group.is_wide) for group in groups] == [
        ("quadrants", ("pain", "gain"), True),
        ("tag_ids", ("a",), False),
        ("tag_ids", ("b",), False),
    ]
    with pytest.raises(SearchQueryError):
        Filters(all_of=("study_ids",))
