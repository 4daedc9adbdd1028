"""Receiving files in parts: what has been acknowledged is on disk, whatever breaks."""

import errno
import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from backend.common.errors import ConflictError, InvalidInputError, MissingError, QuotaError
from backend.jobs.models import JobKind
from backend.jobs.services import enqueue_job
from backend.sources import storage
from backend.sources.file_names import display_name, known_extension, transcript_extension
from backend.sources.models import MediaFile, Source, SourceKind, Upload
from backend.sources.selectors import storage_used_bytes
from backend.sources.services.imports import create_import
from backend.studies.models import Session
from backend.workspaces.models import Workspace

logger = logging.getLogger(__name__)

BLOCK_BYTES = 1 << 20
# What a broken connection may cost: the offset is saved each time this much has arrived.
SAVE_EVERY_BYTES = 8 << 20
TRANSCRIPT_MAXIMUM_BYTES = 20_000_000
NO_ROOM_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class UploadBusyError(ConflictError):
    """Another request is writing to this upload."""

    status = 423
    code = "busy"


class BrokenBodyError(InvalidInputError):
    """The connection broke before the whole part had come."""


def create_upload(
    *,
    session: Session,
    file_name: str,
    content_type: str,
    size_bytes: int,
    beside: Source | None = None,
    user: Any = None,
) -> Upload:
    """Announce a file. Its room is set aside now, so that no upload fails halfway for the quota.

    By its name it is a transcript or a recording; a transcript may come `beside` a source of the
    session, as another version of its text. A file of 0 bytes is complete at once. Raises
    QuotaError, InvalidInputError.
    """
    file_name = display_name(file_name)
    _require_transcript(file_name, size_bytes, is_required=beside is not None)
    _require_room_on_disk(size_bytes)
    with transaction.atomic():
        # The lock makes uploads announced at the same moment see each other's sizes.
        workspace = Workspace.objects.select_for_update(no_key=True).get(id=session.workspace_id)
        _require_quota(workspace, size_bytes)
        upload = Upload.objects.create(
            workspace=workspace,
            session=session,
            beside=beside,
            file_name=file_name,
            content_type=content_type[:100],
            size_bytes=size_bytes,
            created_by=user,
        )
    if size_bytes == 0:
        with _hold_file(upload):
            _complete(upload, offset_bytes=0)
    return upload


def receive_part(*, upload: Upload, offset_bytes: int, read: Callable[[int], bytes]) -> Upload:
    """Append what `read(n)` gives (b"" at its end) at offset_bytes; complete the upload when whole.

    Memory stays flat. Whatever goes wrong, what arrived until then is kept and counted. Raises
    UploadBusyError, ConflictError for another offset than the upload's, QuotaError for a full
    disk, BrokenBodyError, InvalidInputError for more bytes than were announced.
    """
    with _hold_file(upload) as descriptor:
        _forget_lost_bytes(upload)
        if offset_bytes != upload.offset_bytes:
            raise ConflictError(
                "This part does not go on where the upload stands.",
                remedy="Choose the same file again: the upload then goes on by itself.",
            )
        # Completing a second time would put an empty file in place of the recording.
        if upload.offset_bytes < upload.size_bytes:
            _write_blocks(upload, descriptor, read)
    return upload


def arrived_bytes(upload: Upload) -> int:
    """Where the upload stands: what is both counted and on disk."""
    if upload.offset_bytes == upload.size_bytes:
        return upload.size_bytes
    try:
        return min(upload.offset_bytes, storage.unfinished_file(upload).stat().st_size)
    except FileNotFoundError:
        return 0


def delete_upload(*, upload: Upload) -> None:
    """Give an unfinished upload up. Raises ConflictError for a finished one, UploadBusyError."""
    with _hold_file(upload):
        if upload.offset_bytes == upload.size_bytes:
            raise ConflictError(
                "This file has arrived already.", remedy="Delete its session instead."
            )
        upload.delete()


@contextmanager
def _hold_file(upload: Upload) -> Iterator[int]:
    """The upload's file, locked against every other request, and its row as it is now.

    The file is locked rather than the row: a part may take an hour, and no transaction should.
    Where the file system knows no locks between machines, the offset's conditional updates still
    let only one of two writers go on.
    """
    path = storage.unfinished_file(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusyError(
                "This upload is being written to at this moment.", remedy="Try again in a moment."
            ) from error
        _refresh(upload)
        yield descriptor
    finally:
        _remove_if_unneeded(upload, path)
        os.close(descriptor)


def _refresh(upload: Upload) -> None:
    try:
        upload.refresh_from_db()
    except Upload.DoesNotExist as error:
        raise MissingError() from error


def _remove_if_unneeded(upload: Upload, path: Path) -> None:
    # Opening made the file anew if the upload was completed or given up a moment before.
    still_coming = Upload.objects.filter(id=upload.id).exclude(offset_bytes=upload.size_bytes)
    if not still_coming.exists():
        path.unlink(missing_ok=True)


def _forget_lost_bytes(upload: Upload) -> None:
    arrived = arrived_bytes(upload)
    if arrived < upload.offset_bytes:
        _save_offset(upload, arrived)


def _write_blocks(upload: Upload, descriptor: int, read: Callable[[int], bytes]) -> None:
    position = upload.offset_bytes
    try:
        for block in _blocks(read):
            if position + len(block) > upload.size_bytes:
                raise InvalidInputError(
                    "More bytes came than were announced.",
                    remedy="The file changed while it was uploaded. Start the upload anew.",
                )
            _write_whole(descriptor, block, position)
            position += len(block)
            if upload.offset_bytes + SAVE_EVERY_BYTES <= position < upload.size_bytes:
                _save_safely(upload, descriptor, position)
    except BaseException:
        _keep_arrived(upload, descriptor, position)
        raise
    if position == upload.size_bytes:
        _sync(descriptor)
        _complete(upload, offset_bytes=upload.offset_bytes)
    elif position > upload.offset_bytes:
        _save_safely(upload, descriptor, position)


def _blocks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while True:
        try:
            block = read(BLOCK_BYTES)
        except OSError as error:
            raise BrokenBodyError(
                "The connection broke.", remedy="Choose the same file again to go on."
            ) from error
        if not block:
            return
        yield block


def _write_whole(descriptor: int, block: bytes, position: int) -> None:
    view = memoryview(block)
    try:
        while view:
            written = os.pwrite(descriptor, view, position)
            view, position = view[written:], position + written
    except OSError as error:
        raise _no_room(error) from error


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise _no_room(error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _no_room(error: OSError) -> Exception:
    if error.errno not in NO_ROOM_ERRORS:
        return error
    return QuotaError(
        "The disk is full, so the upload stopped. What has arrived is kept.",
        remedy="Ask the operator to make room, then choose the same file again to go on.",
    )


def _save_safely(upload: Upload, descriptor: int, position: int) -> None:
    """Bytes first, then the count of them: the count must never promise what is not on disk."""
    _sync(descriptor)
    _save_offset(upload, position)


def _keep_arrived(upload: Upload, descriptor: int, position: int) -> None:
    try:
        if position > upload.offset_bytes:
            _save_safely(upload, descriptor, position)
    except Exception:
        # The first error is the one to tell; these bytes are then sent again.
        logger.exception("The offset of upload %s could not be saved", upload.id)


def _save_offset(upload: Upload, position: int) -> None:
    moved = Upload.objects.filter(id=upload.id, offset_bytes=upload.offset_bytes).update(
        offset_bytes=position
    )
    if not moved:
        raise UploadBusyError(
            "Another request goes on with this upload.", remedy="Try again in a moment."
        )
    upload.offset_bytes = position


def _complete(upload: Upload, *, offset_bytes: int) -> None:
    """Turn the upload into a recording or an imported file, with its job: all or nothing.

    If this process is killed between moving the file and committing, the upload starts anew from
    0 and overwrites that file.
    """
    part = storage.unfinished_file(upload)
    original = _final_place(upload)
    original.parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, original)
    _sync_folder(original.parent)
    try:
        with transaction.atomic():
            _save_offset(upload, upload.size_bytes)
            if transcript_extension(upload.file_name):
                create_import(upload=upload, original=original)
            else:
                _create_recording(upload, original)
    except BaseException:
        os.replace(original, part)
        upload.offset_bytes = offset_bytes
        raise


def _final_place(upload: Upload) -> Path:
    """A source has one recording, and any number of imported files beside it."""
    ending = transcript_extension(upload.file_name)
    folder = storage.source_folder(
        workspace_id=upload.workspace_id, source_id=upload.beside_id or upload.id
    )
    if ending:
        return folder / f"imported-{upload.id}{ending}"
    return folder / f"original{known_extension(upload.file_name)}"


def _create_recording(upload: Upload, original: Path) -> None:
    source = Source.objects.create(
        id=upload.id,
        workspace_id=upload.workspace_id,
        session=upload.session,
        kind=SourceKind.RECORDING,
        name=upload.file_name,
        created_by=upload.created_by,
    )
    MediaFile.objects.create(
        workspace_id=upload.workspace_id,
        source=source,
        original_path=storage.relative(original),
        content_type=upload.content_type,
        size_bytes=upload.size_bytes,
    )
    enqueue_job(
        workspace_id=upload.workspace_id,
        kind=JobKind.PREPARE_MEDIA,
        target_id=source.id,
        title=upload.file_name,
        study_id=upload.session.study_id,
        session_id=upload.session_id,
        source_id=source.id,
        user=upload.created_by,
    )


def _require_transcript(file_name: str, size_bytes: int, *, is_required: bool) -> None:
    is_transcript = bool(transcript_extension(file_name))
    if is_required and not is_transcript:
        raise InvalidInputError(
            "Only a transcript can be added to a recording that is here already.",
            remedy="Choose a file that ends in .vtt, .srt, .sbv, .txt, .docx or .json.",
        )
    if is_transcript and size_bytes > TRANSCRIPT_MAXIMUM_BYTES:
        raise QuotaError(
            f"This file has {_size(size_bytes)}; a transcript may have "
            f"{_size(TRANSCRIPT_MAXIMUM_BYTES)} at most.",
            remedy="Save it without pictures, or in parts, and import those.",
        )


def _require_room_on_disk(size_bytes: int) -> None:
    if size_bytes > settings.UPLOAD_MAXIMUM_BYTES:
        raise QuotaError(
            f"This file has {_size(size_bytes)}; one file may have "
            f"{_size(settings.UPLOAD_MAXIMUM_BYTES)} at most.",
            remedy="Export only the sound, or split the recording, and upload that.",
        )
    free = shutil.disk_usage(settings.MEDIA_DIR.parent).free
    if size_bytes > free:
        raise QuotaError(
            f"This file has {_size(size_bytes)}, but the disk has only {_size(free)} left.",
            remedy="Ask the operator to make room, then upload it again.",
        )


def _require_quota(workspace: Workspace, size_bytes: int) -> None:
    used, quota = storage_used_bytes(workspace), settings.STORAGE_QUOTA_BYTES
    if used + size_bytes > quota:
        raise QuotaError(
            f"This file has {_size(size_bytes)}, but the workspace uses {_size(used)} of its "
            f"{_size(quota)}.",
            remedy=(
                "Cancel uploads that are not needed, or ask the operator for a larger quota "
                "(STORAGE_QUOTA_BYTES)."
            ),
        )


def _size(size_bytes: int) -> str:
    amount = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
