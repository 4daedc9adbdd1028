"""The order in which every engine must answer."""

from search import SearchDocument, SearchEngine
from tests.search.corpus import NOON_S, ask, ids, make_document


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
