"""Columns that a process kept for the next: the same answers, whatever happened in between."""

import random
from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine, reading
from search.engines.embedded.columns import Columns
from search.engines.embedded.kept_columns import FILE_NAME, read_columns
from tests.search.corpus import ALICES, ask, counted, ids, make_document

DOCUMENTS = [
    make_document(
        str(number),
        f"reminder number{number}",
        tag_ids=[f"tag{each}" for each in range(number % 4)],
        participant_ids=[f"p{each}" for each in range(number % 3)],
        product_area="¼ “area”\n\u2028",
    )
    for number in range(40)
]


@pytest.fixture(autouse=True)
def _few_rows_are_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WORTH_KEEPING_ROWS", 5)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    EmbeddedEngine(tmp_path).rebuild(DOCUMENTS)
    return tmp_path


@pytest.fixture
def read_rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows were read from the index, each time."""
    counts: list[int] = []
    extend = Columns.extend

    def counting(columns: Columns, serials: list[int], rows: list[bytes]) -> None:
        counts.append(len(rows))
        extend(columns, serials, rows)

    monkeypatch.setattr(Columns, "extend", counting)
    return counts


def kept_file(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text() / FILE_NAME


def everything(directory: Path) -> tuple[object, ...]:
    found = ask(EmbeddedEngine(directory), "reminder")
    versions = sorted(EmbeddedEngine(directory).versions(ALICES))
    return found.total, found.people, ids(found), found.facets, versions


def test_no_process_reads_a_row_of_what_was_filled(directory: Path, read_rows: list[int]) -> None:
    kept = everything(directory)
    assert read_rows == []
    kept_file(directory).unlink()
    assert everything(directory) == kept
    assert sum(read_rows) == len(DOCUMENTS), "read once, by the first of two"


def test_what_changed_since_is_read_and_what_was_deleted_is_gone(
    directory: Path, read_rows: list[int]
) -> None:
    writer = EmbeddedEngine(directory)
    writer.upsert([make_document("1", "reminder changed", tag_ids=["new"])])
    writer.delete(["excerpt-2", "excerpt-3"])
    found = ask(EmbeddedEngine(directory), "reminder")
    assert read_rows == [1]
    assert found.total == 38
    assert counted(found, "tag_ids")["new"] == 1
    kept = everything(directory)
    kept_file(directory).unlink()
    assert everything(directory) == kept


@pytest.mark.parametrize("seed", range(10))
def test_a_changed_byte_is_noticed_and_rows_are_read_again(directory: Path, seed: int) -> None:
    wanted = everything(directory)
    path, chance = kept_file(directory), random.Random(seed)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content[: None if seed % 2 else len(content) // 2])
    assert read_columns(path.parent).row_count == 0
    assert everything(directory) == wanted


@pytest.mark.parametrize("content", [b"", b"123", bytes(4), bytes(400)])
def test_a_file_that_is_cut_or_emptied_is_none(directory: Path, content: bytes) -> None:
    kept_file(directory).write_bytes(content)
    assert everything(directory)[0] == 40


def test_a_folder_that_takes_no_file_costs_no_search(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_file(directory).unlink()
    kept_file(directory).mkdir()
    assert everything(directory)[0] == 40
    assert [path.name for path in kept_file(directory).parent.glob(f"{FILE_NAME}*")] == [FILE_NAME]
