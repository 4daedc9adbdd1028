"""Where files of recordings lie: paths in rows are relative to the media folder."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from backend.sources.models import MediaFile, Upload


def absolute(path: str) -> Path:
    """The file a row's relative path names."""
    return settings.MEDIA_DIR / path


def relative(path: Path) -> str:
    """What a row keeps for a file in the media folder. Raises ValueError for one outside it."""
    return path.resolve().relative_to(settings.MEDIA_DIR.resolve()).as_posix()


def source_folder(*, workspace_id: UUID, source_id: UUID) -> Path:
    """The folder of one source: its original and what is made from it."""
    return settings.MEDIA_DIR / str(workspace_id) / str(source_id)


def unfinished_file(upload: Upload) -> Path:
    """Where an upload's bytes gather until all have arrived."""
    return settings.MEDIA_DIR / str(upload.workspace_id) / "uploads" / f"{upload.id}.part"


def original_file(media: MediaFile) -> Path:
    """The file as it was uploaded, which nothing ever changes."""
    return absolute(media.original_path)


def playback_file(media: MediaFile) -> Path | None:
    """The file the page plays; None until the recording is prepared."""
    return absolute(media.playback_path) if media.playback_path else None


def peaks_file(media: MediaFile) -> Path | None:
    """The waveform's JSON; None until the recording is prepared."""
    return absolute(media.peaks_path) if media.peaks_path else None
