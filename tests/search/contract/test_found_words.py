"""What every engine must find by words, and mark in what it found."""

import pytest

from search import SearchEngine
from tests.search.corpus import ask, find, ids, make_document


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

    def test_of_words_that_never_meet_the_rarest_come_first(self, engine: SearchEngine) -> None:
        result = ask(engine, "hold appointment zebra")
        assert ids(result)[0] == "weeks"
        assert set(ids(result)[1:]) == {"hold", "line"}
        assert result.dropped_words == ("zebra",)
        assert [hit.missing_words for hit in result.hits] == [("hold",), *[("appointment",)] * 2]
        # As rare as each other: what was typed first comes first.
        result = ask(engine, "reminder appointment zebra")
        assert ids(result) == ["day", "weeks"]
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
