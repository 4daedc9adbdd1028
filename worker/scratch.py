"""Large temporary files of jobs, shared by the workers that take its parts."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from backend.jobs.models import ACTIVE_STATES, Job

logger = logging.getLogger(__name__)

_UNFINISHED = ".unfinished"


def scratch_dir() -> Path:
    return settings.DATA_DIR / "scratch"


def shared_file(job: Job, name: str, make: Callable[[Path], None]) -> Path:
    """A file that is made once for all workers of the job; made again if it is gone.

    `make` writes it under another name. If several make it at once, the last one stays.
    """
    path = scratch_dir() / f"{job.id}.{name}"
    if not path.exists():
        with new_file(job, name) as unfinished:
            make(unfinished)
    return path


@contextmanager
def new_file(job: Job, name: str) -> Iterator[Path]:
    """Where to write a file of the job. What was written has its name once the context is left."""
    scratch_dir().mkdir(parents=True, exist_ok=True)
    unfinished = scratch_dir() / f"{job.id}.{uuid4()}{_UNFINISHED}"
    try:
        yield unfinished
        if unfinished.exists():
            os.replace(unfinished, scratch_dir() / f"{job.id}.{name}")
    finally:
        unfinished.unlink(missing_ok=True)


def remove_scratch(job: Job) -> None:
    """The job is over."""
    for path in _files():
        if _job_of(path) == job.id:
            path.unlink(missing_ok=True)


def hand_on_scratch(job: Job, heir: Job) -> None:
    """The job is over, and the next one will need the same files."""
    for path in _files():
        if path.name.startswith(f"{job.id}.") and not path.name.endswith(_UNFINISHED):
            with suppress(FileNotFoundError):
                os.replace(path, path.with_name(f"{heir.id}{path.name.removeprefix(str(job.id))}"))


def sweep_scratch() -> int:
    """Remove what killed workers and cancelled jobs left. Returns how many files that were."""
    # The files are listed before the jobs are read, so that a job begun in between is seen.
    files = _files()
    of_files = {job_id for path in files if (job_id := _job_of(path)) is not None}
    active = set(
        Job.objects.filter(id__in=of_files, state__in=ACTIVE_STATES).values_list("id", flat=True)
    )
    left = [path for path in files if _job_of(path) not in active]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _files() -> list[Path]:
    return list(scratch_dir().iterdir()) if scratch_dir().is_dir() else []


def _job_of(path: Path) -> UUID | None:
    # decode_speech writes beside its target, under a name with a leading dot.
    try:
        return UUID(path.name.removeprefix(".").split(".")[0])
    except ValueError:
        return None
