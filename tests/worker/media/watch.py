"""Watches files and a port of this machine: whoever opens or connects is counted."""

import ctypes
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_IN_ACCESS, _IN_OPEN = 0x1, 0x20
_EVENT = struct.Struct("iIII")


@dataclass
class Watch:
    """Canary files, a port that answers to nobody, and what has been seen of both."""

    files: dict[str, Path]
    port: int
    opened: set[str] = field(default_factory=set)
    connections: int = 0
    _descriptor: int = -1
    _names: dict[int, str] = field(default_factory=dict)
    _server: socket.socket | None = None

    def look(self) -> None:
        """Take note of what has happened since the last look."""
        self._look_at_files()
        self._look_at_port()

    def _look_at_files(self) -> None:
        try:
            events = os.read(self._descriptor, 1 << 16)
        except BlockingIOError:
            return
        place = 0
        while place < len(events):
            watch, _, _, length = _EVENT.unpack_from(events, place)
            place += _EVENT.size + length
            self.opened.add(self._names[watch])

    def _look_at_port(self) -> None:
        assert self._server is not None
        while True:
            try:
                self._server.accept()[0].close()
            except BlockingIOError:
                return
            self.connections += 1


@contextmanager
def watching(files: dict[str, Path]) -> Iterator[Watch]:
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)
    assert descriptor >= 0, "this system can't watch files"
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        server.setblocking(False)
        watch = Watch(files, server.getsockname()[1], _descriptor=descriptor, _server=server)
        for name, path in files.items():
            number = libc.inotify_add_watch(descriptor, bytes(path), _IN_OPEN | _IN_ACCESS)
            assert number >= 0, f"{path} can't be watched"
            watch._names[number] = name
        try:
            yield watch
        finally:
            os.close(descriptor)
