"""One short recording, written in every format and by every writer a test asks for."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
import numpy as np

from tests.stack import ROOT

SECONDS = 4
RECORDING = ROOT / "tests" / "data" / "two_sentences.wav"
# name, codec, container, rate of its sound, options of its writer
_WRITERS: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "wav": ("pcm_s16le", "wav", 16_000, {}),
    "mp3": ("libmp3lame", "mp3", 16_000, {}),
    "m4a": ("aac", "mp4", 16_000, {"movflags": "+faststart"}),
    "mp4": ("aac", "mp4", 16_000, {}),
    "ogg": ("libopus", "ogg", 48_000, {}),
    "oga": ("vorbis", "ogg", 16_000, {}),
    "flac": ("flac", "flac", 16_000, {}),
    "webm": ("libopus", "webm", 48_000, {}),
}


FORMATS = tuple(_WRITERS)


@cache
def recording(extension: str) -> bytes:
    """The recording as each kind of file, with a comment long enough to fill several kilobytes."""
    codec, container, rate_hz, options = _WRITERS[extension]
    channels = 2 if codec == "vorbis" else 1  # the writer of Vorbis knows no other number
    return written(
        (codec, np.tile(speech(rate_hz), (channels, 1)), rate_hz),
        container=container,
        options=options,
        comment="What was said and by whom. " * 300,
        has_pictures=extension == "mp4",
    )


@cache
def speech(rate_hz: int) -> np.ndarray:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
    with av.open(str(RECORDING)) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])[: SECONDS * rate_hz]


def written(
    *tracks: tuple[str, np.ndarray, int],
    container: str,
    options: dict[str, str] | None = None,
    comment: str = "",
    has_pictures: bool = False,
) -> bytes:
    """A file of these tracks: codec, samples (a row for each channel) and rate."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recording"  # a writer may read again what it wrote
        with av.open(str(path), "w", format=container, options=options or {}) as output:
            output.metadata["comment"] = comment
            _write(output, tracks, has_pictures=has_pictures)
        return path.read_bytes()


def _write(
    output: Any, tracks: tuple[tuple[str, np.ndarray, int], ...], *, has_pictures: bool
) -> None:
    pictures = _pictures(output) if has_pictures else None
    sounds = [add_sound(output, codec, samples, rate_hz) for codec, samples, rate_hz in tracks]
    if pictures is not None:
        for number in range(SECONDS * 10):
            picture = av.VideoFrame(64, 64, "yuv420p")
            picture.pts = number
            output.mux(pictures.encode(picture))
        output.mux(pictures.encode(None))
    for sound, (_, samples, rate_hz) in zip(sounds, tracks, strict=True):
        encode(output, sound, np.atleast_2d(samples), rate_hz)


def add_sound(output: Any, codec: str, samples: np.ndarray, rate_hz: int) -> Any:
    # FFmpeg's own Vorbis encoder calls itself experimental.
    strict = {"strict": "experimental"} if codec == "vorbis" else {}
    layout = _layout(np.atleast_2d(samples).shape[0])
    many = {"mapping_family": "255"} if codec == "libopus" and layout not in _LAYOUTS else {}
    return output.add_stream(codec, rate=rate_hz, layout=layout, options=strict | many)


_LAYOUTS = ("mono", "stereo")


def _layout(channels: int) -> str:
    return _LAYOUTS[channels - 1] if channels <= len(_LAYOUTS) else f"{channels} channels"


def _pictures(output: Any) -> Any:
    return output.add_stream("mpeg4", rate=Fraction(10), width=64, height=64, pix_fmt="yuv420p")


def encode(output: Any, stream: Any, rows: np.ndarray, rate_hz: int) -> None:
    layout = _layout(rows.shape[0])
    for start in range(0, rows.shape[1], rate_hz):
        part = np.ascontiguousarray(rows[:, start : start + rate_hz].T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(part, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        frame.pts = start
        output.mux(stream.encode(frame))
    output.mux(stream.encode(None))


def with_clock(starts_ms: list[int]) -> bytes:
    """The recording once for each start, as a recorder writes that was paused in between."""
    packets = _opus_packets()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recording"
        with av.open(str(path), "w", format="webm") as output:
            stream = output.add_stream("libopus", rate=48_000, layout="mono")
            for start_ms in starts_ms:
                for number, content in enumerate(packets):
                    packet = av.Packet(content)
                    packet.stream = stream
                    packet.time_base = Fraction(1, 1000)
                    packet.pts = packet.dts = start_ms + number * 20
                    output.mux(packet)
        return path.read_bytes()


def _opus_packets() -> list[bytes]:
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    frame = av.AudioFrame.from_ndarray(speech(48_000).reshape(1, -1), "s16", "mono")
    frame.sample_rate, frame.pts = 48_000, 0
    return [bytes(packet) for packet in encoder.encode(frame) + encoder.encode(None)]
