"""Threads that live on between requests, each with its database connection.

Under ASGI Django starts a thread for each request and hops to it for every middleware. A new thread
has no database connection: opening one, and reading the schema again, costs as much as a search.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from backend.sources.arriving_body import StreamingHandler

# More are started when they are needed, and end afterwards.
KEPT_THREADS = 8


class RequestThreads:
    """Single threads to borrow; the one that was used last is lent first. For one event loop."""

    def __init__(self) -> None:
        self._idle: list[ThreadPoolExecutor] = []

    @property
    def idle_count(self) -> int:
        return len(self._idle)

    def borrow(self) -> ThreadPoolExecutor:
        return self._idle.pop() if self._idle else ThreadPoolExecutor(1, "request")

    def give_back(self, thread: ThreadPoolExecutor) -> None:
        """It is lent again when it has done what it still has to do, after a client that left."""
        loop = asyncio.get_running_loop()
        done = asyncio.wrap_future(thread.submit(lambda: None), loop=loop)
        done.add_done_callback(lambda _: self._keep(thread))

    def _keep(self, thread: ThreadPoolExecutor) -> None:
        if len(self._idle) < KEPT_THREADS:
            self._idle.append(thread)
        else:
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)


class ThreadedHandler(StreamingHandler):
    """Answers each request from middleware to view in one thread. There are no async views."""

    def __init__(self) -> None:
        self.threads = RequestThreads()
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        thread = self.threads.borrow()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            self.threads.give_back(thread)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)
