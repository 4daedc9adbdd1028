"""Questions that nobody means well: in every field, on both engines, within one workspace."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Filters, SearchEngine, SearchQuery, SearchQueryError
from search.engines.embedded import EmbeddedEngine
from search.engines.meilisearch import MeilisearchEngine
from search.query import FILTER_FIELDS
from tests.search.corpus import ALICES, CHARLIES, make_document
from tests.search.faults.keeping_server import KeepingServer

FIELDS = ("quadrants", "aspects", "tag_ids", "attributes")
VALUES: dict[str, Any] = dict.fromkeys(FIELDS, ("a", 'b "c"'))
LISTS = [
    each.name
    for each in fields(Filters)
    if each.name not in ("has_insight", "is_key_quote", "created_from_s", "created_to_s", "without")
]
NASTY = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Cc"]), max_size=10),
    st.sampled_from(
        [
            f'x"] OR workspace_id = "{CHARLIES}',
            f'x\\"] OR workspace_id IN ["{CHARLIES}"',
            '" OR kind = "excerpt',
            "a, b",
            "*",
            "\x00",
            "\ud800",
            "x" * 100_000,
            "workspace_id:*",
            "NOT",
            "_geoRadius(0, 0, 9)",
        ]
    ),
)


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, SearchEngine]]:
    """Both, with the same documents of two workspaces."""
    documents = [
        make_document(f"{number}", f"reminder {number}", workspace_id=workspace, **VALUES)
        for number, workspace in enumerate([ALICES, CHARLIES, ALICES, CHARLIES])
    ]
    with KeepingServer() as server, TemporaryDirectory() as name:
        both: dict[str, SearchEngine] = {
            "embedded": EmbeddedEngine(Path(name)),
            "meilisearch": MeilisearchEngine(server.url, None),
        }
        for engine in both.values():
            engine.rebuild(documents)
        yield both


def ask_all(engines: dict[str, SearchEngine], text: str = "", **filters: Any) -> None:
    """No engine finds anything of Charlie's, nor says anything but that it can't be asked so."""
    try:
        query = SearchQuery(workspace_id=ALICES, text=text, filters=Filters(**filters))
    except SearchQueryError:
        return
    for engine in engines.values():
        result = engine.search(query)
        assert {hit.id for hit in result.hits} <= {"0", "2"}
        assert result.total <= 2


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(LISTS), values=st.lists(NASTY, min_size=1, max_size=3))
def test_no_value_of_a_filter_leaves_the_workspace(
    engines: dict[str, SearchEngine], name: str, values: list[str]
) -> None:
    ask_all(engines, **{name: tuple(values)})


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(FILTER_FIELDS)), value=NASTY)
def test_no_exclusion_leaves_the_workspace(
    engines: dict[str, SearchEngine], name: str, value: str
) -> None:
    ask_all(engines, without=((name, value),))


@settings(max_examples=60, deadline=None)
@given(
    low=st.one_of(st.none(), st.integers(-(2**52), 2**52)),
    high=st.one_of(st.none(), st.integers(-(2**52), 2**52)),
    text=st.sampled_from(["", "reminder"]),
)
def test_no_range_leaves_the_workspace(
    engines: dict[str, SearchEngine], low: int | None, high: int | None, text: str
) -> None:
    ask_all(engines, text, created_from_s=low, created_to_s=high)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(NASTY, st.lists(NASTY, max_size=4).map(" ".join)))
def test_any_text_is_answered(engines: dict[str, SearchEngine], text: str) -> None:
    ask_all(engines, text)


@pytest.mark.parametrize(
    "text",
    [
        "reminder " * 1_200,
        "a" * 10_240,
        '"' * 10_240,
        "-" * 10_240,
        '-"reminder ' * 1_000,
        "\u202e\u0000\ud800" * 3_000,
        "( [ { \\ / : ^ ~ * ? " * 500,
        "漢字" * 5_000,
    ],
    ids=range(8),
)
def test_ten_kilobytes_are_answered(engines: dict[str, SearchEngine], text: str) -> None:
    ask_all(engines, text)


@pytest.mark.parametrize("field", ["workspace_id", "kinds"])
@given(value=NASTY)
def test_what_is_no_workspace_or_kind_is_refused(field: str, value: str) -> None:
    values: dict[str, Any] = {"workspace_id": ALICES} | {
        field: value if field == "workspace_id" else (value,)
    }
    with pytest.raises(SearchQueryError):
        SearchQuery(**values)


@pytest.mark.parametrize("name", ["embedded", "meilisearch"])
def test_the_honest_question_finds_its_own(engines: dict[str, SearchEngine], name: str) -> None:
    """What the other tests would pass without."""
    query = SearchQuery(workspace_id=ALICES, text="reminder", filters=Filters(tag_ids=('b "c"',)))
    result = engines[name].search(query)
    assert {hit.id for hit in result.hits} == {"0", "2"}
