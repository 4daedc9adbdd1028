"""Transcripts made elsewhere: taking the file in, and making a version of what was read in it."""

from pathlib import Path
from typing import Any

from django.db import transaction

from backend.jobs.models import JobKind
from backend.jobs.services import enqueue_job
from backend.sources import storage
from backend.sources.captions import Captions
from backend.sources.models import ImportedFile, Source, SourceKind, Transcript, Upload
from backend.sources.services.cues import save_cues
from backend.sources.services.file_speakers import (
    MODERATOR_LABEL,
    hidden_names,
    keep_names,
    with_labels,
)

ENGINE = "import"
# Times of a transcript may run on a little after its recording.
_BEYOND_MS = 5_000
_MOST_NAMED = 5


def create_import(*, upload: Upload, original: Path) -> ImportedFile:
    """Keep an uploaded transcript as it came and ask for it to be read, in the caller's
    transaction. Without a recording it stands beside, it makes a source of its own.
    """
    source = upload.beside or Source.objects.create(
        id=upload.id,
        workspace_id=upload.workspace_id,
        session=upload.session,
        kind=SourceKind.TEXT,
        name=upload.file_name,
        created_by=upload.created_by,
    )
    imported = ImportedFile.objects.create(
        id=upload.id,
        workspace_id=upload.workspace_id,
        source=source,
        name=upload.file_name,
        original_path=storage.relative(original),
        size_bytes=upload.size_bytes,
        created_by=upload.created_by,
    )
    enqueue_job(
        workspace_id=upload.workspace_id,
        kind=JobKind.IMPORT_TRANSCRIPT,
        target_id=imported.id,
        title=upload.file_name,
        study_id=upload.session.study_id,
        session_id=upload.session_id,
        source_id=source.id,
        user=upload.created_by,
    )
    return imported


def note_what_was_read(*, imported: ImportedFile, captions: Captions) -> None:
    """Keep what kind of file it is, and which of its lines were left out."""
    imported.format = captions.format
    imported.skipped = [[skipped.line, skipped.reason] for skipped in captions.skipped]
    imported.save(update_fields=["format", "skipped", "updated_at"])


@transaction.atomic
def save_import(*, imported: ImportedFile, captions: Captions, user: Any = None) -> Transcript:
    """Make the source's next version of what was read; speakers are found by their names, and names
    of strangers are kept from those who may not see names.

    Calling it twice makes two versions: hold the job's fence in the same transaction.
    """
    source = imported.source
    hidden = hidden_names(source=source, cues=captions.cues)
    transcript = save_cues(
        source=source,
        cues=with_labels(captions.cues, hidden),
        engine=ENGINE,
        model=captions.format,
        language=captions.language,
        notice=notice_of(source, captions),
        user=user,
    )
    imported.transcript = transcript
    imported.save(update_fields=["transcript", "updated_at"])
    note_what_was_read(imported=imported, captions=captions)
    keep_names(imported=imported, hidden=hidden)
    return transcript


def notice_of(source: Source, captions: Captions) -> str:
    """What somebody who reads this transcript should know about the file it is from."""
    notes = []
    if captions.skipped:
        notes.append("Parts of the file were left out or guessed; the file's entry says which.")
    recorded_ms = source.media.duration_ms if hasattr(source, "media") else None
    starts_ms = [cue.start_ms for cue in captions.cues if cue.start_ms is not None]
    if hasattr(source, "media") and not starts_ms:
        notes.append("The file has no times, so its words can't be played.")
    if recorded_ms and starts_ms and max(starts_ms) > recorded_ms + _BEYOND_MS:
        notes.append("Its times run on after the end of the recording: is it of this one?")
    labels = hidden_names(source=source, cues=captions.cues).values()
    if strangers := [label for label in labels if label != MODERATOR_LABEL]:
        notes.append(_of_hidden(strangers))
    return " ".join(notes)


def _of_hidden(labels: list[str]) -> str:
    named = ", ".join(f"“{label}”" for label in labels[:_MOST_NAMED])
    more = " and others" if len(labels) > _MOST_NAMED else ""
    return (
        f"Names that are no participant's of this session were left out: here they are "
        f"{named}{more}. Link these speakers to participants."
    )
