"""Job import_transcript: a transcript made elsewhere becomes a version of its source's text."""

from pathlib import Path

from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.captions import Captions
from backend.sources.models import ImportedFile
from backend.sources.services import note_what_was_read, notice_of, save_import
from backend.tagging.services import switch_version
from worker.documents import read_document
from worker.ledger import JobFailedError, JobHandle
from worker.media import MediaError, MediaLimitError, MediaStorageError

STAGE = "reading"
KEPT = "The file you uploaded was kept."
FORMATS_REMEDY = (
    "Save it as VTT, SRT, DOCX or TXT in the program it comes from, and import that file."
)


def run_import_transcript(handle: JobHandle) -> None:
    """Read the file in a confined process, save its text, put it in use."""
    imported = get_imported_file(handle.job)
    handle.report(STAGE)
    captions = _read(handle, imported)
    if not captions.cues:
        with handle.hold():
            note_what_was_read(imported=imported, captions=captions)
        raise _nothing_found(imported, captions)
    with handle.finish(notice_of(imported.source, captions)):
        transcript = save_import(imported=imported, captions=captions, user=handle.job.created_by)
        switch_version(transcript=transcript)


def get_imported_file(job: Job) -> ImportedFile:
    """The file of the job. Raises JobFailedError if it is gone."""
    imported = (
        ImportedFile.objects.select_related("source__session", "source__media")
        .filter(id=job.target_id)
        .first()
    )
    if imported is None:
        raise JobFailedError(
            "This transcript has been deleted meanwhile.", remedy="There is nothing left to do."
        )
    if not _path_of(imported).is_file():
        raise JobFailedError(
            "The file of this transcript is missing from the data folder.",
            remedy="Bring the folder back from a backup, or import the file again.",
        )
    return imported


def _path_of(imported: ImportedFile) -> Path:
    return storage.absolute(imported.original_path)


def _code_names(imported: ImportedFile) -> list[str]:
    return list(imported.source.session.participants.values_list("code_name", flat=True))


def _read(handle: JobHandle, imported: ImportedFile) -> Captions:
    if imported.size_bytes == 0:
        raise JobFailedError(
            "This file is empty (0 bytes), so there is nothing to read.",
            remedy="Save the transcript once more where it comes from, and import that file.",
        )
    try:
        return read_document(
            _path_of(imported),
            name=_path_of(imported).name,
            known_names=_code_names(imported),
            check=handle.check,
        )
    except MediaError as error:
        raise _failure_of(error) from error


def _failure_of(error: MediaError) -> JobFailedError:
    if isinstance(error, MediaLimitError):
        return JobFailedError(
            f"Reading this file took more time or memory than a transcript may. {KEPT}",
            remedy=FORMATS_REMEDY,
        )
    if isinstance(error, MediaStorageError):
        return JobFailedError(
            f"The disk is full, so this file could not be read. {KEPT}",
            remedy="Ask the operator to make room, then try again.",
        )
    return JobFailedError(
        f"Reading this file failed in a way Earshot does not know. {KEPT}", remedy=FORMATS_REMEDY
    )


def _nothing_found(imported: ImportedFile, captions: Captions) -> JobFailedError:
    why = "There are no words in it."
    if captions.skipped:
        first = captions.skipped[0]
        why = first.reason.replace("This line", f"Line {first.line}", 1)
    return JobFailedError(
        f"No transcript was found in “{imported.name}”. {why} {KEPT}", remedy=FORMATS_REMEDY
    )
