"""The decoded sound of a recording, shared by all who work on one job."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from django.conf import settings

from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.models import MediaFile
from worker.media import Limits, decode_speech, open_pcm
from worker.scratch import new_file, shared_file

# A day of sound takes 3 GB.
_LEAST_FREE_BYTES = 10 << 30


def open_sound(
    job: Job, media: MediaFile, *, on_progress: Callable[[int, int], None]
) -> np.ndarray:
    """Samples at 16 kHz: (moments,), or (moments, channels) where each person has a channel.

    Decoded if no worker of this job has done so yet, or if the file is gone.
    """
    channels = media.channel_count if media.is_channel_per_person else 1

    def decode(target: Path) -> None:
        decode_speech(
            storage.original_file(media),
            target,
            limits=Limits(),
            on_progress=on_progress,
            channels=channels,
        )

    return open_pcm(shared_file(job, _name(channels), decode), channels)


@contextmanager
def mixed_sound(job: Job) -> Iterator[Path | None]:
    """Where to write what `open_sound` reads of the recording, for the job that comes next.

    None: the disk has no room to spare for recordings that wait.
    """
    if shutil.disk_usage(settings.DATA_DIR).free < _LEAST_FREE_BYTES:
        yield None
    else:
        with new_file(job, _name(1)) as path:
            yield path


def _name(channels: int) -> str:
    return f"{channels}.pcm"
