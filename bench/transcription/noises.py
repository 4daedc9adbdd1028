"""Sounds in which nobody speaks, the same every time."""

import numpy as np

from bench.transcription.speech import RATE_HZ

NOISES = ("digital silence", "a quiet room", "white noise", "mains hum", "music")
_SEED = 20261122
_CHORDS = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6))


def make_noise(kind: str, *, seconds: int) -> np.ndarray:
    """int16 samples at 16 kHz."""
    time = np.arange(seconds * RATE_HZ) / RATE_HZ
    random = np.random.default_rng(_SEED)
    match kind:
        case "digital silence":
            sound = np.zeros_like(time)
        case "a quiet room":
            sound = 0.002 * random.standard_normal(len(time))
        case "white noise":
            sound = 0.1 * random.standard_normal(len(time))
        case "mains hum":
            sound = 0.2 * np.sin(2 * np.pi * 50 * time) + 0.1 * np.sin(2 * np.pi * 150 * time)
        case "music":
            sound = _music(time)
        case _:
            raise ValueError(f"There is no sound called {kind!r}.")
    return (np.clip(sound, -1, 1) * 32_767).astype(np.int16)


def _music(time: np.ndarray) -> np.ndarray:
    """A chord a second, plucked, with some overtones."""
    second, phase = np.divmod(time, 1.0)
    sound = np.zeros_like(time)
    for number, chord in enumerate(_CHORDS):
        is_now = second % len(_CHORDS) == number
        for tone in chord:
            for overtone in (1, 2, 3):
                sound += is_now * np.sin(2 * np.pi * tone * overtone * time) / overtone
    return 0.1 * sound * np.exp(-3 * phase)
