"""Requests under ASGI: each in one thread, which the next one uses again."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from backend.config.request_threads import KEPT_THREADS, ThreadedHandler

# Views run in threads of their own here, which see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 20
# How many requests are being answered now; the test lets them go on.
started = threading.Semaphore(0)
may_end = threading.Event()


def tell_thread(request: HttpRequest) -> JsonResponse:
    connection.ensure_connection()
    return JsonResponse({"thread": threading.get_ident(), "connection": id(connection.connection)})


def wait_to_end(request: HttpRequest) -> JsonResponse:
    started.release()
    may_end.wait(PATIENCE_SECONDS)
    return tell_thread(request)


def fail(request: HttpRequest) -> JsonResponse:
    raise ValueError("A view may fail.")


urlpatterns = [path("tell", tell_thread), path("wait", wait_to_end), path("fail", fail)]


@pytest.fixture
def handler(settings: Any) -> Iterator[ThreadedHandler]:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    may_end.clear()
    yield ThreadedHandler()
    may_end.set()


class Exchange:
    """One request and its answer, as an ASGI server speaks."""

    def __init__(self, handler: ThreadedHandler, address: str) -> None:
        self.incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.incoming.put_nowait({"type": "http.request", "body": b""})
        self.sent: list[dict[str, Any]] = []
        scope = {
            "type": "http",
            "method": "GET",
            "path": address,
            "query_string": b"",
            "headers": [(b"host", b"testserver")],
        }
        self.task = asyncio.create_task(handler(scope, self.incoming.get, self.send))

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def answer(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.task
        return dict(json.loads(self.sent[1]["body"]))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


async def ask_in_turn(handler: ThreadedHandler, *addresses: str) -> list[dict[str, Any]]:
    answers = []
    for address in addresses:
        answers.append(await Exchange(handler, address).answer())
        await until(lambda: handler.threads.idle_count > 0)
    return answers


def test_the_next_request_uses_the_same_thread_and_connection(handler: ThreadedHandler) -> None:
    answers = asyncio.run(ask_in_turn(handler, "/tell", "/tell", "/tell"))
    assert len({answer["thread"] for answer in answers}) == 1
    assert len({answer["connection"] for answer in answers}) == 1


def test_a_slow_request_holds_up_nobody_and_few_threads_are_kept(handler: ThreadedHandler) -> None:
    async def ask() -> None:
        slow = [Exchange(handler, "/wait") for _ in range(KEPT_THREADS + 3)]
        for _ in slow:
            assert await asyncio.to_thread(started.acquire, timeout=PATIENCE_SECONDS)
        quick = await Exchange(handler, "/tell").answer()
        may_end.set()
        answers = [await each.answer() for each in slow]
        assert len({answer["thread"] for answer in [quick, *answers]}) == len(slow) + 1
        await until(lambda: handler.threads.idle_count == KEPT_THREADS)
        await ask_in_turn(handler, "/tell")
        # The thread comes back a moment after the answer.
        await until(lambda: handler.threads.idle_count == KEPT_THREADS)

    asyncio.run(ask())


def test_a_client_that_leaves_costs_no_thread_and_nobody_waits_behind_its_work(
    handler: ThreadedHandler,
) -> None:
    async def ask() -> None:
        left = Exchange(handler, "/wait")
        assert await asyncio.to_thread(started.acquire, timeout=PATIENCE_SECONDS)
        left.incoming.put_nowait({"type": "http.disconnect"})
        await Exchange(handler, "/tell").answer()
        assert handler.threads.idle_count <= 1
        may_end.set()
        await until(lambda: handler.threads.idle_count == 2)

    asyncio.run(ask())


def test_after_a_view_that_failed_its_thread_goes_on(handler: ThreadedHandler) -> None:
    async def ask() -> list[dict[str, Any]]:
        [before] = await ask_in_turn(handler, "/tell")
        failed = Exchange(handler, "/fail")
        await asyncio.wait([failed.task])
        assert failed.sent[0]["status"] == 500
        await until(lambda: handler.threads.idle_count == 1)
        return [before, *await ask_in_turn(handler, "/tell")]

    before, after = asyncio.run(ask())
    assert before["thread"] == after["thread"]
