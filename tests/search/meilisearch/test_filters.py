"""How filters are written in Meilisearch's grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.meilisearch.filters import (
    any_of,
    filter_expression,
    original_value,
    quoted,
    stored_value,
)
from search.query import FilterGroup, NumberRange
from tests.search.corpus import ALICES
from tests.search.meilisearch.answers import MINE


class TestFilters:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("pain", '"pain"'),
            ('say "hm"', '"say \\"hm\\""'),
            ("a\\", '"a＼"'),
            ('\\" OR x = "', '"＼\\" OR x = \\""'),
            ("\ud800", '"?"'),
            ("", '""'),
        ],
    )
    def test_values_are_quoted(self, value: str, written: str) -> None:
        assert quoted(value) == written

    @given(st.text(max_size=50))
    def test_no_value_ends_its_quotes_early(self, value: str) -> None:
        """Read as Meilisearch does: a backslash takes the next letter with it."""
        written = quoted(value)
        assert written[0] == written[-1] == '"'
        inside = written[1:-1].replace('\\"', "")
        assert '"' not in inside
        assert "\\" not in inside

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="＼")))
    def test_stored_values_come_back(self, value: str) -> None:
        assert original_value(stored_value(value)) == value

    def test_the_workspace_comes_first_and_groups_are_joined(self) -> None:
        groups = [
            FilterGroup("quadrants", ("pain", "gain")),
            FilterGroup("session_kinds", ("interview",)),
            FilterGroup("tag_ids", ("t1",), is_excluded=True),
            NumberRange("created_at_s", 5, 9),
            NumberRange("created_at_s", high=9),
        ]
        assert filter_expression(ALICES, groups) == [
            MINE,
            'quadrants IN ["pain", "gain"]',
            'session_kind IN ["interview"]',
            'NOT tag_ids IN ["t1"]',
            "created_at_s >= 5 AND created_at_s < 9",
            "created_at_s < 9",
        ]
        assert any_of("kind", ["excerpt"]) == 'kind IN ["excerpt"]'
