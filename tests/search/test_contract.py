"""What every engine must do alike. Meilisearch takes part where MEILI_URL names a server."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import SearchDocument, SearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import ALICES, CHARLIES, NOON_S, ask, counted, ids, make_document

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


def find(engine: SearchEngine, text: str, **values: Any) -> set[str]:
    return set(ids(ask(engine, text, **values)))


class TestWords:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: SearchEngine) -> None:
        engine.upsert(
            [
                make_document("day", "The reminder came on the wrong day"),
                make_document("hold", "I was on hold for twenty minutes, then on the line"),
                make_document("line", "On the line, told to hold"),
                make_document("cafe", "We met in the Café afterwards"),
                make_document("weeks", "I waited two weeks for an appointment"),
            ]
        )

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("reminder", {"day"}),
            ("REMINDER", {"day"}),
            ("remindr", {"day"}),
            ("remidner", {"day"}),
            ("rem", {"day"}),
            ("reminder wrong", {"day"}),
            ("apointmnet", {"weeks"}),
            ("two we", {"weeks"}),
            ("cafe", {"cafe"}),
            ("café", {"cafe"}),
            ("hold line", {"hold", "line"}),
            ('"on hold"', {"hold"}),
            ('"the line"', {"hold", "line"}),
            ('hold -"on hold"', {"line"}),
            ("hold -minutes", {"line"}),
            ("-hold", {"day", "cafe", "weeks"}),
            ("tow weeks", {"weeks"}),
            ("why was I on hold", {"hold", "line"}),
            ("zebra", set()),
            ('"wrong reminder"', set()),
        ],
    )
    def test_finds(self, engine: SearchEngine, text: str, found: set[str]) -> None:
        assert find(engine, text) == found

    def test_words_that_nothing_has_are_left_out(self, engine: SearchEngine) -> None:
        result = ask(engine, "zebra hold line")
        assert set(ids(result)) == {"hold", "line"}
        assert result.dropped_words == ("zebra",)

    def test_of_words_that_never_meet_the_rarest_stay(self, engine: SearchEngine) -> None:
        result = ask(engine, "hold appointment zebra")
        assert ids(result) == ["weeks"]
        assert result.dropped_words == ("hold", "zebra")
        # As rare as each other: what was typed first stays.
        result = ask(engine, "reminder appointment zebra")
        assert ids(result) == ["day"]
        assert result.dropped_words == ("appointment", "zebra")
        assert ask(engine, "zebra unicorn").dropped_words == ()

    @pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "!?", '""', "-"])
    def test_without_words_everything_is_there(self, engine: SearchEngine, text: str) -> None:
        assert ask(engine, text).total == 5

    @pytest.mark.parametrize(
        "text",
        ["reminder " * 1200, "r" * 10_240, '"' * 10_240, "-" * 10_240, "re\x00min\x1fder \ud800",
         '"reminder', "reminder AND (", "text:reminder", "reminder~9", "/re.*/", "👩‍⚕️" * 999],
    )  # fmt: skip
    def test_any_text_is_answered(self, engine: SearchEngine, text: str) -> None:
        result = ask(engine, text)
        assert result.total == len(result.hits)

    def test_what_is_left_out_depends_on_the_filters(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("study", "A reminder", study_ids=("s1",))])
        result = ask(engine, "appointment reminder", study_ids=["s1"])
        assert ids(result) == ["study"]
        assert result.dropped_words == ("appointment",)

    def test_long_nonsense_still_finds_its_first_words(self, engine: SearchEngine) -> None:
        assert find(engine, "reminder wrong day " * 500) == {"day"}


class TestRanking:
    def order(self, engine: SearchEngine, text: str, *documents: SearchDocument) -> list[str]:
        engine.upsert(documents)
        return ids(ask(engine, text))

    def test_exact_words_come_before_typos(self, engine: SearchEngine) -> None:
        order = self.order(
            engine,
            "waiter",
            make_document("typo", "The waited one", created_at_s=NOON_S + 9, is_key_quote=True),
            make_document("exact", "The waiter came"),
        )
        assert order == ["exact", "typo"]

    def test_words_that_follow_each_other_come_first(self, engine: SearchEngine) -> None:
        order = self.order(
            engine,
            "wrong day",
            make_document("apart", "A day that I think went all wrong", created_at_s=NOON_S + 9),
            make_document("following", "It came on the wrong day for me"),
        )
        assert order == ["following", "apart"]

    def test_a_title_comes_before_a_text(self, engine: SearchEngine) -> None:
        order = self.order(
            engine,
            "parent",
            make_document("text", "About a parent", created_at_s=NOON_S + 9),
            make_document("title", "About her", title="Parent", kind="persona"),
        )
        assert order == ["title", "text"]

    def test_key_quotes_then_younger_ones_win_ties(self, engine: SearchEngine) -> None:
        order = self.order(
            engine,
            "reminder",
            make_document("old", "A reminder"),
            make_document("young", "A reminder", created_at_s=NOON_S + 200_000),
            make_document("key", "A reminder", is_key_quote=True),
        )
        assert order == ["key", "young", "old"]

    def test_browsing_is_newest_first_in_pages(self, engine: SearchEngine) -> None:
        engine.upsert([make_document(str(n), "Same", created_at_s=NOON_S + n) for n in range(7)])
        pages = [ids(ask(engine, offset=offset, limit=3)) for offset in (0, 3, 6, 9)]
        assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"], []]
        assert ask(engine, offset=9, limit=3).total == 7
        assert ids(ask(engine, limit=0)) == []


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


class TestHighlights:
    @pytest.mark.parametrize(
        ("text", "query", "marked"),
        [
            ("A reminder, twice: reminder", "reminder", ["reminder", "reminder"]),
            ("The 🎉 Café reminder", "remindr cafe", ["Café", "reminder"]),
            ("They sent reminders", "remi", ["reminders"]),
            ("I was on hold, on a line", '"on hold"', ["on hold"]),
            ("שָׁלוֹם reminder עולם", "reminder", ["reminder"]),
            ("Nothing to mark", "", []),
        ],
    )
    def test_matched_words_are_marked(
        self, engine: SearchEngine, text: str, query: str, marked: list[str]
    ) -> None:
        engine.upsert([make_document("1", text)])
        [hit] = ask(engine, query).hits
        assert (hit.kind, hit.id) == ("excerpt", "1")
        assert [text[start:end] for start, end in hit.text_highlight] == marked


class TestWriting:
    def test_an_empty_index_answers(self, engine: SearchEngine) -> None:
        result = ask(engine, "reminder")
        assert (result.hits, result.total, result.people) == ((), 0, 0)
        assert engine.is_healthy()
        assert engine.needs_rebuild()
        assert engine.count(ALICES) == 0
        assert list(engine.versions(ALICES)) == []

    def test_a_change_is_found_at_once(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("1", "old words", quadrants=("pain",))])
        assert find(engine, "old") == {"1"}
        engine.upsert([make_document("1", "new words", quadrants=("gain",), version=2)])
        assert find(engine, "old") == set()
        assert counted(ask(engine, "new"), "quadrants") == {"gain": 1}
        assert list(engine.versions(ALICES)) == [("excerpt-1", 2)]
        engine.delete(["excerpt-1", "excerpt-never"])
        assert ask(engine).total == 0
        engine.upsert([make_document("1", "back again", version=3)])
        assert find(engine, "again") == {"1"}

    def test_the_last_of_a_batch_wins(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("1", f"try number{n}", version=n) for n in range(3)])
        assert list(engine.versions(ALICES)) == [("excerpt-1", 2)]

    def test_kinds_have_ids_of_their_own(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("1", "same", kind=kind) for kind in ("excerpt", "insight")])
        assert engine.count(ALICES) == 2

    def test_nothing_to_write_is_nothing(self, engine: SearchEngine) -> None:
        engine.upsert([])
        engine.delete([])
        assert engine.count(ALICES) == 0

    def test_texts_of_all_sorts_can_be_written(self, engine: SearchEngine) -> None:
        texts = [
            "",
            "\x00\x1f",
            "lone \ud800 surrogate",
            "w" * 70_000,
            "🎉" * 500,
            "word " * 20_000,
        ]
        engine.upsert([make_document(str(n), text) for n, text in enumerate(texts)])
        assert engine.count(ALICES) == len(texts)
        assert find(engine, "surrogate") == {"2"}

    def test_a_rebuild_holds_exactly_what_it_was_given(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("old", "reminder")])
        engine.rebuild(make_document(str(n), "reminder") for n in range(3))
        assert find(engine, "reminder") == {"0", "1", "2"}
        assert not engine.needs_rebuild()
        engine.upsert([make_document("new", "reminder")])
        assert ask(engine, "reminder").total == 4

    def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, engine: SearchEngine) -> None:
        engine.upsert([make_document("old", "reminder")])

        def failing() -> Iterator[SearchDocument]:
            yield make_document("new", "reminder")
            raise LookupError("the database went away")

        with pytest.raises(LookupError):
            engine.rebuild(failing())
        assert find(engine, "reminder") == {"old"}
        engine.upsert([make_document("next", "reminder")])
        assert ask(engine, "reminder").total == 2

    def test_searches_see_the_old_or_the_new_index_during_a_rebuild(
        self, engine: SearchEngine
    ) -> None:
        engine.upsert([make_document(f"old{n}", "reminder") for n in range(2)])
        totals: set[int] = set()
        errors: list[Exception] = []
        done = threading.Event()

        def keep_asking() -> None:
            while not done.is_set():
                try:
                    totals.add(ask(engine, "reminder").total)
                except Exception as error:
                    errors.append(error)

        asking = threading.Thread(target=keep_asking)
        asking.start()
        try:
            for _ in range(3):
                engine.rebuild(make_document(str(n), "reminder") for n in range(300))
        finally:
            done.set()
            asking.join()
        assert errors == []
        assert totals <= {2, 300}
        assert ask(engine, "reminder").total == 300


WRITE_FROM_ELSEWHERE = """
import sys
from pathlib import Path
from search.engines.{module} import {name} as Engine
from tests.search.corpus import make_document
engine = Engine({arguments})
engine.upsert([make_document("elsewhere", "reminder")])
engine.delete(["excerpt-here"])
"""


def test_what_another_process_writes_is_found_by_the_next_search(
    engine: SearchEngine, tmp_path: Path
) -> None:
    engine.upsert([make_document("here", "reminder")])
    assert find(engine, "reminder") == {"here"}
    if isinstance(engine, EmbeddedEngine):
        where = {"module": "embedded", "name": "EmbeddedEngine",
                 "arguments": f"Path({str(tmp_path / 'index')!r})"}  # fmt: skip
    else:
        known: Any = engine
        arguments = f"{known._url!r}, {known._api_key!r}, index_name={known._index_name!r}"
        where = {"module": "meilisearch", "name": "MeilisearchEngine", "arguments": arguments}
    subprocess.run([sys.executable, "-c", WRITE_FROM_ELSEWHERE.format(**where)], check=True)
    assert find(engine, "reminder") == {"elsewhere"}
    assert list(engine.versions(ALICES)) == [("excerpt-elsewhere", 1)]
