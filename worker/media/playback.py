"""Writes the file the page plays: AAC in MP4, its index in front so that it can be sought.

Sound that every browser plays and seeks exactly is copied as it is; other sound is encoded, mono.
Nothing else that is in the recording, pictures or names, comes with it.
"""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.stream import AudioStream

PLAYBACK_RATE_HZ = 32_000
ENCODED_NAME, WAVE_NAME = "playback.m4a", "playback.wav"
_BITS_PER_SECOND = 64_000
_INDEX_IN_FRONT = {"movflags": "+faststart"}
# What is larger than good speech needs would only load slowly.
_MOST_COPIED_BITS_PER_SECOND = 256_000
_AAC_PROFILES = ("LC", "HE-AAC")
_MOST_COPIED_CHANNELS = 2


class CannotCopyError(Exception):
    """The sound would not be heard when the words say: it has to be encoded."""


def name_of_copy(stream: AudioStream) -> str | None:
    """The name of a file that this sound can be copied into; None if it is to be encoded."""
    context = stream.codec_context
    if context.channels > _MOST_COPIED_CHANNELS or not context.sample_rate:
        return None
    if context.name == "aac" and context.profile in _AAC_PROFILES:
        return ENCODED_NAME
    is_small = context.sample_rate * context.channels * 16 <= _MOST_COPIED_BITS_PER_SECOND
    return WAVE_NAME if context.name == "pcm_s16le" and is_small else None


class PlaybackCopy:
    """Takes packets as they were read; leaving the context finishes the file."""

    def __init__(self, path: Path, stream: AudioStream) -> None:
        is_wave = path.name == WAVE_NAME
        self._container = av.open(
            f"file:{path}",
            "w",
            format="wav" if is_wave else "mp4",
            options={} if is_wave else dict(_INDEX_IN_FRONT),
        )
        try:
            self._stream = self._container.add_stream_from_template(stream)
        except ValueError as error:
            raise CannotCopyError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._container.close()

    def encode(self, samples: np.ndarray) -> None:
        """What was decoded is in the packets already."""

    def copy(self, packet: "av.Packet[AudioStream]") -> None:
        """Raises CannotCopyError. The packet is used up."""
        packet.stream = self._stream
        try:
            self._container.mux(packet)
        except (ValueError, av.error.InvalidDataError) as error:
            raise CannotCopyError(str(error)) from error


class PlaybackWriter:
    """Encodes mono float blocks as they come; leaving the context finishes the file."""

    def __init__(self, path: Path) -> None:
        self._container = av.open(f"file:{path}", "w", format="mp4", options=dict(_INDEX_IN_FRONT))
        # The default coder is four times slower, and measured no better on speech.
        self._stream = self._container.add_stream(
            "aac", rate=PLAYBACK_RATE_HZ, layout="mono", options={"aac_coder": "fast"}
        )
        self._stream.bit_rate = _BITS_PER_SECOND
        self._written = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()

    def copy(self, packet: "av.Packet[AudioStream]") -> None:
        """It is encoded once it has been decoded."""

    def encode(self, samples: np.ndarray) -> None:
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = PLAYBACK_RATE_HZ
        frame.time_base = Fraction(1, PLAYBACK_RATE_HZ)
        frame.pts = self._written
        self._written += samples.size
        self._container.mux(self._stream.encode(frame))
