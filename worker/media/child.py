"""The confined process: reads one recording, writes what was asked for, reports as JSON lines."""

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import av.subtitles.stream  # noqa: F401  PyAV loads it late, when there may be no memory for it

from worker.media.confinement import confine
from worker.media.decoding import MonoDecoder
from worker.media.facts import Limits, MediaFacts
from worker.media.opening import Recording, RefusedMediaError
from worker.media.pcm import SPEECH_RATE_HZ
from worker.media.peaks import PeakMeter
from worker.media.playback import PLAYBACK_RATE_HZ, PlaybackWriter

_REPORT_EVERY_SECONDS = 0.3
_KIND_OF_ERRNO = {errno.EFBIG: "limit", errno.ENOSPC: "storage", errno.EDQUOT: "storage"}


class Channel:
    """The one way out of this process; anything else written to stdout goes to stderr."""

    def __init__(self, pipe: TextIO) -> None:
        self._pipe = pipe
        self._reported_at = float("-inf")

    def send(self, **content: Any) -> None:
        self._pipe.write(json.dumps(content) + "\n")
        self._pipe.flush()

    def progress(self, done_ms: int, total_ms: int) -> None:
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_EVERY_SECONDS:
            self._reported_at = now
            self.send(progress=[done_ms, total_ms])


def main(arguments: list[str]) -> int:
    job = json.loads(arguments[0])
    channel = Channel(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)
    limits = Limits(**job["limits"])
    confine(limits)
    try:
        task = _TASKS[job["task"]]
        channel.send(done=task(Path(job["source"]), Path(job["target"]), limits, channel.progress))
    except RefusedMediaError as error:
        channel.send(failed=error.kind, detail=str(error))
    except MemoryError:
        channel.send(failed="limit", detail="out of memory")
    except OSError as error:
        channel.send(failed=_KIND_OF_ERRNO.get(error.errno or 0, "crash"), detail=repr(error))
    return 0


def prepare(
    source: Path, target: Path, limits: Limits, on_progress: Callable[[int, int], None]
) -> dict[str, Any]:
    """Write the playback file and the peaks into the folder `target`."""
    peaks = PeakMeter(PLAYBACK_RATE_HZ)
    with Recording(source) as recording:
        decoder = MonoDecoder(
            recording,
            rate_hz=PLAYBACK_RATE_HZ,
            sample_format="fltp",
            most_seconds=limits.duration_seconds,
            on_progress=on_progress,
        )
        with PlaybackWriter(target / "playback.m4a") as playback:
            for block in decoder.blocks():
                playback.add(block)
                peaks.add(block)
        peaks.write(target / "peaks.json")
        return asdict(_facts(recording, decoder))


def decode(
    source: Path, target: Path, limits: Limits, on_progress: Callable[[int, int], None]
) -> dict[str, Any]:
    """Write the samples that speech recognition reads to the file `target`."""
    with Recording(source) as recording, target.open("wb") as file:
        decoder = MonoDecoder(
            recording,
            rate_hz=SPEECH_RATE_HZ,
            sample_format="s16",
            most_seconds=limits.duration_seconds,
            on_progress=on_progress,
        )
        for block in decoder.blocks():
            file.write(block.astype("<i2", copy=False).tobytes())
    return {"samples": decoder.tally.done_samples}


def _facts(recording: Recording, decoder: MonoDecoder) -> MediaFacts:
    return MediaFacts(
        duration_ms=decoder.done_ms,
        container=recording.container_name,
        has_video=recording.has_video,
        audio_codec=recording.codec_name,
        channels=recording.stream.codec_context.channels,
        sample_rate_hz=recording.stream.codec_context.sample_rate,
        size_bytes=recording.size_bytes,
        is_truncated=decoder.is_truncated,
    )


_TASKS = {"prepare": prepare, "decode": decode}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
