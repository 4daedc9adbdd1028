"""The confined process: reads one recording, writes what was asked for, reports as JSON lines."""

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import av.subtitles.stream  # noqa: F401  PyAV loads it late, when there may be no memory for it

from worker.media.channels import ChannelMeter
from worker.media.confinement import confine
from worker.media.decoding import SoundDecoder
from worker.media.facts import MOST_CHANNELS, Limits, MediaFacts
from worker.media.opening import Recording, RefusedMediaError
from worker.media.pcm import SAMPLE_BYTES, SPEECH_NAME, SPEECH_RATE_HZ, SpeechWriter, as_floats
from worker.media.peaks import PeakMeter
from worker.media.playback import (
    ENCODED_NAME,
    PLAYBACK_RATE_HZ,
    CannotCopyError,
    PlaybackCopy,
    PlaybackWriter,
    name_of_copy,
)
from worker.media.shaping import Shaper

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
        order = Order(
            source=Path(job["source"]),
            target=Path(job["target"]),
            limits=limits,
            channels=job["channels"],
        )
        channel.send(done=task(order, channel.progress))
    except RefusedMediaError as error:
        channel.send(failed=error.kind, detail=str(error))
    except MemoryError:
        channel.send(failed="limit", detail="out of memory")
    except OSError as error:
        channel.send(failed=_KIND_OF_ERRNO.get(error.errno or 0, "crash"), detail=repr(error))
    return 0


@dataclass(frozen=True)
class Order:
    """What is to be read, where the result goes, and within which limits."""

    source: Path
    target: Path
    limits: Limits
    channels: int


OnProgress = Callable[[int, int], None]


def prepare(order: Order, on_progress: OnProgress) -> dict[str, Any]:
    """Write the playback file, the peaks and what `decode` writes into the folder `target`."""
    try:
        return _prepare(order, on_progress, may_copy=True)
    except CannotCopyError:
        for left in order.target.iterdir():
            left.unlink()
        return _prepare(order, on_progress, may_copy=False)


def _prepare(order: Order, on_progress: OnProgress, *, may_copy: bool) -> dict[str, Any]:
    with Recording(order.source) as recording:
        meter = _channel_meter(recording)
        name = name_of_copy(recording.stream) if may_copy else None
        # What is copied is decoded for the peaks alone: then those come of what speech is read of.
        rate_hz = SPEECH_RATE_HZ if name else PLAYBACK_RATE_HZ
        speech = SpeechWriter(order.target / SPEECH_NAME)
        playback = (
            PlaybackCopy(order.target / name, recording.stream)
            if name
            else PlaybackWriter(order.target / ENCODED_NAME)
        )
        decoder = SoundDecoder(
            recording,
            rate_hz=rate_hz,
            sample_format="s16" if name else "flt",
            most_seconds=order.limits.duration_seconds,
            on_progress=on_progress,
            on_frame=meter.add if meter else None,
            on_packet=playback.copy,
            beside=None if name else Shaper(rate_hz=SPEECH_RATE_HZ, sample_format="s16"),
            on_block_beside=speech.write,
        )
        peaks = PeakMeter(rate_hz)
        with playback, speech:
            for block in decoder.blocks():
                if name:
                    speech.write(block)
                    peaks.add(as_floats(block))
                else:
                    playback.encode(block)
                    peaks.add(block)
        facts = _facts(recording, decoder, meter, order.limits)
        if name and (facts.is_channel_per_person or not decoder.is_even):
            raise CannotCopyError
        peaks.write(order.target / "peaks.json")
        return {"facts": asdict(facts), "samples": speech.samples}


def decode(order: Order, on_progress: OnProgress) -> dict[str, Any]:
    """Write the samples that speech recognition reads to the file `target`."""
    with Recording(order.source) as recording, SpeechWriter(order.target) as speech:
        decoder = SoundDecoder(
            recording,
            rate_hz=SPEECH_RATE_HZ,
            sample_format="s16",
            most_seconds=order.limits.duration_seconds,
            on_progress=on_progress,
            channels=order.channels,
        )
        for block in decoder.blocks():
            speech.write(block)
    return {"samples": decoder.tally.done_samples}


def _channel_meter(recording: Recording) -> ChannelMeter | None:
    channels = recording.stream.codec_context.channels
    return ChannelMeter(channels) if 2 <= channels <= MOST_CHANNELS else None


def _facts(
    recording: Recording, decoder: SoundDecoder, meter: ChannelMeter | None, limits: Limits
) -> MediaFacts:
    channels = recording.stream.codec_context.channels
    speech_bytes = decoder.done_ms * SPEECH_RATE_HZ // 1000 * SAMPLE_BYTES * channels
    return MediaFacts(
        duration_ms=decoder.done_ms,
        container=recording.container_name,
        has_video=recording.has_video,
        audio_codec=recording.codec_name,
        channels=channels,
        sample_rate_hz=recording.stream.codec_context.sample_rate,
        size_bytes=recording.size_bytes,
        is_truncated=decoder.is_truncated,
        is_channel_per_person=(
            meter is not None
            and speech_bytes <= limits.output_bytes
            and meter.is_channel_per_person()
        ),
    )


_TASKS = {"prepare": prepare, "decode": decode}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
