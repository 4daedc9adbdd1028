"""No engine may tell one workspace of another, whatever is typed."""

import pytest

from search import SearchEngine
from tests.search.corpus import ALICES, CHARLIES, ask, counted, ids, make_document

HOSTILE = [
    '" OR workspace_id EXISTS OR kind = "',
    f'" OR workspace_id = "{CHARLIES}',
    "x] OR kind IN [excerpt",
    '\\" OR kind = "excerpt" OR kind = \\"',
    "\\",
    "'",
    "*",
    "workspace_id:" + CHARLIES,
]


class TestWorkspaces:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: SearchEngine) -> None:
        engine.upsert(
            [
                make_document("mine", "A reminder", participant_ids=("ann",), quadrants=("pain",)),
                make_document("theirs", "A canary reminder", workspace_id=CHARLIES,
                              participant_ids=("zoe",), quadrants=("gain",), tag_ids=("canary",)),
            ]
        )  # fmt: skip

    def test_a_stranger_finds_nothing_of_it(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", workspace_id=CHARLIES)
        assert ids(result) == ["theirs"]
        assert (result.total, result.people) == (1, 1)
        assert counted(result, "quadrants") == {"gain": 1}
        assert ask(engine, workspace_id="00000000-0000-0000-0000-00000000dead").total == 0

    @pytest.mark.parametrize("text", ["canary", "-reminder", '-"a reminder"', "", *HOSTILE])
    def test_no_text_reaches_another_workspace(self, engine: SearchEngine, text: str) -> None:
        result = ask(engine, text)
        assert "theirs" not in ids(result)
        assert "canary" not in result.facets["tag_ids"]
        assert result.people <= 1

    @pytest.mark.parametrize(
        "field",
        ["quadrants", "aspects", "persona_ids", "study_ids", "tag_ids", "session_kinds",
         "attributes", "participant_ids"],
    )  # fmt: skip
    @pytest.mark.parametrize("value", HOSTILE)
    def test_no_filter_reaches_another_workspace(
        self, engine: SearchEngine, field: str, value: str
    ) -> None:
        result = ask(engine, "reminder", **{field: [value]})
        assert (result.total, result.people, ids(result)) == (0, 0, [])

    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_values_are_values_like_others(self, engine: SearchEngine, value: str) -> None:
        engine.upsert([make_document("odd", "odd", attributes=(f"note={value}",))])
        result = ask(engine, attributes=[f"note={value}"])
        assert ids(result) == ["odd"]
        assert counted(result, "attributes") == {f"note={value}": 1}

    def test_counts_versions_and_deletion_are_per_workspace(self, engine: SearchEngine) -> None:
        assert engine.count(ALICES) == 1
        assert list(engine.versions(CHARLIES)) == [("excerpt-theirs", 1)]
        engine.delete_workspace(ALICES)
        assert engine.count(ALICES) == 0
        assert engine.count(CHARLIES) == 1
