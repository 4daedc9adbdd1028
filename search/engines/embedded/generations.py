"""The folder of the embedded index: its generations, which one is current, and the write lock.

    CURRENT          the name of the current generation
    write.lock       held by whoever writes to it, for moments
    rebuild.lock     held by the one who fills a new one, for minutes perhaps
    v1-<uuid>/       a tantivy index; NEEDS_REBUILD inside says it was made empty, MEANING by which
                     model its vectors were made; columns.npz.checked and words.checked are kept for
                     readers, which do without if they must
    building-<uuid>/ one that is being filled, or was when its process was killed

A rebuild fills a new generation and then replaces CURRENT, so readers see the old or the new index
and nothing between. Writes go on meanwhile, to the old one.
"""

import contextlib
import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from search.engines.embedded.damage import META
from search.errors import SearchUnavailableError

_RETRY_EVERY_S = 0.02
# Whoever only asks whether the lock is held holds it for an instant.
_REBUILD_PATIENCE_S = 1.0
_CURRENT = "CURRENT"
_WRITE_LOCK = "write.lock"
_REBUILD_LOCK = "rebuild.lock"
_BUILDING = "building-"
_NEEDS_REBUILD = "NEEDS_REBUILD"
_MEANING = "MEANING"

Signature = tuple[object, ...]


class Generations:
    """Reads and changes the folder; `version` is the shape of index this code can read."""

    def __init__(self, directory: Path, version: int) -> None:
        self.directory = directory
        self._prefix = f"v{version}-"

    @contextlib.contextmanager
    def write_lock(self, timeout_s: float) -> Iterator[None]:
        """Holds the right to write, across threads and processes; a killed holder lets go."""
        with self._open_lock(_WRITE_LOCK) as lock:
            if not _lock_within(lock, timeout_s):
                raise SearchUnavailableError(
                    f"The search index was being written by another process for {timeout_s:g} "
                    "seconds. Nothing was changed; try again."
                )
            yield

    @contextlib.contextmanager
    def rebuild_lock(self) -> Iterator[None]:
        """Holds the right to rebuild, of which there is one."""
        with self._open_lock(_REBUILD_LOCK) as lock:
            if not _lock_within(lock, _REBUILD_PATIENCE_S):
                raise SearchUnavailableError(
                    "The search index is being rebuilt by another process. Wait until it is done."
                )
            yield

    def is_rebuilding(self) -> bool:
        """Whether any process fills a new generation now."""
        if not (self.directory / _REBUILD_LOCK).exists():
            return False
        with self._open_lock(_REBUILD_LOCK) as lock:
            return not _try_lock(lock, fcntl.LOCK_SH)

    def _open_lock(self, name: str) -> BinaryIO:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            return open(self.directory / name, "ab")
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> SearchUnavailableError:
        return SearchUnavailableError(
            f"The search index can't be kept in the folder {self.directory} "
            f"({error.strerror}). Correct the folder or its permissions, then try again."
        )

    def current(self) -> Path | None:
        """The current generation, or None if there is none that this code can read."""
        try:
            name = (self.directory / _CURRENT).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None
        except OSError as error:
            # No reason to make a new one: too many open files, say, pass.
            raise self._trouble(error) from error
        path = self.directory / name
        is_ours = name.startswith(self._prefix) and "/" not in name
        return path if is_ours and (path / META).is_file() else None

    def signature(self) -> Signature:
        """Changes whenever a reader should look again: after a commit, an exchange, a fork."""
        current = self.current()
        if current is None:
            return (os.getpid(), None)
        try:
            meta = (current / META).stat()
        except FileNotFoundError:
            return (os.getpid(), None)
        return (os.getpid(), current, meta.st_ino, meta.st_mtime_ns, meta.st_size)

    def create(self) -> Path:
        """A new folder to fill, not yet a generation."""
        path = self.directory / f"{_BUILDING}{uuid.uuid4().hex}"
        path.mkdir(parents=True)
        return path

    def make_current(self, path: Path) -> None:
        """Puts a folder that is filled in the place of the current generation, at once."""
        name = f"{self._prefix}{path.name.removeprefix(_BUILDING)}"
        path.rename(self.directory / name)
        pointer = self.directory / f"{_CURRENT}.new"
        with open(pointer, "w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(pointer, self.directory / _CURRENT)

    def remove_others(self) -> None:
        """Removes every generation but the current one; open readers keep theirs."""
        current = self.current()
        for path in self.directory.glob("v*-*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    def remove_unfinished(self) -> None:
        """Removes what a rebuild left behind that failed or was killed; only under its lock."""
        for path in self.directory.glob(f"{_BUILDING}*"):
            shutil.rmtree(path, ignore_errors=True)

    def has_unfinished(self) -> bool:
        return any(self.directory.glob(f"{_BUILDING}*"))

    def mark_needs_rebuild(self, path: Path) -> None:
        (path / _NEEDS_REBUILD).touch()

    def note_meaning(self, path: Path, fingerprint: str) -> None:
        """Says by which model the vectors of a folder are made."""
        (path / _MEANING).write_text(fingerprint, encoding="ascii")

    def meaning_of(self, path: Path) -> str:
        """The fingerprint of the model that made a generation's vectors; empty: it has none."""
        try:
            return (path / _MEANING).read_text(encoding="ascii")
        except FileNotFoundError:
            return ""

    def needs_rebuild(self) -> bool:
        current = self.current()
        return current is None or (current / _NEEDS_REBUILD).exists()


def _lock_within(file: BinaryIO, timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not _try_lock(file, fcntl.LOCK_EX):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_RETRY_EVERY_S)
    return True


def _try_lock(file: BinaryIO, kind: int) -> bool:
    try:
        fcntl.flock(file.fileno(), kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
