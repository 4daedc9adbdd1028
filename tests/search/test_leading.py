"""Only what may stand first is scored, and the first page is what it would be anyway."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.embedded import EmbeddedEngine, leading, paging
from tests.search.corpus import NOON_S, ask, make_document

DAY_S = 86_400
WORDS = ["r", "re", "red", "reminder", "so", "sorry"]
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
DOCUMENTS = st.fixed_dictionaries(
    {
        "text": LINES,
        "title": st.one_of(st.just(""), LINES),
        "kind": st.sampled_from(["excerpt", "excerpt", "insight"]),
        "is_key_quote": st.booleans(),
        "created_at_s": st.sampled_from([NOON_S, NOON_S + DAY_S, NOON_S + 900 * DAY_S]),
    }
)


def all_pages(engine: EmbeddedEngine) -> list[object]:
    return [
        [(hit.kind, hit.id, hit.score) for hit in ask(engine, text, limit=3, **values).hits]
        for text in (
            "r",
            "re",
            "so",
            "e",
            "red",
            "re ",
            "reminder s",
            "so r",
            "r re -sorry",
            "red x",
        )
        for values in ({}, {"kinds": ("excerpt",)}, {"is_key_quote": False})
    ]


@settings(max_examples=40)
@given(st.lists(DOCUMENTS, max_size=25), st.lists(DOCUMENTS, max_size=4))
def test_the_page_is_that_of_scoring_everything(
    filled: list[dict[str, Any]], added: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        engine = EmbeddedEngine(Path(folder))
        engine.rebuild(make_document(str(n), **values) for n, values in enumerate(filled))
        engine.upsert([make_document(str(n * 5), **values) for n, values in enumerate(added)])
        wanted = all_pages(EmbeddedEngine(Path(folder)))
        patch.setattr(leading, "_MANY_ROWS", 0)
        patch.setattr(leading, "_FEW_ROWS", 6)
        patch.setattr(leading, "MOST_LEADING", 3)
        patch.setattr(paging, "MOST_LEADING", 3)
        assert all_pages(EmbeddedEngine(Path(folder))) == wanted


def test_few_of_many_are_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "_MANY_ROWS", 50)
    monkeypatch.setattr(leading, "MOST_LEADING", 5)
    scored: list[int] = []
    find = leading.Leading.rows

    def counting(*arguments: Any, **named: Any) -> Any:
        rows = find(*arguments, **named)
        scored.append(-1 if rows is None else len(rows))
        return rows

    monkeypatch.setattr(leading.Leading, "rows", counting)
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild(
        make_document(str(n), "reminder", created_at_s=NOON_S + n * 30 * DAY_S) for n in range(90)
    )
    found = ask(engine, "re", limit=5)
    assert [hit.id for hit in found.hits] == ["89", "88", "87", "86", "85"]
    assert scored == [5]
    ask(engine, "remi")
    assert scored == [5, -1], "forms of a word are not known ahead"
