"""The rows of each word, kept beside the index: the same answers as of the index alone."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.embedded import EmbeddedEngine, word_rows
from search.engines.embedded.word_rows import (
    FILE_NAME,
    NOTHING,
    GatheredWords,
    WordRows,
    read_word_rows,
)
from tests.search.corpus import ALICES, CHARLIES, ask, ids, make_document

WORDS = ["a", "an", "ant", "wait", "waiting", "waited", "reminder", "Arzttermin", "Termin", "été"]
LINES = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
QUESTIONS = [
    "a",
    "an",
    "an ",
    "w",
    "wait",
    "waiting",
    "remnider",
    "ter",
    "Termin",
    "ete",
    "wait -a",
]


def kept(rows: list[str], folder: Path) -> WordRows:
    gathered = GatheredWords()
    for row in rows:
        gathered.add([row, ""])
    gathered.write(folder, last_serial=7)
    return read_word_rows(folder)


@given(st.lists(LINES, max_size=8), st.lists(st.sampled_from(WORDS)), st.sampled_from(WORDS))
def test_rows_are_those_of_a_plain_look(rows: list[str], words: list[str], start: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_rows, "_SORTED_AT_ONCE", 3)
        found = kept(rows, Path(folder))
    assert (found.row_count, found.last_serial) == (len(rows), 7)
    for beginning in (None, start):
        wanted = [
            any(
                word in words or (beginning is not None and word.startswith(beginning))
                for word in row.split()
            )
            for row in rows
        ]
        assert found.mask(words, beginning).tolist() == wanted


_DOCUMENTS = st.lists(st.tuples(LINES, st.sampled_from([ALICES, ALICES, CHARLIES])), max_size=8)
_CHANGES = st.dictionaries(st.integers(0, 9), st.one_of(st.none(), LINES), max_size=4)


@settings(max_examples=25)
@given(_DOCUMENTS, _CHANGES)
def test_answers_are_those_of_the_index_alone(
    filled: list[tuple[str, str]], changes: dict[int, str | None]
) -> None:
    with TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        engine.rebuild(
            make_document(str(number), text, workspace_id=workspace, title=text[:4])
            for number, (text, workspace) in enumerate(filled)
        )
        answers = [_answers(engine)]
        engine.upsert(
            [make_document(str(number), text) for number, text in changes.items() if text]
        )
        engine.delete([f"excerpt-{number}" for number, text in changes.items() if text is None])
        answers += [_answers(engine), _answers(EmbeddedEngine(Path(folder)))]
        words_file(Path(folder)).unlink()
        alone = _answers(EmbeddedEngine(Path(folder)))
    assert answers[1:] == [alone, alone]


def _answers(engine: EmbeddedEngine) -> list[object]:
    found = [ask(engine, question, limit=50) for question in QUESTIONS]
    return [(each.total, set(ids(each)), each.facets) for each in found]


def words_file(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text() / FILE_NAME


@pytest.fixture
def file(tmp_path: Path) -> Path:
    EmbeddedEngine(tmp_path).rebuild(make_document(str(n), "reminder") for n in range(9))
    return words_file(tmp_path)


@pytest.mark.parametrize("seed", range(10))
def test_a_changed_byte_is_noticed(file: Path, seed: int) -> None:
    assert read_word_rows(file.parent).row_count == 9
    content, chance = bytearray(file.read_bytes()), random.Random(seed)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content[: None if seed % 2 else len(content) // 2])
    assert read_word_rows(file.parent) is NOTHING


@pytest.mark.parametrize("content", [b"", b"123", bytes(32), bytes(4)])
def test_a_file_that_is_cut_or_emptied_is_none(file: Path, content: bytes, tmp_path: Path) -> None:
    file.write_bytes(content)
    assert not read_word_rows(file.parent).mask(["reminder"], "r").any()
    assert ask(EmbeddedEngine(tmp_path), "rem").total == 9


def test_rows_that_are_numbered_anew_are_not_mistaken_for_others(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.embedded.reading._TOLERATED_DEAD_ROWS", 2)
    monkeypatch.setattr("search.engines.embedded.reading._WORTH_KEEPING_ROWS", 1)
    engine = EmbeddedEngine(tmp_path)
    for number in range(9):
        engine.upsert([make_document(str(number), "other" if number else "reminder")])
    assert [ask(each, "r").total for each in (engine, EmbeddedEngine(tmp_path))] == [1, 1]
    assert ids(ask(EmbeddedEngine(tmp_path), "rem")) == ["0"]
