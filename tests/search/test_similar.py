"""Texts alike by the words they share, on both engines and as the rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import SearchEngine, SearchQueryError, SimilarQuery
from search.engines.meilisearch import MeilisearchEngine
from search.similarity import MOST_LOOKED_UP, rank_alike, telling_words, words_to_look_up
from tests.search.corpus import ALICES, CHARLIES, make_document
from tests.search.recording_server import RecordingServer

REMINDER = "The reminder for the appointment came on the wrong day"
CORPUS = [
    make_document("asked", REMINDER),
    make_document("alike", "Two appointments were lost because the reminders came too late"),
    make_document("two", "A reminder of each appointment, please, and of all its costs"),
    make_document("one", "I want a reminder"),
    make_document("other", "The music on hold drives me mad"),
    make_document("memo", REMINDER, kind="memo"),
    make_document("theirs", REMINDER, workspace_id=CHARLIES),
    *(make_document(f"chat{number}", f"and then she said thing {number}") for number in range(24)),
]


def similar(engine: SearchEngine, text: str = REMINDER, **values: object) -> list[str]:
    query = SimilarQuery(workspace_id=ALICES, text=text, **values)  # type: ignore[arg-type]
    return [hit.id for hit in engine.similar(query)]


class TestEngines:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: SearchEngine) -> None:
        engine.upsert(CORPUS)

    def test_those_that_share_most_come_first(self, engine: SearchEngine) -> None:
        assert similar(engine, leave_out=("excerpt-asked",)) == ["alike", "two"]
        assert similar(engine, limit=1, leave_out=("excerpt-asked",)) == ["alike"]
        assert similar(engine)[:2] == ["alike", "asked"]

    def test_only_kinds_that_were_asked_for(self, engine: SearchEngine) -> None:
        assert similar(engine, kinds=("memo",)) == []
        assert "memo" in similar(engine, kinds=("memo", "excerpt"))

    def test_nothing_of_another_workspace(self, engine: SearchEngine) -> None:
        query = SimilarQuery(workspace_id=CHARLIES, text=REMINDER)
        assert engine.similar(query) == ()

    @pytest.mark.parametrize("text", ["", "the and of", "zebra", "!?", "x" * 9_000, '" OR key = "'])
    def test_what_tells_nothing_has_nothing_alike(self, engine: SearchEngine, text: str) -> None:
        assert similar(engine, text) == []

    def test_shared_words_are_marked(self, engine: SearchEngine) -> None:
        query = SimilarQuery(workspace_id=ALICES, text=REMINDER, leave_out=("excerpt-asked",))
        [hit, _] = engine.similar(query)
        text = "Two appointments were lost because the reminders came too late"
        marked = [text[start:end] for start, end in hit.text_highlight]
        assert marked == ["appointments", "reminders", "came"]
        assert 0.5 < hit.score <= 1


class TestRules:
    def test_words_are_looked_up_once_whatever_their_form(self) -> None:
        words = words_to_look_up("Reminders and the reminder, and my Reminder")
        assert [word.folded for word in words] == ["reminders"]

    def test_a_long_text_gives_those_said_most_often(self) -> None:
        letters = "abcdefghijklmnopqrstuvwxyz"
        text = " ".join(f"word{one}{other}" for one in letters for other in letters)
        words = words_to_look_up(f"{text} parking parking")
        assert len(words) == MOST_LOOKED_UP
        assert words[0].folded == "parking"

    def test_words_that_all_or_nobody_else_has_tell_nothing(self) -> None:
        words = words_to_look_up("reminders calendar parking")
        assert [word.folded for word in telling_words(words, [1, 10, 500], 1000)] == ["calendar"]
        # Of a handful of texts, three may share a word.
        assert len(telling_words(words, [3, 3, 3], 5)) == 3

    @given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
    def test_whatever_people_say_is_between_nothing_and_the_same(
        self, texts: list[str], text: str
    ) -> None:
        looked_up = words_to_look_up(text)
        words = telling_words(looked_up, [2] * len(looked_up), 9)
        keyed = [(f"excerpt-{number}", each) for number, each in enumerate([*texts, text])]
        hits = rank_alike(words, keyed, 10)
        assert all(0 < hit.score <= 1 + 1e-9 for hit in hits)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        if words:
            assert f"{len(texts)}" in {hit.id for hit in hits}

    def test_questions_are_checked(self) -> None:
        for wrong in ({"kinds": ()}, {"kinds": ("segment",)}, {"limit": 0}, {"workspace_id": "x"}):
            with pytest.raises(SearchQueryError):
                SimilarQuery(**({"workspace_id": ALICES, "text": "x"} | wrong))


def test_meilisearch_is_asked_once_within_the_workspace() -> None:
    def answer(body: dict[str, list[dict[str, object]]]) -> tuple[int, object]:
        mine = [each for each in CORPUS if each.kind == "excerpt" and each.workspace_id == ALICES]
        return 200, {
            "results": [
                {
                    "totalHits": sum(str(query["q"]) in each.text for each in mine),
                    "hits": [
                        {"kind": "excerpt", "id": each.id, "text": each.text}
                        for each in mine
                        if query["q"] and str(query["q"]) in each.text
                    ],
                }
                for query in body["queries"]
            ]
        }  # fmt: skip

    with RecordingServer() as server:
        server.answers["POST /multi-search"] = answer
        engine = MeilisearchEngine(server.url, "key")
        assert similar(engine, leave_out=("excerpt-asked",)) == ["alike", "two"]
        [body] = server.bodies("POST /multi-search")
    assert body["queries"][0]["hitsPerPage"] == 0
    assert [query["q"] for query in body["queries"][1:]] == [
        "appointment",
        "reminder",
        "wrong",
        "came",
        "day",
    ]
    for query in body["queries"]:
        assert f'workspace_id = "{ALICES}"' in query["filter"]
