"""The folder of the embedded index: its generations, which one is current, and the write lock.

    CURRENT          the name of the current generation
    write.lock       held by the one process that writes
    v1-<uuid>/       a tantivy index; NEEDS_REBUILD inside says it was made empty

A rebuild fills a new generation and then replaces CURRENT, so readers see the old or the new index
and nothing between.
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

from search.errors import SearchUnavailableError

_RETRY_EVERY_S = 0.02
_CURRENT = "CURRENT"
_LOCK = "write.lock"
_NEEDS_REBUILD = "NEEDS_REBUILD"
_META = "meta.json"

Signature = tuple[object, ...]


class Generations:
    """Reads and changes the folder; `version` is the shape of index this code can read."""

    def __init__(self, directory: Path, version: int) -> None:
        self.directory = directory
        self._prefix = f"v{version}-"

    @contextlib.contextmanager
    def write_lock(self, timeout_s: float) -> Iterator[None]:
        """Holds the right to write, across threads and processes; a killed holder lets go."""
        with self._open_lock() as lock:
            deadline = time.monotonic() + timeout_s
            while not _try_lock(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise SearchUnavailableError(
                        f"The search index was being written by another process for {timeout_s:g} "
                        "seconds. Nothing was changed; try again when its rebuild is done."
                    )
                time.sleep(_RETRY_EVERY_S)
            yield

    def _open_lock(self) -> BinaryIO:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            return open(self.directory / _LOCK, "ab")
        except OSError as error:
            raise SearchUnavailableError(
                f"The search index can't be kept in the folder {self.directory} "
                f"({error.strerror}). Correct the folder or its permissions, then try again."
            ) from error

    def current(self) -> Path | None:
        """The current generation, or None if there is none that this code can read."""
        try:
            name = (self.directory / _CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self.directory / name
        is_ours = name.startswith(self._prefix) and "/" not in name
        return path if is_ours and (path / _META).is_file() else None

    def signature(self) -> Signature:
        """Changes whenever a reader should look again: after a commit, an exchange, a fork."""
        current = self.current()
        if current is None:
            return (os.getpid(), None)
        try:
            meta = (current / _META).stat()
        except FileNotFoundError:
            return (os.getpid(), None)
        return (os.getpid(), current, meta.st_ino, meta.st_mtime_ns, meta.st_size)

    def create(self) -> Path:
        """A new folder for a generation, not yet current."""
        path = self.directory / f"{self._prefix}{uuid.uuid4().hex}"
        path.mkdir(parents=True)
        return path

    def make_current(self, path: Path) -> None:
        """Puts a finished generation in the place of the current one, at once."""
        pointer = self.directory / f"{_CURRENT}.new"
        with open(pointer, "w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(pointer, self.directory / _CURRENT)

    def remove_others(self) -> None:
        """Removes every generation but the current one; open readers keep theirs."""
        current = self.current()
        for path in self.directory.glob("v*-*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    def mark_needs_rebuild(self, path: Path) -> None:
        (path / _NEEDS_REBUILD).touch()

    def needs_rebuild(self) -> bool:
        current = self.current()
        return current is None or (current / _NEEDS_REBUILD).exists()


def _try_lock(file_number: int) -> bool:
    try:
        fcntl.flock(file_number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
