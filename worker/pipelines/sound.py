"""The decoded sound of a recording, shared by all who work on one job."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.models import MediaFile
from worker.media import Limits, decode_speech, open_pcm
from worker.scratch import shared_file


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

    return open_pcm(shared_file(job, f"{channels}.pcm", decode), channels)
