"""Voices: a flite voice with its own pace, pitch and vocal-tract size."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scripts.speech.flite import SAMPLE_RATE, Speech, TimedWord, speak


@dataclass(frozen=True)
class Voice:
    """`size` above 1 lowers the formants (a larger speaker); pace and pitch are kept as asked."""

    flite_voice: str
    stretch: float = 1.0
    pitch: float = 1.0
    size: float = 1.0

    def say(self, text: str) -> Speech:
        """Speech of `text` without the silence around it."""
        spoken = speak(
            text,
            voice=self.flite_voice,
            stretch=self.stretch / self.size,
            pitch=self.pitch * self.size,
        )
        return trimmed(resampled(spoken, self.size))

    def at_pace(self, factor: float) -> "Voice":
        """The same voice, speaking `factor` times as long."""
        return replace(self, stretch=self.stretch * factor)


def resampled(speech: Speech, factor: float) -> Speech:
    """`speech` lasting `factor` times as long, by resampling: pitch and formants move with it."""
    if factor == 1.0:
        return speech
    count = round(len(speech.samples) * factor)
    positions = np.arange(count) / factor
    samples = np.interp(positions, np.arange(len(speech.samples)), speech.samples)
    return Speech(samples.astype(np.float32), _scaled(speech.words, factor, 0.0))


def trimmed(speech: Speech, margin_seconds: float = 0.02) -> Speech:
    """`speech` cut to its first and last word, with short fades instead of clicks."""
    start = max(0.0, speech.words[0].start_seconds - margin_seconds)
    end = speech.words[-1].end_seconds + margin_seconds
    samples = speech.samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)].copy()
    return Speech(faded(samples), _scaled(speech.words, 1.0, -start))


def faded(samples: npt.NDArray[np.float32], seconds: float = 0.01) -> npt.NDArray[np.float32]:
    """`samples` with a linear fade at both ends."""
    count = min(round(seconds * SAMPLE_RATE), len(samples) // 2)
    ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
    samples[:count] *= ramp
    samples[len(samples) - count :] *= ramp[::-1]
    return samples


def _scaled(words: tuple[TimedWord, ...], factor: float, shift: float) -> tuple[TimedWord, ...]:
    return tuple(
        TimedWord(word.text, word.start_seconds * factor + shift, word.end_seconds * factor + shift)
        for word in words
    )
