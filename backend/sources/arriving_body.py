"""Lets an upload's bytes be read while they arrive, under ASGI.

Django's handler takes a request's whole body in before any view runs: a broken connection would
lose everything that had come, and a recording of 3 GB would lie in the temporary folder first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import Any

from django.core.handlers.asgi import ASGIHandler

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

STREAMED_METHOD = "PATCH"
STREAMED_CONTENT_TYPE = b"application/offset+octet-stream"
# A connection that says nothing for so long is taken for broken.
SILENCE_SECONDS = 60.0


class ConnectionLostError(OSError):
    """The client went away, or fell silent, before its whole body had come."""


class ArrivingBody:
    """A request body to read from a thread, and the `receive` of what comes after it.

    The server pauses the connection while nobody asks for more, so memory stays flat.
    """

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive = receive
        self._loop = loop
        self._rest = b""
        self._is_last = False
        self._is_lost = False
        self._read_out = asyncio.Event()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, at least one unless the body is over. Raises ConnectionLostError.

        Call it from a thread other than the event loop's.
        """
        while not self._rest and not self._is_last:
            self._take(self._next_message())
        if size < 0:
            size = len(self._rest)
        block, self._rest = self._rest[:size], self._rest[size:]
        return block

    def close(self) -> None:
        """Nothing is held open; Django closes bodies when it is done with them."""

    async def __call__(self) -> Message:
        """The next message after the body: that the client went away."""
        await self._read_out.wait()
        if self._is_lost:
            return {"type": "http.disconnect"}
        return await self._receive()

    def _next_message(self) -> Message:
        future: Future[Message] = asyncio.run_coroutine_threadsafe(self._receive_soon(), self._loop)
        try:
            # The second limit holds where the loop has stopped: no thread may wait for ever.
            return future.result(timeout=2 * SILENCE_SECONDS)
        except TimeoutError:
            return {"type": "http.disconnect"}

    async def _receive_soon(self) -> Message:
        async with asyncio.timeout(SILENCE_SECONDS):
            return await self._receive()

    def _take(self, message: Message) -> None:
        if message["type"] == "http.disconnect":
            self._is_lost = True
            self._loop.call_soon_threadsafe(self._read_out.set)
            raise ConnectionLostError("The connection broke before the whole body had come.")
        self._rest = message.get("body", b"")
        self._is_last = not message.get("more_body", False)
        if self._is_last:
            self._loop.call_soon_threadsafe(self._read_out.set)


class StreamingHandler(ASGIHandler):
    """Django's handler, but for parts of uploads, whose bodies go to the view as they arrive."""

    async def handle(self, scope: Any, receive: Receive, send: Any) -> None:
        if _is_upload_part(scope):
            receive = ArrivingBody(receive, asyncio.get_running_loop())
        await super().handle(scope, receive, send)

    async def read_body(self, receive: Receive) -> Any:
        if isinstance(receive, ArrivingBody):
            return receive
        return await super().read_body(receive)


def _is_upload_part(scope: Message) -> bool:
    if scope["method"] != STREAMED_METHOD:
        return False
    content_type = dict(scope["headers"]).get(b"content-type", b"")
    return content_type.partition(b";")[0].strip().lower() == STREAMED_CONTENT_TYPE
