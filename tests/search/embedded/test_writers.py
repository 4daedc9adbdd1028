"""Writers of the embedded engine: its lock, its rebuilds, threads, processes that are killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from search import SearchUnavailableError
from search.engines.embedded import EmbeddedEngine, reading
from tests.search.corpus import ALICES, ask, ids, make_document
from tests.search.embedded.conftest import generation


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
