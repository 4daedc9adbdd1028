"""Upload parts under ASGI: read while they arrive, kept when the connection breaks."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from backend.accounts.models import ApiToken, hash_secret, make_secret
from backend.sources import arriving_body, storage
from backend.sources.arriving_body import StreamingHandler
from backend.sources.models import MediaFile, Source, Upload

# Views run in threads of their own here, which see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 20


class Connection:
    """One request, spoken to the application as an ASGI server speaks."""

    def __init__(self, path: str, secret: str, **headers: str) -> None:
        self.incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.taken = 0
        headers = {
            "host": "testserver",
            "authorization": f"Bearer {secret}",
            "tus-resumable": "1.0.0",
            "content-type": "application/offset+octet-stream",
            **headers,
        }
        self.scope = {
            "type": "http",
            "method": "PATCH",
            "path": path,
            "query_string": b"",
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
            ],
        }
        self.task = asyncio.create_task(StreamingHandler()(self.scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        message = await self.incoming.get()
        self.taken += 1
        return message

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def give(self, body: bytes, *, more: bool = True) -> None:
        self.incoming.put_nowait({"type": "http.request", "body": body, "more_body": more})

    def hang_up(self) -> None:
        self.incoming.put_nowait({"type": "http.disconnect"})

    async def finish(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.task

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.01)


@pytest.fixture
def upload(make) -> Upload:
    return make.upload(size_bytes=9)


@pytest.fixture
def secret(rita) -> str:
    secret = make_secret()
    ApiToken.objects.create(user=rita, name="t", prefix="t", secret_hash=hash_secret(secret))
    return secret


@pytest.fixture
def path(url, upload) -> str:
    return url(f"uploads/{upload.id}")


def part_of(upload: Upload) -> bytes:
    file = storage.unfinished_file(upload)
    return file.read_bytes() if file.exists() else b""


def test_bytes_are_on_disk_before_the_rest_has_come(upload, secret, path):
    async def talk() -> Connection:
        connection = Connection(path, secret, upload_offset="0")
        connection.give(b"abc")
        await until(lambda: part_of(upload) == b"abc")
        connection.give(b"def")
        await until(lambda: part_of(upload) == b"abcdef")
        connection.give(b"ghi", more=False)
        await connection.finish()
        return connection

    connection = asyncio.run(talk())

    assert connection.status == 204
    assert connection.headers["Upload-Offset"] == "9"
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdefghi"


def test_no_more_is_asked_for_than_is_written(upload, secret, path, monkeypatch):
    """The server stops reading while nobody asks: that is what keeps memory flat."""
    asked_for = []
    take = arriving_body.ArrivingBody._take

    def note(body, message):
        asked_for.append(len(part_of(upload)))
        take(body, message)

    monkeypatch.setattr(arriving_body.ArrivingBody, "_take", note)

    async def talk() -> None:
        connection = Connection(path, secret, upload_offset="0")
        for body in (b"abc", b"def", b"ghi"):
            connection.give(body, more=body != b"ghi")
        await connection.finish()

    asyncio.run(talk())

    assert asked_for == [0, 3, 6]


def test_a_connection_that_breaks_keeps_what_came(upload, secret, path):
    async def talk() -> None:
        connection = Connection(path, secret, upload_offset="0")
        connection.give(b"abc")
        connection.give(b"de")
        connection.hang_up()
        await connection.finish()
        await until(lambda: Upload.objects.get().offset_bytes == 5)

        again = Connection(path, secret, upload_offset="5")
        again.give(b"fghi", more=False)
        await again.finish()
        assert again.status == 204

    asyncio.run(talk())

    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdefghi"
    assert Source.objects.count() == 1


def test_a_connection_that_falls_silent_is_given_up(upload, secret, path, monkeypatch):
    monkeypatch.setattr(arriving_body, "SILENCE_SECONDS", 0.2)

    async def talk() -> None:
        connection = Connection(path, secret, upload_offset="0")
        connection.give(b"abc")
        await connection.finish()
        await until(lambda: Upload.objects.get().offset_bytes == 3)

    asyncio.run(talk())

    assert part_of(upload) == b"abc"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"upload_offset": "4"}, 409),
        ({"upload_offset": "0", "tus-resumable": "0.1"}, 412),
        ({"upload_offset": "0", "authorization": "Bearer wrong"}, 401),
    ],
)
def test_a_refusal_does_not_wait_for_the_body(upload, secret, path, headers, status):
    async def talk() -> Connection:
        connection = Connection(path, secret, **headers)
        await connection.finish()
        return connection

    connection = asyncio.run(talk())

    assert connection.status == status
    assert connection.taken == 0
    assert part_of(upload) == b""


def test_other_requests_are_read_as_django_reads_them(secret, url, make):
    participant = make.participant("P01")

    async def talk() -> Connection:
        path = url(f"participants/{participant.id}")
        headers = {"content-type": "application/json", "content-length": "19"}
        connection = Connection(path, secret, **headers)
        connection.give(b'{"code_name":')
        connection.give(b'"P02"}', more=False)
        await connection.finish()
        return connection

    assert asyncio.run(talk()).status == 200
    participant.refresh_from_db()
    assert participant.code_name == "P02"
