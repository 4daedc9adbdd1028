"""The embedded engine: its folder, its lock, damage, and counts against a plain model."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Filters, SearchDocument, SearchQuery, SearchUnavailableError
from search.engines.embedded import EmbeddedEngine, reading
from search.query import FACET_FIELDS, FilterGroup, attribute_prefix
from search.words import folded_words
from tests.search.corpus import ALICES, CHARLIES, ask, ids, make_document


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def generation(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text()


def test_what_is_written_after_a_rebuild_is_not_taken_for_what_it_wrote(
    embedded: EmbeddedEngine,
) -> None:
    """Readers tell what is new by numbers that a rebuild must not have used already."""
    embedded.rebuild([make_document(str(number), "reminder") for number in range(5)])
    assert embedded.count(ALICES) == 5
    for number in range(4, 9):
        embedded.upsert([make_document(str(number), "late")])
    assert {key for key, _ in embedded.versions(ALICES)} == {
        f"excerpt-{number}" for number in range(9)
    }
    assert ask(embedded, "late").total == 5


class TestDamage:
    def test_a_new_index_needs_a_rebuild_until_it_had_one(self, embedded: EmbeddedEngine) -> None:
        assert embedded.needs_rebuild()
        embedded.upsert([make_document("1", "reminder")])
        assert embedded.needs_rebuild()
        embedded.rebuild([])
        assert not embedded.needs_rebuild()

    def test_a_deleted_folder_is_made_again(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        shutil.rmtree(directory)
        assert ask(embedded, "reminder").total == 0
        assert embedded.needs_rebuild()
        embedded.upsert([make_document("2", "reminder")])
        assert ids(ask(embedded, "reminder")) == ["2"]

    @pytest.mark.parametrize("pattern", ["meta.json", "*.store", "*.idx", "*.term", "*.fast"])
    @pytest.mark.parametrize("damage", [b"", b"not an index", None])
    def test_a_damaged_index_is_made_again(
        self, embedded: EmbeddedEngine, directory: Path, pattern: str, damage: bytes | None
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        for path in generation(directory).glob(pattern):
            path.unlink()
            if damage is not None:
                path.write_bytes(damage)
        restarted = EmbeddedEngine(directory, lock_timeout_s=5)
        restarted.ensure_index()
        assert restarted.needs_rebuild()
        assert ask(restarted, "reminder").total == 0
        restarted.rebuild([make_document("1", "reminder")])
        assert ask(restarted, "reminder").total == 1

    @pytest.mark.parametrize("name", ["", "../elsewhere", "v0-older", "v1-missing", "\udcff"])
    def test_a_pointer_to_no_index_of_ours_is_replaced(self, directory: Path, name: str) -> None:
        directory.mkdir()
        (directory / "CURRENT").write_bytes(name.encode(errors="surrogateescape"))
        engine = EmbeddedEngine(directory, lock_timeout_s=5)
        engine.upsert([make_document("1", "reminder")])
        assert ask(engine, "reminder").total == 1
        assert engine.needs_rebuild()

    def test_an_older_shape_is_left_aside(
        self, embedded: EmbeddedEngine, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        monkeypatch.setattr("search.engines.embedded.engine.SCHEMA_VERSION", 99)
        newer = EmbeddedEngine(directory)
        assert newer.needs_rebuild()
        assert ask(newer, "reminder").total == 0

    def test_only_the_current_generation_is_kept(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        for _ in range(3):
            embedded.rebuild([make_document("1", "reminder")])
        assert list(directory.glob("v*")) == [generation(directory)]

    def test_a_folder_that_cannot_be_written_is_said_so(self, tmp_path: Path) -> None:
        (tmp_path / "index").write_text("a file is in the way")
        engine = EmbeddedEngine(tmp_path / "index")
        assert not engine.is_healthy()
        with pytest.raises(SearchUnavailableError, match="folder"):
            engine.upsert([make_document("1", "reminder")])


HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from search.engines.embedded import EmbeddedEngine, reading
from tests.search.corpus import make_document

def documents():
    yield make_document("half", "reminder")
    print("half done", flush=True)
    sys.stdin.read()

EmbeddedEngine(Path(sys.argv[1])).rebuild(documents())
"""


@pytest.fixture
def rebuilding(embedded: EmbeddedEngine, directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a rebuild."""
    embedded.rebuild([make_document("1", "reminder")])
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half done\n"
    yield process
    process.kill()
    process.communicate()


FILL_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from search import SearchUnavailableError
from search.engines.embedded import EmbeddedEngine, reading
from tests.search.corpus import make_document

engine = EmbeddedEngine(Path(sys.argv[1]))
engine.ensure_index()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
long = " ".join(f"reminder{number}" for number in range(20_000))
for write in (engine.upsert, engine.rebuild):
    try:
        write([make_document("2", long)])
    except SearchUnavailableError as error:
        print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
engine.upsert([make_document("3", "reminder")])
"""


class TestWriters:
    def test_a_full_disk_is_said_so_and_costs_nothing(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        embedded.rebuild([make_document("1", "reminder")])
        child = subprocess.run(
            [sys.executable, "-c", FILL_THE_DISK, str(directory)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert child.stdout.count("check free space") == 2
        assert set(ids(ask(embedded, "reminder"))) == {"1", "3"}
        assert not embedded.needs_rebuild()

    def test_a_second_writer_waits_and_then_says_what_to_do(
        self, embedded: EmbeddedEngine, directory: Path
    ) -> None:
        embedded.upsert([make_document("1", "reminder")])
        impatient = EmbeddedEngine(directory, lock_timeout_s=0.1)
        with embedded._writer(), pytest.raises(SearchUnavailableError, match="try again"):
            impatient.upsert([make_document("2", "reminder")])
        assert ids(ask(impatient, "reminder")) == ["1"]

    def test_a_writer_that_is_killed_leaves_the_index_and_the_lock(
        self, rebuilding: subprocess.Popen[str], embedded: EmbeddedEngine, directory: Path
    ) -> None:
        os.kill(rebuilding.pid, signal.SIGKILL)
        rebuilding.wait()
        assert not embedded.is_rebuilding()
        embedded.upsert([make_document("2", "reminder")])
        assert set(ids(ask(embedded, "reminder"))) == {"1", "2"}
        assert [each for each in directory.iterdir() if each.is_dir()] == [generation(directory)]

    def test_writes_go_on_during_a_rebuild_and_are_known_to_be_repeated(
        self, rebuilding: subprocess.Popen[str], embedded: EmbeddedEngine
    ) -> None:
        assert embedded.is_rebuilding()
        embedded.upsert([make_document("2", "reminder")])
        assert set(ids(ask(embedded, "reminder"))) == {"1", "2"}
        rebuilding.communicate("")
        assert rebuilding.returncode == 0
        assert not embedded.is_rebuilding()
        assert ids(ask(embedded, "reminder")) == ["half"]

    def test_two_rebuilds_do_not_run_at_once(
        self, rebuilding: subprocess.Popen[str], embedded: EmbeddedEngine
    ) -> None:
        with pytest.raises(SearchUnavailableError, match="being rebuilt"):
            embedded.rebuild([make_document("2", "reminder")])
        rebuilding.communicate("")
        assert ids(ask(embedded, "reminder")) == ["half"]

    def test_many_threads_write_and_search_at_once(self, embedded: EmbeddedEngine) -> None:
        errors: list[Exception] = []

        def work(worker: int) -> None:
            try:
                for number in range(5):
                    id = f"{worker}-{number}"
                    embedded.upsert([make_document(id, f"reminder w{worker}")])
                    assert id in ids(ask(embedded, f"w{worker}"))
                    embedded.delete([f"excerpt-{worker}-{number - 1}"])
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert set(ids(ask(embedded, "reminder"))) == {f"{worker}-4" for worker in range(4)}

    def test_a_forked_child_reads_for_itself(self, embedded: EmbeddedEngine) -> None:
        embedded.upsert([make_document("1", "reminder")])
        assert ask(embedded, "reminder").total == 1
        child = os.fork()
        if child == 0:
            os._exit(0 if ask(embedded, "reminder").total == 1 else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    def test_first_letters_are_known_before_they_are_typed(
        self, embedded: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "_MANY_ROWS", 2)
        embedded.rebuild([make_document("1", "waiting"), make_document("2", "reminder")])
        embedded.warm_up()
        asked: list[int] = []
        monkeypatch.setattr(
            reading.Snapshot,
            "_find_rows",
            lambda *_: asked.append(1) or np.array([], dtype=np.int64),
        )
        assert ids(ask(embedded, "w")) == ["1"]
        assert ids(ask(embedded, "R")) == ["2"]
        assert asked == []

    def test_dead_rows_are_cleared_out(
        self, embedded: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.engines.embedded.reading._TOLERATED_DEAD_ROWS", 3)
        for version in range(12):
            embedded.upsert([make_document("1", "reminder", version=version)])
            assert list(embedded.versions(ALICES)) == [("excerpt-1", version)]
        assert embedded._reader is not None
        assert len(embedded._reader._columns.keys) <= 6


# A plain model of filters and counts, to compare with.


def values_of(document: SearchDocument, field: str) -> tuple[str, ...]:
    value = getattr(document, field)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)


def passes(document: SearchDocument, groups: list[FilterGroup]) -> bool:
    return all(set(values_of(document, group.field)) & set(group.values) for group in groups)


def model_people(documents: list[SearchDocument], query: SearchQuery) -> set[str]:
    return {
        person
        for document in documents
        if document.kind in query.people_kinds
        for person in document.participant_ids
    }


def model_facet(
    documents: list[SearchDocument], query: SearchQuery, facet: str
) -> dict[str, tuple[int, int]]:
    groups = list(query.filter_groups())
    field = FACET_FIELDS[facet]
    holders: dict[str, list[SearchDocument]] = defaultdict(list)
    for value in {value for document in documents for value in values_of(document, field)}:
        own = [
            group
            for group in groups
            if group.facet == facet and group.prefix in ("", attribute_prefix(value))
        ]
        others = [group for group in groups if group not in own]
        holders[value] = [
            document
            for document in documents
            if value in values_of(document, field) and passes(document, others)
        ]
    counts = {
        value: (len(found), len(model_people(found, query)))
        for value, found in holders.items()
        if found
    }
    for group in groups:
        if group.facet == facet:
            for value in group.values:
                counts.setdefault(value, (0, 0))
    return counts


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FIELDS: dict[str, Any] = {
    "quadrants": some("pain", "gain", "hear"),
    "tag_ids": some("t1", "t2", "t3"),
    "attributes": some("age=30s", "age=70s", "city=Leeds", "city=York"),
    "study_ids": some("s1", "s2"),
    "participant_ids": some("ann", "bob", "cat", "dan"),
}
WORDS = st.sampled_from(["reminder", "visit", "app"])
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            **FIELDS,
            "text": st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
            "kind": st.sampled_from(["excerpt", "excerpt", "insight"]),
            "session_kind": st.sampled_from(["", "interview"]),
            "is_key_quote": st.booleans(),
            "workspace_id": st.sampled_from([ALICES, ALICES, CHARLIES]),
        }
    ),
    max_size=14,
)
QUERIES = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["", "reminder", "visit", "-app"]),
        "kinds": some("excerpt", "insight"),
        "filters": st.builds(
            Filters,
            **FIELDS,
            session_kinds=some("interview", "survey"),
            is_key_quote=st.sampled_from([None, None, True, False]),
        ),
    }
)


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, st.lists(QUERIES, min_size=1, max_size=5))
def test_counts_agree_with_the_plain_model(
    rows: list[dict[str, Any]], questions: list[dict[str, Any]]
) -> None:
    documents = [make_document(str(number), **row) for number, row in enumerate(rows)]
    with TemporaryDirectory() as directory:
        engine = EmbeddedEngine(Path(directory))
        engine.rebuild(documents)
        for question in questions:
            query = SearchQuery(workspace_id=ALICES, limit=200, **question)
            check_against_model(engine, documents, query)


def check_against_model(
    engine: EmbeddedEngine, documents: list[SearchDocument], query: SearchQuery
) -> None:
    wanted, has_dash = query.text.removeprefix("-"), query.text.startswith("-")
    in_scope = [
        document
        for document in documents
        if document.workspace_id == ALICES
        and (not wanted or (wanted in folded_words(document.text)) is not has_dash)
    ]
    matching = [each for each in in_scope if passes(each, list(query.filter_groups()))]
    result = engine.search(query)
    assert set(ids(result)) == {document.id for document in matching}
    assert result.total == len(matching)
    assert result.people == len(model_people(matching, query))
    for facet in FACET_FIELDS:
        counts = {value: (c.documents, c.people) for value, c in result.facets[facet].items()}
        assert counts == model_facet(in_scope, query, facet), facet


def test_the_smaller_side_is_asked_for_and_both_agree(embedded: EmbeddedEngine) -> None:
    common = [make_document(f"c{n}", "the app", participant_ids=(f"p{n}",)) for n in range(30)]
    rare = [make_document(f"r{n}", "the reminder", participant_ids=("p1",)) for n in range(3)]
    embedded.rebuild(common + rare)
    assert [ask(embedded, text).total for text in ("app", "reminder", "the", "-app")] == [
        30, 3, 33, 3,
    ]  # fmt: skip
    assert [ask(embedded, text).people for text in ("app", "reminder", "the")] == [30, 1, 30]


def test_counts_survive_many_values(embedded: EmbeddedEngine) -> None:
    """Enough people and tags that pairs are sorted instead of ticked off in a table."""
    documents = [
        make_document(
            str(number), "reminder", participant_ids=(f"p{number}",), tag_ids=(f"t{number}", "all")
        )
        for number in range(2_100)
    ]
    embedded.rebuild(documents)
    result = ask(embedded, "reminder")
    assert result.people == 2_100
    assert result.facets["tag_ids"]["all"].people == 2_100
    assert {
        count.people for value, count in result.facets["tag_ids"].items() if value != "all"
    } == {1}
