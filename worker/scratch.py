"""Large temporary files of running jobs, each named for the claim that it must not outlive."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from backend.jobs.models import Job, JobState

logger = logging.getLogger(__name__)


def scratch_dir() -> Path:
    return settings.DATA_DIR / "scratch"


@contextmanager
def scratch_file(job: Job) -> Iterator[Path]:
    """A path to write to while this claim of the job runs; removed afterwards."""
    scratch_dir().mkdir(parents=True, exist_ok=True)
    path = scratch_dir() / f"{job.id}.{job.fence}.scratch"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def sweep_scratch() -> int:
    """Remove what killed workers left. Returns how many files that were."""
    # The files are listed before the jobs are read, so that a claim made in between is seen.
    files = list(scratch_dir().iterdir()) if scratch_dir().is_dir() else []
    left = [path for path in files if not _is_in_use(path)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _is_in_use(path: Path) -> bool:
    # decode_speech writes beside its target, under a name with a leading dot.
    try:
        job_id, fence, *_ = path.name.removeprefix(".").split(".")
        claim = {"id": UUID(job_id), "fence": int(fence)}
    except ValueError:
        return False
    return Job.objects.filter(state=JobState.RUNNING, **claim).exists()
