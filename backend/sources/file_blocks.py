"""An open file as the body of an answer: read in blocks while it is sent, so memory stays flat."""

import asyncio
from collections.abc import AsyncIterator
from typing import IO

BLOCK_BYTES = 256 * 1024


class FileBlocks:
    """The next `length` bytes of a file, which the response closes, read to the end or not.

    Read in threads that belong to no request: its own is gone if the browser leaves in that moment,
    and whoever waits for it then waits for ever. Asynchronous, for under ASGI a plain iterator
    would be read whole before the first byte is sent.
    """

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file = file
        self._length = length

    async def __aiter__(self) -> AsyncIterator[bytes]:
        remaining = self._length
        while remaining > 0:
            block = await asyncio.to_thread(self._file.read, min(BLOCK_BYTES, remaining))
            if not block:
                return
            remaining -= len(block)
            yield block

    def close(self) -> None:
        self._file.close()
