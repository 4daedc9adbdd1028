"""What every engine must do with what is written, here and in another process."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import SearchDocument, SearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import ALICES, ask, counted, find, make_document


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
