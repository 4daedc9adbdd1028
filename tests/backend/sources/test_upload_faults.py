"""Uploads when something breaks: nothing that was acknowledged is lost, nothing counts twice."""

import fcntl
import os
import resource
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from backend.common.errors import ConflictError, MissingError, QuotaError
from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.models import MediaFile, Source, Upload
from backend.sources.services import arrived_bytes, create_upload, delete_upload, receive_part
from backend.sources.services import uploads as uploads_module
from backend.sources.services.uploads import BrokenBodyError, UploadBusyError

pytestmark = pytest.mark.django_db

MEBIBYTE = 1 << 20


@pytest.fixture
def start(make) -> Callable[[int], Upload]:
    def start_upload(size_bytes: int) -> Upload:
        return create_upload(
            session=make.session(), file_name="a.wav", content_type="", size_bytes=size_bytes
        )

    return start_upload


def reader(*blocks: bytes | Exception) -> Callable[[int], bytes]:
    """A body that gives these blocks, and raises those that are errors."""
    left = iter(blocks)

    def read(size: int) -> bytes:
        block = next(left, b"")
        if isinstance(block, Exception):
            raise block
        assert len(block) <= size
        return block

    return read


def saved_offset(upload: Upload) -> int:
    return Upload.objects.get(id=upload.id).offset_bytes


def test_a_broken_connection_keeps_what_arrived(start):
    upload = start(10)

    with pytest.raises(BrokenBodyError):
        receive_part(upload=upload, offset_bytes=0, read=reader(b"abc", b"de", ConnectionError()))

    assert saved_offset(upload) == arrived_bytes(upload) == 5
    receive_part(upload=upload, offset_bytes=5, read=reader(b"fghij"))
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdefghij"


def test_the_offset_is_saved_while_bytes_arrive(start, monkeypatch):
    monkeypatch.setattr(uploads_module, "SAVE_EVERY_BYTES", 4)
    upload = start(12)
    seen = []

    def read(size: int) -> bytes:
        seen.append(saved_offset(upload))
        return b"ab" if len(seen) <= 6 else b""

    receive_part(upload=upload, offset_bytes=0, read=read)

    assert seen == [0, 0, 4, 4, 8, 8, 8]
    assert saved_offset(upload) == 12


def test_bytes_are_on_disk_before_they_are_counted(start, monkeypatch):
    monkeypatch.setattr(uploads_module, "SAVE_EVERY_BYTES", 4)
    upload, synced_at = start(100), []
    real_fsync = os.fsync

    def note_fsync(descriptor: int) -> None:
        synced_at.append(saved_offset(upload))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note_fsync)
    receive_part(upload=upload, offset_bytes=0, read=reader(b"abcd", b"efgh", b"i"))

    assert synced_at == [0, 4, 8]
    assert saved_offset(upload) == 9


def test_two_requests_can_not_write_at_once(start):
    upload = start(10)
    receive_part(upload=upload, offset_bytes=0, read=reader(b"abc"))
    with storage.unfinished_file(upload).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UploadBusyError):
            receive_part(upload=upload, offset_bytes=3, read=reader(b"def"))
        with pytest.raises(UploadBusyError):
            delete_upload(upload=upload)
    assert UploadBusyError.status == 423
    assert saved_offset(upload) == 3

    receive_part(upload=upload, offset_bytes=3, read=reader(b"def"))
    assert saved_offset(upload) == 6


def test_a_writer_whose_offset_was_moved_by_another_stops(start):
    upload, blocks = start(10), reader(b"01234", b"56789")

    def read(size: int) -> bytes:
        Upload.objects.filter(id=upload.id).update(offset_bytes=1)
        return blocks(size)

    with pytest.raises(UploadBusyError):
        receive_part(upload=upload, offset_bytes=0, read=read)

    assert saved_offset(upload) == 1
    assert not Source.objects.exists()


def test_counted_bytes_that_are_gone_are_asked_for_again(start):
    upload = start(10)
    receive_part(upload=upload, offset_bytes=0, read=reader(b"abcdef"))
    os.truncate(storage.unfinished_file(upload), 2)

    assert arrived_bytes(upload) == 2
    with pytest.raises(ConflictError):
        receive_part(upload=upload, offset_bytes=6, read=reader(b"ghij"))
    receive_part(upload=upload, offset_bytes=2, read=reader(b"cdefghij"))
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdefghij"


def test_uncounted_bytes_are_overwritten(start):
    upload = start(6)
    receive_part(upload=upload, offset_bytes=0, read=reader(b"abc"))
    with storage.unfinished_file(upload).open("ab") as file:
        file.write(b"XX")  # as a killed process leaves it

    assert arrived_bytes(upload) == 3
    receive_part(upload=upload, offset_bytes=3, read=reader(b"def"))
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdef"


def test_an_upload_whose_completion_fails_can_be_completed_later(start, monkeypatch):
    upload = start(6)

    def fail(**values: object) -> None:
        raise RuntimeError("the ledger is down")

    with monkeypatch.context() as patch:
        patch.setattr(uploads_module, "enqueue_job", fail)
        with pytest.raises(RuntimeError):
            receive_part(upload=upload, offset_bytes=0, read=reader(b"abc", b"def"))
    assert not Source.objects.exists()
    assert not Job.objects.exists()
    assert saved_offset(upload) == arrived_bytes(upload) == 0

    receive_part(upload=upload, offset_bytes=0, read=reader(b"abc", b"def"))
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abcdef"
    assert Job.objects.count() == 1


def test_an_upload_given_up_meanwhile_leaves_no_file(start):
    upload, same = start(6), Upload.objects.get()
    delete_upload(upload=same)

    with pytest.raises(MissingError):
        receive_part(upload=upload, offset_bytes=0, read=reader(b"abc"))
    assert not storage.unfinished_file(upload).exists()


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """The operating system refuses to let files grow beyond this, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_what_arrived_is_kept(start):
    upload, block = start(30 * MEBIBYTE), b"x" * MEBIBYTE

    with largest_file(20 * MEBIBYTE), pytest.raises(QuotaError) as caught:
        receive_part(upload=upload, offset_bytes=0, read=reader(*[block] * 30))

    assert "disk is full" in caught.value.message
    assert caught.value.remedy
    assert saved_offset(upload) == arrived_bytes(upload) == 20 * MEBIBYTE
    receive_part(upload=upload, offset_bytes=20 * MEBIBYTE, read=reader(*[block] * 10))
    assert storage.original_file(MediaFile.objects.get()).stat().st_size == 30 * MEBIBYTE


def test_a_disk_too_small_is_told_before_anything_is_sent(make, settings, monkeypatch):
    free = type("Usage", (), {"free": 5_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda path: free)

    with pytest.raises(QuotaError, match=r"only 5.0 MB left"):
        create_upload(
            session=make.session(), file_name="a.wav", content_type="", size_bytes=6_000_000
        )
    assert not Upload.objects.exists()


def test_memory_stays_flat(start):
    upload, block = start(64 * MEBIBYTE), bytes(MEBIBYTE)
    tracemalloc.start()
    try:
        receive_part(upload=upload, offset_bytes=0, read=reader(*[block] * 64))
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert MediaFile.objects.get().size_bytes == 64 * MEBIBYTE
    assert peak_bytes < 4 * MEBIBYTE
