"""Where each person speaks, in a recording that gives each a channel of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worker.speech.windows import (
    MOST_MS,
    OnProgress,
    Stretch,
    cut_long,
    speech_frames,
    with_margins,
)

# A voice that much softer than another channel's is that other voice, heard through the room.
_BLEED_RATIO = 0.25
_SMOOTH_FRAMES = 9


@dataclass(frozen=True)
class ChannelSpeech:
    """Where anybody speaks, and where each person does in their channel."""

    together: list[Stretch]
    by_channel: list[list[Stretch]]


def find_channel_speech(
    samples: np.ndarray, *, max_ms: int = MOST_MS, on_progress: OnProgress | None = None
) -> ChannelSpeech:
    """What `find_speech` gives, for all channels together and for each.

    Samples have the shape (moments, channels). A voice counts in one channel only: where it is
    heard softly in another one too, that one is taken to be silent. What is together is cut, where
    it is too long, when all channels are quietest.
    """
    from worker.speech.voice import measure_frames  # noqa: PLC0415  loads torch

    length_ms, count = len(samples) // 16, samples.shape[1]
    measured = [
        measure_frames(
            samples[:, channel], on_progress=_share(on_progress, channel * length_ms, count)
        )
        for channel in range(count)
    ]
    loudness = np.stack([loud for _, loud in measured])
    is_bleed = softer_than_another(loudness)
    whole = [
        with_margins(
            speech_frames(np.where(is_bleed[channel], 0.0, probabilities)), length_ms=length_ms
        )
        for channel, (probabilities, _) in enumerate(measured)
    ]
    return ChannelSpeech(
        together=_cut(unite(whole), loudness.max(axis=0), max_ms),
        by_channel=[
            _cut(stretches, loudness[channel], max_ms) for channel, stretches in enumerate(whole)
        ],
    )


def unite(by_channel: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    """Stretches in which anybody speaks; those that only touch stay apart."""
    united: list[Stretch] = []
    for start_ms, end_ms in sorted(stretch for stretches in by_channel for stretch in stretches):
        if united and start_ms < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end_ms))
        else:
            united.append((start_ms, end_ms))
    return united


def _cut(stretches: Sequence[Stretch], loudness: np.ndarray, max_ms: int) -> list[Stretch]:
    return [part for whole in stretches for part in cut_long(whole, loudness, max_ms=max_ms)]


def _share(on_progress: OnProgress | None, before_ms: int, channels: int) -> OnProgress | None:
    """Progress of one channel as a share of all, in the recording's own time."""
    if on_progress is None:
        return None
    return lambda done, total: on_progress((before_ms + done) // channels, total)


def softer_than_another(loudness: np.ndarray) -> np.ndarray:
    """Where, in an array of (channels, frames), a channel is far softer than the loudest one."""
    window = np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES
    smooth = np.stack([np.convolve(row, window, mode="same") for row in loudness])
    return smooth < smooth.max(axis=0) * _BLEED_RATIO
