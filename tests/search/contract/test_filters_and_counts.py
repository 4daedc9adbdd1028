"""What every engine must leave out, and count: documents, people, facets."""

from typing import Any

import pytest

from search import SearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import NOON_S, ask, counted, find, ids, make_document


class TestFiltersAndCounts:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: SearchEngine) -> None:
        young, old = "age=30s", "age=70s"
        leeds, york = "city=Leeds", "city=York"
        engine.upsert(
            [
                make_document("1", "reminder late", quadrants=("pain",), participant_ids=("ann",),
                              study_ids=("s1",), tag_ids=("t1", "t1a"), attributes=(young, leeds),
                              session_kind="interview", persona_ids=("parent",)),
                make_document("2", "reminder again", quadrants=("pain", "hear"), is_key_quote=True,
                              participant_ids=("ann",), study_ids=("s1",), tag_ids=("t1",),
                              attributes=(young, leeds), session_kind="interview"),
                make_document("3", "reminder app", quadrants=("gain",), participant_ids=("bob",),
                              study_ids=("s2",), aspects=("say",), attributes=(old, leeds),
                              session_kind="focus_group"),
                make_document("4", "reminder in the post", quadrants=("say_do",),
                              participant_ids=("cat", "ann"), study_ids=("s2",),
                              attributes=(old, york), session_kind="focus_group"),
                make_document("5", "a visit", quadrants=("pain",), participant_ids=("dan",),
                              created_at_s=NOON_S - 100, product_area="Booking",
                              speaker_role="participant", intensities=("-3", "1"),
                              has_insight=True),
                make_document("6", "People miss reminders", kind="insight", quadrants=("pain",),
                              participant_ids=("ann", "bob", "eve")),
            ]
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"quadrants": ["pain"]}, {"1", "2", "5", "6"}),
            ({"quadrants": ["gain", "hear"]}, {"2", "3"}),
            ({"quadrants": ["pain"], "study_ids": ["s1"]}, {"1", "2"}),
            ({"quadrants": ["pain"], "study_ids": ["s2"]}, set()),
            ({"tag_ids": ["t1"]}, {"1", "2"}),
            ({"tag_ids": ["t1a"]}, {"1"}),
            ({"aspects": ["say"]}, {"3"}),
            ({"persona_ids": ["parent", "nobody"]}, {"1"}),
            ({"session_kinds": ["focus_group"]}, {"3", "4"}),
            ({"participant_ids": ["ann"]}, {"1", "2", "4", "6"}),
            ({"attributes": ["age=70s"]}, {"3", "4"}),
            ({"attributes": ["age=70s", "age=30s"]}, {"1", "2", "3", "4"}),
            ({"attributes": ["age=70s", "city=Leeds"]}, {"3"}),
            ({"is_key_quote": True}, {"2"}),
            ({"is_key_quote": False}, {"1", "3", "4", "5", "6"}),
            ({"product_areas": ["Booking"]}, {"5"}),
            ({"speaker_roles": ["participant"]}, {"5"}),
            ({"intensities": ["-3", "-2"]}, {"5"}),
            ({"intensities": ["2", "3"]}, set()),
            ({"has_insight": True}, {"5"}),
            ({"has_insight": False}, {"1", "2", "3", "4", "6"}),
            ({"created_from_s": NOON_S}, {"1", "2", "3", "4", "6"}),
            ({"created_to_s": NOON_S}, {"5"}),
            ({"created_from_s": NOON_S - 100, "created_to_s": NOON_S - 99}, {"5"}),
            ({"without": [("quadrants", "pain")]}, {"3", "4"}),
            ({"without": [("quadrants", "gain"), ("quadrants", "say_do")]}, {"1", "2", "5", "6"}),
            ({"quadrants": ["pain"], "without": [("tag_ids", "t1"), ("kinds", "insight")]}, {"5"}),
            ({"tag_ids": ["t1"], "without": [("tag_ids", "t1a")]}, {"2"}),
            ({"quadrants": ["pain", "hear"], "all_of": ["quadrants"]}, {"2"}),
            ({"tag_ids": ["t1", "t1a"], "all_of": ["tag_ids"]}, {"1"}),
            ({"tag_ids": ["t1", "t9"], "all_of": ["tag_ids"]}, set()),
            ({"kinds": ["insight"]}, {"6"}),
            ({"kinds": ["insight", "persona"]}, {"6"}),
        ],
    )
    def test_filters(self, engine: SearchEngine, filters: dict[str, Any], found: set[str]) -> None:
        result = ask(engine, **filters)
        assert set(ids(result)) == found
        assert result.total == len(found)

    def test_filters_join_with_words(self, engine: SearchEngine) -> None:
        assert find(engine, "reminder", quadrants=["pain"]) == {"1", "2", "6"}

    def test_people_are_counted_once_and_over_all_pages(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", limit=1)
        assert (len(result.hits), result.total, result.people) == (1, 5, 3)

    def test_people_of_an_insight_are_not_people_who_said_it(self, engine: SearchEngine) -> None:
        assert ask(engine, "miss").people == 0
        assert ask(engine, "miss", kinds=["insight"]).people == 3

    def test_facets_count_documents(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder")
        assert counted(result, "quadrants") == {"pain": 3, "gain": 1, "hear": 1, "say_do": 1}
        assert counted(result, "kinds") == {"excerpt": 4, "insight": 1}
        assert counted(result, "tag_ids") == {"t1": 2, "t1a": 1}
        assert counted(result, "is_key_quote") == {"false": 4, "true": 1}
        assert counted(result, "session_kinds") == {"focus_group": 2, "interview": 2}
        assert next(iter(result.facets["quadrants"])) == "pain"

    def test_a_chosen_facet_still_shows_its_other_values(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", quadrants=["gain"])
        assert result.total == 1
        assert counted(result, "quadrants") == {"pain": 3, "gain": 1, "hear": 1, "say_do": 1}
        assert counted(result, "study_ids") == {"s2": 1}

    def test_what_is_left_out_stays_left_out_of_its_own_facet(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", quadrants=["hear"], without=[("quadrants", "gain")])
        assert ids(result) == ["2"]
        assert counted(result, "quadrants") == {"pain": 3, "hear": 1, "say_do": 1}

    def test_what_must_all_be_there_narrows_its_own_facet(self, engine: SearchEngine) -> None:
        result = ask(engine, quadrants=("pain", "hear"), all_of=("quadrants",))
        assert counted(result, "quadrants") == {"pain": 1, "hear": 1}

    def test_dates_narrow_every_facet(self, engine: SearchEngine) -> None:
        result = ask(engine, quadrants=["gain"], created_to_s=NOON_S)
        assert result.total == 0
        assert counted(result, "quadrants") == {"pain": 1, "gain": 0}

    def test_each_attribute_is_a_facet_of_its_own(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", attributes=["age=70s"])
        assert counted(result, "attributes") == {
            "age=30s": 2, "age=70s": 2, "city=Leeds": 1, "city=York": 1,
        }  # fmt: skip

    def test_a_chosen_value_without_hits_can_still_be_unchosen(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", quadrants=["see"])
        assert counted(result, "quadrants")["see"] == 0

    def test_facets_can_be_left_out(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder", quadrants=["pain"], facets=())
        assert result.facets == {}
        assert (result.total, result.people) == (3, 1)

    def test_people_are_counted_one_by_one_where_that_is_asked(self, engine: SearchEngine) -> None:
        asked = {"facets": ("participant_ids",), "kinds": ["excerpt"], "limit": 0}
        everyone = ask(engine, "reminder", **asked)
        assert counted(everyone, "participant_ids") == {"ann": 3, "bob": 1, "cat": 1}
        assert set(everyone.facets) == {"participant_ids"}
        # As wide as before, and whoever was chosen is there with nothing, too.
        chosen = ask(engine, "reminder", participant_ids=["bob", "dan"], **asked)
        assert counted(chosen, "participant_ids") == {
            "ann": 3, "bob": 1, "cat": 1, "dan": 0,
        }  # fmt: skip

    def test_people_per_value_are_exact_or_left_out(self, engine: SearchEngine) -> None:
        facets = ask(engine, "reminder").facets
        people = {value: count.people for value, count in facets["quadrants"].items()}
        if isinstance(engine, EmbeddedEngine):
            assert people == {"pain": 1, "hear": 1, "gain": 1, "say_do": 2}
        else:
            assert set(people.values()) == {None}
