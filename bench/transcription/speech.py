"""Speech to measure with: the sample study's recordings one after another, with pauses between."""

from pathlib import Path

import av
import numpy as np

SAMPLE_AUDIO = Path(__file__).resolve().parents[2] / "backend" / "sample" / "content" / "audio"
RATE_HZ = 16_000


def make_speech(*, seconds: int, silent_share: float = 0.0) -> np.ndarray:
    """int16 samples at 16 kHz; of every minute the last `silent_share` is digital silence."""
    spoken = np.concatenate([_decode(path) for path in sorted(SAMPLE_AUDIO.glob("*.ogg"))])
    count = seconds * RATE_HZ
    samples = np.resize(spoken, count)
    if silent_share:
        minute = np.arange(count) % (60 * RATE_HZ)
        samples[minute >= (1 - silent_share) * 60 * RATE_HZ] = 0
    return samples


def write_recording(path: Path, samples: np.ndarray) -> None:
    """The samples as a recording that can be uploaded: a .wav, or an .m4a as phones write it."""
    codec = "pcm_s16le" if path.suffix == ".wav" else "aac"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="mono")
        for start in range(0, len(samples), RATE_HZ):
            block = samples[start : start + RATE_HZ].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, start
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)


def _decode(path: Path) -> np.ndarray:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [
            resampled.to_ndarray().reshape(-1)
            for frame in container.decode(audio=0)
            for resampled in resampler.resample(frame)
        ]
    return np.concatenate(frames)
