"""Counts of documents and people, by columns in memory, against a plain count of each document."""

from collections.abc import Iterable
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import SearchDocument
from search.engines.embedded import people
from search.engines.embedded.columns import Columns
from search.engines.embedded.facets import Counter
from search.engines.embedded.schema import stored_row
from search.query import FILTER_FIELDS, FilterGroup, Filters, SearchQuery
from search.result import FacetCount
from tests.search.corpus import ALICES, make_document

FACETS = tuple(FILTER_FIELDS)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


QUADRANTS, TAGS, PEOPLE = some("say", "do", "pain"), some("t1", "t2", "t3"), some("p1", "p2", "p3")
ATTRIBUTES = some("age=30s", "age=40s", "city=Leeds", "city=Hull")
KINDS = st.sampled_from(["excerpt", "insight", "passage"])
DOCUMENTS = st.builds(
    lambda number, **values: make_document(str(number), "words", **values),
    st.integers(0, 30),
    kind=KINDS,
    quadrants=QUADRANTS,
    tag_ids=TAGS,
    participant_ids=PEOPLE,
    attributes=ATTRIBUTES,
    study_ids=some("s1", "s2"),
    session_kind=st.sampled_from(["", "call", "diary"]),
    is_key_quote=st.booleans(),
)
QUERIES = st.builds(
    lambda kinds, without, **filters: SearchQuery(
        workspace_id=ALICES,
        kinds=kinds,
        filters=Filters(without=without, **filters),
        facets=FACETS,
    ),
    st.lists(KINDS, unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from([("tag_ids", "t1"), ("quadrants", "do")]), max_size=1).map(tuple),
    quadrants=QUADRANTS,
    tag_ids=TAGS,
    attributes=ATTRIBUTES,
    study_ids=some("s1", "s2"),
    all_of=st.sampled_from([(), ("tag_ids",)]),
)


def values_of(document: SearchDocument, facet: str) -> tuple[str, ...]:
    value = getattr(document, FILTER_FIELDS[facet])
    if isinstance(value, tuple):
        return value
    return (str(value).lower(),) if isinstance(value, bool) else (value,) if value else ()


def within(
    documents: Iterable[SearchDocument], query: SearchQuery, leaving_out: tuple[FilterGroup, ...]
) -> list[SearchDocument]:
    return [
        document
        for document in documents
        if all(
            group.is_excluded != bool({*group.values} & {*values_of(document, group.facet)})
            for group in query.filter_groups()
            if group not in leaving_out
        )
    ]


def people_of(documents: Iterable[SearchDocument], query: SearchQuery) -> int:
    counted = [each for each in documents if each.kind in query.people_kinds]
    return len({person for each in counted for person in each.participant_ids})


def plain_counts(
    documents: Iterable[SearchDocument], query: SearchQuery, facet: str
) -> dict[str, FacetCount]:
    own = [group for group in query.filter_groups() if group.facet == facet and group.is_wide]
    counts = dict.fromkeys((value for group in own for value in group.values), FacetCount(0, 0))
    left_out = [(group.prefix, (group,)) for group in own] if facet == "attributes" else []
    selections = [("", () if facet == "attributes" else tuple(own)), *left_out]
    for prefix, leaving_out in selections:
        found = within(documents, query, leaving_out)
        values = {value for each in found for value in values_of(each, facet)}
        for value in values:
            having = [each for each in found if value in values_of(each, facet)]
            behind = None if facet == "participant_ids" else people_of(having, query)
            if value.startswith(prefix):
                counts[value] = FacetCount(len(having), behind)
    return counts


@settings(max_examples=60)
@given(st.lists(DOCUMENTS, max_size=14), st.lists(DOCUMENTS, max_size=4), QUERIES, st.booleans())
def test_counts_are_those_of_a_plain_count(
    first: list[SearchDocument], then: list[SearchDocument], query: SearchQuery, has_tables: bool
) -> None:
    columns = Columns()
    columns.extend(range(len(first)), [stored_row(each) for each in first])
    columns.extend(range(50, 50 + len(then)), [stored_row(each) for each in then])
    documents = {each.key: each for each in [*first, *then]}.values()
    with patch.multiple(people, _SMALL_TABLE=10_000 if has_tables else 0, _PLACES_FOR_EACH_PAIR=0):
        counts = Counter(columns, np.flatnonzero(columns.is_live), query).count()
    found = within(documents, query, ())
    assert (counts.total, counts.people) == (len(found), people_of(found, query))
    for facet in FACETS:
        wanted = plain_counts(documents, query, facet)
        assert dict(counts.facets[facet]) == wanted, facet
