"""Opus in Ogg, written and read with PyAV."""

import io
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from scripts.speech.flite import SAMPLE_RATE

BITS_PER_SECOND = 24_000


def encoded(samples: npt.NDArray[np.float32], *, bits_per_second: int = BITS_PER_SECOND) -> bytes:
    """Mono `samples` as the bytes of an Ogg file; the same samples give the same bytes."""
    buffer = io.BytesIO()
    options = {"serial_offset": "1", "fflags": "+bitexact"}
    with av.open(buffer, "w", format="ogg", options=options) as container:
        stream = container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = bits_per_second
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def write_opus(path: Path, samples: npt.NDArray[np.float32]) -> None:
    """Write mono `samples` to the Ogg file `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(samples))


def decoded(audio: bytes) -> npt.NDArray[np.float32]:
    """The samples of an audio file, mono at SAMPLE_RATE."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    parts: list[npt.NDArray[np.float32]] = []
    with av.open(io.BytesIO(audio), "r") as container:
        for frame in container.decode(audio=0):
            parts.extend(part.to_ndarray()[0] for part in resampler.resample(frame))
        parts.extend(part.to_ndarray()[0] for part in resampler.resample(None))
    return np.concatenate(parts)
