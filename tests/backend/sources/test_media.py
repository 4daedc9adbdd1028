"""Recordings, waveforms and originals over HTTP: ranges, conditions, and only through the door."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient

from backend.sources import storage
from backend.sources.models import MediaFile

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 4096  # 1 MiB: several blocks


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


@pytest.fixture
def ask() -> Callable[..., Answer]:
    """Speak as ASGI servers do, where a streaming answer is an async iterator."""

    def call(user: Any, path: str, method: str = "GET", **headers: str) -> Answer:
        client = AsyncClient()
        if user is not None:
            client.force_login(user)

        @async_to_sync
        async def talk() -> Answer:
            response = await client.generic(
                method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
            if not response.streaming:
                return Answer(response.status_code, dict(response.headers), response.content)
            assert response.is_async
            parts = [part async for part in response.streaming_content]
            assert all(len(part) <= 256 * 1024 for part in parts)
            return Answer(response.status_code, dict(response.headers), b"".join(parts))

        return talk()

    return call


@pytest.fixture
def media(make) -> MediaFile:
    source = make.source(name="🎙 Gespräch.mp4")
    folder = storage.source_folder(workspace_id=source.workspace_id, source_id=source.id)
    folder.mkdir(parents=True)
    (folder / "original.mp4").write_bytes(b"original" * 10)
    (folder / "playback.m4a").write_bytes(CONTENT)
    (folder / "peaks.json").write_text('{"version":1}')
    return MediaFile.objects.create(
        workspace=make.workspace,
        source=source,
        size_bytes=80,
        original_path=storage.relative(folder / "original.mp4"),
        playback_path=storage.relative(folder / "playback.m4a"),
        peaks_path=storage.relative(folder / "peaks.json"),
        duration_ms=1000,
    )


@pytest.fixture
def path(url, media) -> str:
    return url(f"sources/{media.source_id}/media")


def test_a_viewer_hears_the_whole_recording(ask, bob, path):
    answer = ask(bob, path)

    assert answer.status == 200
    assert answer.content == CONTENT
    assert answer.headers["Content-Type"] == "audio/mp4"
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "private, no-cache"


LAST = len(CONTENT) - 1


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-", 0, LAST),
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=300000-600000", 300_000, 600_000),
        (f"bytes={LAST}-", LAST, LAST),
        (f"bytes={LAST}-{LAST + 500}", LAST, LAST),
        ("bytes=-1", LAST, LAST),
        ("bytes=-500000", len(CONTENT) - 500_000, LAST),
        ("bytes=-99999999", 0, LAST),
    ],
)
def test_a_part_can_be_asked_for(ask, bob, path, wanted, first, last):
    answer = ask(bob, path, range=wanted)

    assert answer.status == 206
    assert answer.content == CONTENT[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("wanted", [f"bytes={LAST + 1}-", "bytes=-0", f"bytes={10**30}-"])
def test_a_part_outside_is_refused_with_the_size(ask, bob, path, wanted):
    answer = ask(bob, path, range=wanted)

    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"
    assert answer.content == b""


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=0-1,4-5", "seconds=0-1", "nonsense"])
def test_what_is_not_understood_gets_the_whole(ask, bob, path, wanted):
    answer = ask(bob, path, range=wanted)

    assert answer.status == 200
    assert answer.content == CONTENT


def test_a_part_is_given_only_of_the_file_the_player_has(ask, bob, path):
    headers = ask(bob, path).headers
    fitting = (headers["ETag"], headers["Last-Modified"])
    other = ('"another"', f"W/{headers['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT", "nonsense")

    for condition in fitting:
        assert ask(bob, path, range="bytes=0-1", if_range=condition).status == 206
    for condition in other:
        answer = ask(bob, path, range="bytes=0-1", if_range=condition)
        assert (answer.status, len(answer.content)) == (200, len(CONTENT))


def test_a_browser_that_has_the_file_need_not_load_it_again(ask, bob, path, media):
    etag = ask(bob, path).headers["ETag"]

    answer = ask(bob, path, if_none_match=etag)
    assert (answer.status, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag

    storage.playback_file(media).write_bytes(b"prepared anew")
    answer = ask(bob, path, if_none_match=etag)
    assert (answer.status, answer.content) == (200, b"prepared anew")


def test_a_head_request_tells_the_size_without_the_file(ask, bob, path):
    answer = ask(bob, path, "HEAD")

    assert (answer.status, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "audio/mp4"


def test_only_members_get_a_byte(ask, charlie, path, url, media):
    for leaf in ("media", "peaks", "original"):
        address = url(f"sources/{media.source_id}/{leaf}")
        assert ask(charlie, address).status == 404
        assert ask(None, address).status == 401
        assert ask(charlie, address, range="bytes=0-1").status == 404


def test_a_deleted_session_is_silent(ask, alice, client_for, path, url, media):
    client_for(alice).delete(url(f"sessions/{media.source.session_id}"))

    assert ask(alice, path).status == 404


def test_what_is_not_prepared_yet_says_so(ask, bob, path, media):
    media.playback_path = media.peaks_path = ""
    media.save()

    answer = ask(bob, path)

    assert answer.status == 404
    assert b"being prepared" in answer.content


def test_a_text_has_no_recording(ask, bob, url, make):
    source = make.source(kind="text")

    assert ask(bob, url(f"sources/{source.id}/media")).status == 404


def test_the_waveform_is_json(ask, bob, url, media):
    answer = ask(bob, url(f"sources/{media.source_id}/peaks"))

    assert (answer.status, answer.content) == (200, b'{"version":1}')
    assert answer.headers["Content-Type"] == "application/json"


def test_the_original_comes_under_its_own_name_and_is_never_a_page(ask, bob, url, media):
    answer = ask(bob, url(f"sources/{media.source_id}/original"))

    assert answer.content == b"original" * 10
    assert answer.headers["Content-Type"] == "video/mp4"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=")
    assert unquote(disposition).endswith("🎙 Gespräch.mp4")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_original_of_an_unknown_kind_is_plain_bytes(ask, bob, url, media):
    page = storage.original_file(media).with_name("original")
    page.write_text("<script>alert(1)</script>")
    media.original_path = storage.relative(page)
    media.save()
    media.source.name = 'evil";\r\nSet-Cookie: a=b.html'
    media.source.save()

    answer = ask(bob, url(f"sources/{media.source_id}/original"))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers


def test_an_empty_original_can_be_asked_for(ask, bob, url, media):
    storage.original_file(media).write_bytes(b"")
    address = url(f"sources/{media.source_id}/original")

    assert (ask(bob, address).status, ask(bob, address).content) == (200, b"")
    assert ask(bob, address, range="bytes=0-").status == 416
