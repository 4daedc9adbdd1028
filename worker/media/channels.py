"""Tells whether each channel of a recording holds a person of its own, as call recorders write it.

Then mostly one channel speaks at a time. In a room recorded in stereo, in music, and in copies of
one sound, all channels are loud together.
"""

import av
import numpy as np
from av.audio.resampler import AudioResampler

_RATE_HZ = 8_000
_FRAME_SAMPLES = 256
_FRAMES_PER_SECOND = _RATE_HZ / _FRAME_SAMPLES
_QUIETEST_DB = -100

_SPEECH_WITHIN_DB = 25
_APART_DB = 15
# A person who speaks softly into one channel is as good as one who shouts into the other.
_MOST_GAIN_DB = 30
_LOUDEST_PERCENTILE = 99.5
_SILENCE_DB = -60
_LEAST_SPEECH_SECONDS = 5.0
_LEAST_ALONE_SHARE = 0.75
_LEAST_TURN_SECONDS = 1.0
_LEAST_TURN_SHARE = 0.02


class ChannelMeter:
    """How loud each channel is, every 32 ms; costs 31 bytes per second and channel."""

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._levels = bytearray()
        self._rest = np.zeros((0, channels), dtype=np.float32)
        self._shape: tuple[str, str, int] | None = None
        self._is_steady = True

    def add(self, frame: av.AudioFrame) -> None:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            self._is_steady &= frame.layout.nb_channels == self._channels
            self._resampler = AudioResampler(format="flt", rate=_RATE_HZ, frame_size=_RATE_HZ)
            self._shape = shape
        if self._is_steady:
            for part in self._resampler.resample(frame):
                self._measure(part.to_ndarray().reshape(-1, self._channels))

    def is_channel_per_person(self) -> bool:
        if not self._is_steady:
            return False
        levels = np.frombuffer(bytes(self._levels), dtype=np.uint8).reshape(-1, self._channels)
        return is_channel_per_person(levels.astype(np.float32) + _QUIETEST_DB)

    def _measure(self, samples: np.ndarray) -> None:
        sound = np.concatenate((self._rest, samples))
        count = len(sound) // _FRAME_SAMPLES
        self._rest = sound[count * _FRAME_SAMPLES :].copy()
        frames = np.nan_to_num(sound[: count * _FRAME_SAMPLES])
        frames = frames.reshape(count, _FRAME_SAMPLES, self._channels)
        loudness = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
        levels_db = 20 * np.log10(np.maximum(loudness, 1e-9))
        scaled = np.clip(np.rint(levels_db - _QUIETEST_DB), 0, 255)
        self._levels += scaled.astype(np.uint8).tobytes()


def is_channel_per_person(levels_db: np.ndarray) -> bool:
    """From the level of each moment (32 ms) and channel, in decibels of full scale."""
    if levels_db.shape[0] < _LEAST_SPEECH_SECONDS * _FRAMES_PER_SECOND or levels_db.shape[1] < 2:
        return False
    loudest_db = np.percentile(levels_db, _LOUDEST_PERCENTILE, axis=0)
    reference_db = np.maximum(loudest_db, loudest_db.max() - _MOST_GAIN_DB)
    relative_db = levels_db - reference_db
    first_db, second_db = np.sort(relative_db, axis=1)[:, :-3:-1].T
    is_speech = (first_db > -_SPEECH_WITHIN_DB) & (levels_db.max(axis=1) > _SILENCE_DB)
    is_alone = is_speech & (first_db - second_db >= _APART_DB)
    if is_speech.sum() < _LEAST_SPEECH_SECONDS * _FRAMES_PER_SECOND:
        return False
    if is_alone.sum() < is_speech.sum() * _LEAST_ALONE_SHARE:
        return False
    turns = np.bincount(relative_db[is_alone].argmax(axis=1), minlength=levels_db.shape[1])
    least = max(_LEAST_TURN_SECONDS * _FRAMES_PER_SECOND, is_speech.sum() * _LEAST_TURN_SHARE)
    return int((turns >= least).sum()) >= 2
