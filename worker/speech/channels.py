"""Where each person speaks, in a recording that gives each a channel of its own."""

import numpy as np

from worker.speech.windows import MOST_MS, Stretch, cut_long, speech_frames, with_margins

# A voice that much softer than another channel's is that other voice, heard through the room.
_BLEED_RATIO = 0.25
_SMOOTH_FRAMES = 9


def find_channel_speech(samples: np.ndarray, *, max_ms: int = MOST_MS) -> list[list[Stretch]]:
    """For each channel what `find_speech` gives; samples have the shape (moments, channels).

    A voice counts in one channel only: where it is heard softly in another one too, that one is
    taken to be silent.
    """
    from worker.speech.voice import measure_frames  # noqa: PLC0415  loads torch

    measured = [measure_frames(samples[:, channel]) for channel in range(samples.shape[1])]
    loudness = np.stack([loud for _, loud in measured])
    is_bleed = softer_than_another(loudness)
    length_ms = len(samples) // 16
    found: list[list[Stretch]] = []
    for channel, (probabilities, loud) in enumerate(measured):
        own = np.where(is_bleed[channel], 0.0, probabilities)
        stretches = with_margins(speech_frames(own), length_ms=length_ms)
        found.append([part for whole in stretches for part in cut_long(whole, loud, max_ms=max_ms)])
    return found


def softer_than_another(loudness: np.ndarray) -> np.ndarray:
    """Where, in an array of (channels, frames), a channel is far softer than the loudest one."""
    window = np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES
    smooth = np.stack([np.convolve(row, window, mode="same") for row in loudness])
    return smooth < smooth.max(axis=0) * _BLEED_RATIO
