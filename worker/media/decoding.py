"""Decodes the sound of an open recording to blocks; runs inside a confined process only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import av
import numpy as np
from av.audio.stream import AudioStream

from worker.media.mixing import with_ruled_channels
from worker.media.opening import Recording, RefusedMediaError
from worker.media.shaping import Shaper

_LEAST_GAP_SECONDS = 0.1
_MOST_GAP_SECONDS = 600.0
_MOST_OVERLAP_SECONDS = 1.0
_DAMAGE_SHARE = 0.01
_MISSING_SHARE = 0.02
_MISSING_MS = 1_000
_MOST_SKIPPED_BYTES = 4_096
# These can't pause: a gap in their clock is a hole in the file.
_UNPAUSED_CONTAINERS = ("wav", "mp3", "flac", "ogg")


@dataclass
class Tally:
    """What decoding has met so far."""

    done_samples: int = 0
    readable_bytes: int = 0
    unreadable_bytes: int = 0
    is_incomplete: bool = False


class Timeline:
    """Compares a recording's own clock with the sound that has come out of it."""

    def __init__(self) -> None:
        self._origin_seconds: float | None = None
        self._placed_seconds = 0.0
        self.has_jumped = False
        self.is_even = True

    def gap_before(self, frame: av.AudioFrame) -> float:
        """Seconds of silence that belong before the frame; the frame is then taken as placed."""
        start_seconds = frame.time
        gap_seconds = 0.0 if start_seconds is None else self._gap_at(start_seconds)
        self._placed_seconds += gap_seconds + frame.samples / frame.sample_rate
        return gap_seconds

    def _gap_at(self, start_seconds: float) -> float:
        if self._origin_seconds is None:
            self._origin_seconds = start_seconds
            self.is_even = abs(start_seconds) <= _LEAST_GAP_SECONDS
        gap_seconds = start_seconds - self._origin_seconds - self._placed_seconds
        self.is_even &= abs(gap_seconds) <= _LEAST_GAP_SECONDS
        if not -_MOST_OVERLAP_SECONDS <= gap_seconds <= _MOST_GAP_SECONDS:
            # A clock that was set anew, not a pause; ahead, nobody knows what is missing.
            self.has_jumped |= gap_seconds > 0
            self._origin_seconds = start_seconds - self._placed_seconds
            return 0.0
        return gap_seconds if gap_seconds > _LEAST_GAP_SECONDS else 0.0


class SoundDecoder:
    """Decodes one recording to samples of one rate, a second or less at a time, as Shaper has them.

    `beside` shapes the same sound in another way; its blocks go to `on_block_beside`.
    """

    def __init__(
        self,
        recording: Recording,
        *,
        rate_hz: int,
        sample_format: str,
        most_seconds: int,
        on_progress: Callable[[int, int], None],
        channels: int = 1,
        on_frame: Callable[[av.AudioFrame], None] | None = None,
        on_packet: Callable[["av.Packet[AudioStream]"], None] | None = None,
        beside: Shaper | None = None,
        on_block_beside: Callable[[np.ndarray], None] | None = None,
    ) -> None:
        self.tally = Tally()
        self._recording = recording
        self._rate_hz = rate_hz
        self._most_samples = most_seconds * rate_hz
        self._on_progress = on_progress
        self._on_frame = on_frame
        self._on_packet = on_packet
        self._shaper = Shaper(rate_hz=rate_hz, sample_format=sample_format, channels=channels)
        self._beside = beside
        self._on_block_beside = on_block_beside
        self._timeline = Timeline()
        self._container_name = recording.container_name
        self._source_shape: tuple[str, str, int] | None = None
        self._packet_end = 0

    @property
    def done_ms(self) -> int:
        return self.tally.done_samples * 1000 // self._rate_hz

    @property
    def is_even(self) -> bool:
        """Whether the recording's own clock runs from 0 on with the sound, and all can be read."""
        is_whole = not (self.tally.unreadable_bytes or self.tally.is_incomplete)
        return is_whole and self._timeline.is_even

    @property
    def is_truncated(self) -> bool:
        tally, declared_ms = self.tally, self._recording.declared_ms
        bytes_met = tally.readable_bytes + tally.unreadable_bytes
        return (
            tally.is_incomplete
            or self._timeline.has_jumped
            or self._recording.is_shorter_than_it_says
            or tally.unreadable_bytes > bytes_met * _DAMAGE_SHARE
            or declared_ms - self.done_ms > max(_MISSING_MS, declared_ms * _MISSING_SHARE)
        )

    def blocks(self) -> Iterator[np.ndarray]:
        """The samples in order; silence stands where the recording's own clock shows a gap."""
        for block in self._all_blocks():
            self.tally.done_samples += len(block)
            if self.tally.done_samples > self._most_samples:
                raise RefusedMediaError("limit", f"longer than {self._most_samples} samples")
            yield block
        tally = self.tally
        if not tally.done_samples or tally.unreadable_bytes > tally.readable_bytes:
            raise self._recording.refusal("most of it can't be decoded")

    def _all_blocks(self) -> Iterator[np.ndarray]:
        for frame in self._frames():
            yield from self._placed(frame)
        yield from self._shaped(Shaper.flushed)

    def _placed(self, frame: av.AudioFrame) -> Iterator[np.ndarray]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        gap_seconds = self._timeline.gap_before(frame)
        if gap_seconds and self._container_name in _UNPAUSED_CONTAINERS:
            self.tally.is_incomplete = True
        if shape != self._source_shape or gap_seconds:
            yield from self._shaped(Shaper.flushed)
            self._source_shape = shape
        if gap_seconds:
            yield from self._shaped(lambda shaper: shaper.silence(gap_seconds))
        if self._on_frame:
            self._on_frame(frame)
        mixed = with_ruled_channels(frame)
        yield from self._shaped(lambda shaper: shaper.shaped(mixed))

    def _shaped(self, shape: Callable[[Shaper], Iterable[np.ndarray]]) -> Iterator[np.ndarray]:
        if self._beside and self._on_block_beside:
            for block in shape(self._beside):
                self._on_block_beside(block)
        yield from shape(self._shaper)

    def _frames(self) -> Iterator[av.AudioFrame]:
        packets = self._recording.container.demux(self._recording.stream)
        while True:
            try:
                packet = next(packets, None)
            except MemoryError:
                raise
            except av.error.FFmpegError:
                self.tally.is_incomplete = True
                return
            if packet is None:
                return
            self._note_hole(packet)
            position_bytes = packet.pos
            yield from self._decoded(packet)
            if self._on_packet and packet.size:
                self._on_packet(packet)
            self._report(position_bytes)

    def _note_hole(self, packet: "av.Packet[AudioStream]") -> None:
        """A recorder may pause a WebM's clock, but it leaves no bytes out between its packets."""
        if self._container_name != "webm" or packet.pos is None:
            return
        skipped_bytes = packet.pos - (self._packet_end or packet.pos)
        if skipped_bytes > _MOST_SKIPPED_BYTES and self._recording.is_sound_alone:
            self.tally.is_incomplete = True
        self._packet_end = packet.pos + packet.size

    def _decoded(self, packet: "av.Packet[AudioStream]") -> list[av.AudioFrame]:
        try:
            frames = packet.decode()
        except MemoryError:
            raise
        except av.error.FFmpegError:
            self.tally.unreadable_bytes += packet.size
            return []
        self.tally.readable_bytes += packet.size
        return frames

    def _report(self, position_bytes: int | None) -> None:
        total_ms = self._recording.declared_ms
        if not total_ms and position_bytes:
            total_ms = self.done_ms * self._recording.size_bytes // position_bytes
        self._on_progress(self.done_ms, max(total_ms, self.done_ms))
