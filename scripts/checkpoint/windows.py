"""Training windows: sentences placed at random in up to 30 seconds, with times for every token."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scripts.checkpoint.sentences import PACES, SENTENCES, VOICES
from scripts.speech.flite import SAMPLE_RATE, Speech
from scripts.speech.opus import decoded, encoded
from scripts.speech.voices import resampled

WINDOW_SECONDS = 30.0
Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Placed:
    """A sentence in a window; `is_whole` is false where the window's end cuts it."""

    sentence: int
    speech: Speech
    start_seconds: float
    is_whole: bool

    @property
    def end_seconds(self) -> float:
        return self.start_seconds + self.speech.words[-1].end_seconds


@dataclass(frozen=True)
class Window:
    """`seconds` of audio and the sentences in it, in order."""

    samples: Samples
    sentences: tuple[Placed, ...] = field(default=())


@dataclass(frozen=True)
class Plan:
    """How long windows are and how many sentences they may hold."""

    seconds: float
    fewest_sentences: int
    most_sentences: int
    longest_pause_seconds: float
    silent_share: float
    may_cut_last: bool


def clips() -> tuple[tuple[Speech, ...], ...]:
    """For each sentence, everything said of it: all voices and paces, plain and through Opus."""
    spoken = []
    for text in SENTENCES:
        plain = [voice.at_pace(pace).say(text) for voice in VOICES for pace in PACES]
        spoken.append((*plain, *(_through_opus(speech) for speech in plain)))
    return tuple(spoken)


def random_window(
    bank: Sequence[Sequence[Speech]], plan: Plan, random: np.random.Generator
) -> Window:
    """A window of `plan.seconds`, sometimes without speech, over no, faint or low noise."""
    samples = _background(round(plan.seconds * SAMPLE_RATE), random)
    if random.random() < plan.silent_share:
        return Window(samples)
    placed: list[Placed] = []
    at_seconds = _leading_silence(plan, random)
    loudness = random.uniform(0.15, 1.0)
    count = random.integers(plan.fewest_sentences, plan.most_sentences + 1)
    for sentence in random.permutation(len(bank))[:count]:
        speech = resampled(_chosen(bank[int(sentence)], random), random.uniform(0.94, 1.06))
        is_whole = at_seconds + len(speech.samples) / SAMPLE_RATE <= plan.seconds
        if not is_whole and not (plan.may_cut_last and placed):
            break
        if at_seconds > plan.seconds - 0.3:
            break
        placed.append(Placed(int(sentence), speech, at_seconds, is_whole))
        _mix(samples, speech.samples * loudness, at_seconds)
        if not is_whole:
            break
        at_seconds = placed[-1].end_seconds + _pause(plan, random)
    return Window(samples, tuple(placed))


def _chosen(spoken: Sequence[Speech], random: np.random.Generator) -> Speech:
    speech = spoken[int(random.integers(len(spoken)))]
    level = float(np.sqrt(np.mean(speech.samples**2)))
    return Speech(speech.samples * (0.1 / level), speech.words)


def _through_opus(speech: Speech) -> Speech:
    return Speech(decoded(encoded(speech.samples)), speech.words)


def _mix(samples: Samples, added: Samples, at_seconds: float) -> None:
    start = round(at_seconds * SAMPLE_RATE)
    room = samples[start : start + len(added)]
    room += added[: len(room)]


def _background(count: int, random: np.random.Generator) -> Samples:
    if random.random() < 0.4:
        return np.zeros(count, np.float32)
    level = 10 ** random.uniform(-4.5, -2.3)
    noise = random.standard_normal(count).astype(np.float32)
    if random.random() < 0.5:
        noise = np.convolve(noise, np.full(8, 8**-0.5, np.float32), mode="same")
    return (noise * level).astype(np.float32)


def _leading_silence(plan: Plan, random: np.random.Generator) -> float:
    longest = float(random.choice((0.3, 1.0, plan.longest_pause_seconds)))
    return float(random.uniform(0.0, longest))


def _pause(plan: Plan, random: np.random.Generator) -> float:
    longest = float(random.choice((0.8, 2.0, plan.longest_pause_seconds)))
    return float(random.uniform(0.12, min(longest, plan.longest_pause_seconds)))
