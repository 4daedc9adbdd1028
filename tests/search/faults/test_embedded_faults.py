"""What goes wrong on a disk and in processes, and what the embedded engine makes of it."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from search import SearchQuery, SearchUnavailableError
from search.engines.embedded import EmbeddedEngine
from search.fallbacks import Choice
from tests.search.corpus import ALICES, CHARLIES, ask, ids, make_document

DOCUMENTS = [make_document(str(number), f"reminder number{number}") for number in range(60)]
PARTS = ("meta.json", "*.store", "*.idx", "*.term", "*.fast", "*.pos", "*.fieldnorm", "*.del")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def filled(embedded: EmbeddedEngine) -> EmbeddedEngine:
    """Two segments, and deletions in the first."""
    embedded.rebuild(DOCUMENTS[:-1])
    embedded.upsert(DOCUMENTS[-1:])
    embedded.delete(["excerpt-0"])
    return embedded


def generation(directory: Path) -> Path:
    return directory / (directory / "CURRENT").read_text()


def is_whole(engine: EmbeddedEngine) -> bool:
    return not engine.needs_rebuild() and len(list(engine.versions(ALICES))) == 59


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    chance = random.Random(len(content))
    for place in chance.sample(range(len(content)), min(len(content), 8)):
        content[place] ^= 0x55
    path.write_bytes(content)


class TestDamage:
    @pytest.mark.parametrize("part", PARTS)
    @pytest.mark.parametrize("harm", [truncate, scribble, Path.unlink])
    def test_a_damaged_file_is_noticed_and_nothing_is_believed(
        self, filled: EmbeddedEngine, directory: Path, part: str, harm: Callable[[Path], None]
    ) -> None:
        path = next(generation(directory).glob(part))
        harm(path)
        assert filled.needs_rebuild(), "also by a process that has the index open"
        restarted = EmbeddedEngine(directory)
        assert restarted.needs_rebuild()
        assert ask(restarted, "reminder").total == 0
        restarted.rebuild(DOCUMENTS[1:])
        assert is_whole(restarted)
        assert is_whole(filled)
        assert ask(filled, "number59").total == 1

    @pytest.mark.parametrize("seed", range(8))
    def test_any_changed_byte_is_noticed_or_does_no_harm(
        self, filled: EmbeddedEngine, directory: Path, seed: int
    ) -> None:
        chance = random.Random(seed)
        files = [each for each in generation(directory).iterdir() if each.suffix in _CHECKED]
        path = chance.choice(sorted(files))
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        restarted = EmbeddedEngine(directory)
        if not restarted.needs_rebuild():
            assert is_whole(restarted)
            assert ask(restarted, "number59").total == 1

    @pytest.mark.parametrize("part", [".store", ".idx", ".term", ".fast"])
    def test_a_file_that_says_another_library_wrote_it_is_noticed(
        self, filled: EmbeddedEngine, directory: Path, part: str
    ) -> None:
        """That is said behind what the checksum covers."""
        path = next(generation(directory).glob(f"*{part}"))
        path.write_bytes(re.sub(rb'("index_format_version":)\d', rb"\g<1>1", path.read_bytes()))
        restarted = EmbeddedEngine(directory)
        assert restarted.needs_rebuild()
        restarted.rebuild(DOCUMENTS[1:])
        assert is_whole(restarted)

    def test_damage_is_not_carried_into_what_is_written_next(
        self, filled: EmbeddedEngine, directory: Path
    ) -> None:
        scribble(next(generation(directory).glob("*.store")))
        filled.upsert([make_document("new", "reminder")])
        assert filled.needs_rebuild()
        assert ids(ask(filled, "reminder")) == ["new"]

    @pytest.mark.parametrize("what", ["all", "half", "pointer", "generation"])
    def test_a_folder_that_is_removed_is_noticed(
        self, filled: EmbeddedEngine, directory: Path, what: str
    ) -> None:
        files = sorted(generation(directory).iterdir())
        if what == "all":
            shutil.rmtree(directory)
        elif what == "generation":
            shutil.rmtree(generation(directory))
        elif what == "pointer":
            (directory / "CURRENT").unlink()
        else:
            for path in files[::2]:
                path.unlink()
        for engine in (filled, EmbeddedEngine(directory)):
            assert engine.needs_rebuild()
            assert ask(engine, "reminder").total == 0
        filled.rebuild(DOCUMENTS[1:])
        assert is_whole(filled)
        assert [each for each in directory.iterdir() if each.is_dir()] == [generation(directory)]

    def test_too_many_open_files_cost_no_index(
        self, filled: EmbeddedEngine, directory: Path
    ) -> None:
        child = run_child(WITH_FEW_FILES, directory)
        assert child.stdout == "unavailable\nfound 59\n"
        assert is_whole(filled)


_CHECKED = {".store", ".idx", ".term", ".fast", ".pos", ".fieldnorm", ".del"}

BEGINNING = """
import os, resource, sys
from pathlib import Path
from search import SearchUnavailableError
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.generations import Generations
from tests.search.corpus import ask, make_document
directory = Path(sys.argv[1])
"""
WITH_FEW_FILES = f"""{BEGINNING}
engine = EmbeddedEngine(directory)
limits = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1, limits[1]))
try:
    ask(engine, "reminder")
except SearchUnavailableError:
    print("unavailable")
resource.setrlimit(resource.RLIMIT_NOFILE, limits)
print("found", ask(engine, "reminder").total)
"""


def run_child(code: str, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(directory), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


READ_ONLY = f"""{BEGINNING}
# Once before, so that nothing is left to import: another user may not read the interpreter's files.
ask(EmbeddedEngine(directory), "reminder")
try:
    EmbeddedEngine(directory / "CURRENT").upsert([make_document("new", "reminder")])
except SearchUnavailableError:
    pass
for folder in (directory, *directory.iterdir()):
    if folder.is_dir():
        folder.chmod(0o555)
if os.getuid() == 0:
    os.setuid(65534)
engine = EmbeddedEngine(directory, lock_timeout_s=1)
for act in (
    lambda: print("found", ask(engine, "reminder").total),
    lambda: engine.upsert([make_document("new", "reminder")]),
    lambda: engine.rebuild([make_document("new", "reminder")]),
):
    try:
        act()
    except SearchUnavailableError as error:
        print("permissions" in str(error))
"""


def test_a_folder_that_is_read_only_is_said_so_and_costs_nothing() -> None:
    # Not below the folder of this test, which only its owner may enter.
    with TemporaryDirectory() as name:
        directory = Path(name) / "index"
        engine = EmbeddedEngine(directory)
        engine.rebuild(DOCUMENTS[1:])
        Path(name).chmod(0o755)
        child = run_child(READ_ONLY, directory)
        answers = child.stdout.splitlines()
        assert answers[0] in ("found 59", "True"), child.stderr
        assert answers[1:] == ["True", "True"]
        for folder in (directory, *directory.iterdir()):
            if folder.is_dir():
                folder.chmod(0o755)
        assert is_whole(engine)


# What a rebuild does, in order: it is killed right before each of these.
KILL = f"""{BEGINNING}
import pathlib, shutil, signal
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def documents():
    for number in range(200):
        if number == 100 and sys.argv[2] == "documents":
            die()
        yield make_document(f"new{{number}}", "reminder")
engine = EmbeddedEngine(directory)
if sys.argv[2] == "rename":
    pathlib.Path.rename = die
elif sys.argv[2] == "replace":
    os.replace = die
elif sys.argv[2] == "remove":
    Generations.remove_others = die
engine.rebuild(documents())
"""


@pytest.mark.parametrize("point", ["documents", "rename", "replace", "remove"])
def test_a_rebuild_that_is_killed_leaves_a_whole_index_and_no_rubbish(
    filled: EmbeddedEngine, directory: Path, point: str
) -> None:
    child = run_child(KILL, directory, point)
    assert child.returncode == -signal.SIGKILL
    assert not filled.is_rebuilding()
    assert not filled.needs_rebuild()
    is_exchanged = point == "remove"
    assert ask(filled, "reminder").total == (200 if is_exchanged else 59)
    filled.upsert([make_document("after", "reminder")])
    assert ask(filled, "reminder").total == (201 if is_exchanged else 60)
    assert [each for each in directory.iterdir() if each.is_dir()] == [generation(directory)]


WRITE = f"""{BEGINNING}
engine = EmbeddedEngine(directory)
for number in range(12):
    engine.upsert([make_document(f"{{sys.argv[2]}}-{{number}}", "reminder")])
    engine.delete([f"excerpt-{{sys.argv[2]}}-{{number - 6}}"])
"""


def test_two_processes_write_at_once_and_lose_nothing(
    embedded: EmbeddedEngine, directory: Path
) -> None:
    embedded.rebuild([])
    children = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(directory), name]) for name in "ab"
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    assert {key for key, _ in embedded.versions(ALICES)} == {
        f"excerpt-{name}-{number}" for name in "ab" for number in range(6, 12)
    }
    assert ask(embedded, "reminder").total == 12


def test_a_reader_keeps_a_generation_that_is_gone(filled: EmbeddedEngine) -> None:
    """A search that began before an exchange ends on what it began with."""
    snapshot = filled._newest_snapshot()
    filled.rebuild([make_document("new", "reminder")])
    query = SearchQuery(workspace_id=ALICES, text="reminder")
    choice = Choice.of(query.parsed)
    assert snapshot.counts(query, choice).total == 59
    page = snapshot.page(query, choice, limit=100)
    assert len(page) == 59
    assert ids(ask(filled, "reminder")) == ["new"]


@pytest.fixture(scope="module")
def with_a_long_one() -> Iterator[tuple[EmbeddedEngine, float]]:
    """Among others a document of 200,000 different words, and how long it took to write."""
    text = " ".join(f"word{number:06}" for number in range(199_999)) + " lastly"
    with TemporaryDirectory() as name:
        engine = EmbeddedEngine(Path(name))
        engine.rebuild(DOCUMENTS)
        started = time.process_time()
        engine.upsert([make_document("long", text)])
        yield engine, time.process_time() - started


class TestALongDocument:
    def test_it_is_written_in_bounded_time(
        self, with_a_long_one: tuple[EmbeddedEngine, float]
    ) -> None:
        _, seconds = with_a_long_one
        assert seconds < 10

    @pytest.mark.parametrize("text", ["lastly", "word199998", "lastli", '"word199998 lastly"'])
    def test_it_is_found_by_its_last_words(
        self, with_a_long_one: tuple[EmbeddedEngine, float], text: str
    ) -> None:
        engine, _ = with_a_long_one
        started = time.process_time()
        result = ask(engine, text)
        assert ids(result) == ["long"]
        assert time.process_time() - started < 2

    def test_what_is_marked_in_it_is_bounded(
        self, with_a_long_one: tuple[EmbeddedEngine, float]
    ) -> None:
        engine, _ = with_a_long_one
        marked = ask(engine, "word").hits[0].text_highlight
        assert 0 < len(marked) <= 1_000


def test_another_workspace_is_untouched_by_all_this(embedded: EmbeddedEngine) -> None:
    embedded.rebuild([make_document("theirs", "reminder", workspace_id=CHARLIES), *DOCUMENTS])
    embedded.delete_workspace(ALICES)
    assert ask(embedded, "reminder").total == 0
    assert ids(ask(embedded, "reminder", workspace_id=CHARLIES)) == ["theirs"]


def test_an_engine_that_is_down_says_so_without_raising(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file is in the way")
    engine = EmbeddedEngine(tmp_path / "index")
    assert not engine.is_healthy()
    with pytest.raises(SearchUnavailableError, match="permissions"):
        engine.rebuild(DOCUMENTS)
    assert os.path.isfile(tmp_path / "index")
