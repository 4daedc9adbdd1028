"""Recordings that something is wrong with, made on the spot."""

import io
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE_HZ = 16_000


def make_silence(seconds: int = 4) -> bytes:
    """A whole WAV file in which nothing is said."""
    return _as_wav(bytes(2 * RATE_HZ * seconds))


def make_audio_mp4(seconds: int = 4) -> bytes:
    """A whole MP4 with a tone; its index stands at the end, as recorders write it."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        times = np.arange(RATE_HZ * seconds) / RATE_HZ
        samples = (np.sin(times * 2 * np.pi * 440) * 8000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.rate = RATE_HZ
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return target.getvalue()


def make_silent_film(frames: int = 20) -> bytes:
    """A whole MP4 with pictures and no sound track."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(10))
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(frames):
            picture = np.full((64, 64, 3), number * 5, dtype=np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return target.getvalue()


def cut_short(recording: bytes) -> bytes:
    """The first half of a file."""
    return recording[: len(recording) // 2]


def repeat_recording(path: Path, times: int, *, pause_seconds: int = 6) -> bytes:
    """The recording several times over, as one WAV file.

    A pause of more than five seconds ends a window of recognition.
    """
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    pieces = []
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            pieces += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    pieces += [part.to_ndarray()[0] for part in resampler.resample(None)]
    pause = np.zeros(RATE_HZ * pause_seconds, dtype=np.int16)
    return _as_wav(np.tile(np.concatenate([*pieces, pause]), times).tobytes())


def _as_wav(samples: bytes) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples)
    return target.getvalue()
