"""Turns of a script as one recording, with the time of every word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scripts.sample.cast import CAST, LOUDNESS, MODERATOR
from scripts.speech.flite import SAMPLE_RATE, Speech
from scripts.speech.voices import Voice

Samples = npt.NDArray[np.float32]
SPEECH_LEVEL = 0.08
ROOM_LEVEL = 0.0003
LEAD_SECONDS = 0.6
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Turn:
    """What one speaker says in one go."""

    speaker: str
    text: str


@dataclass(frozen=True)
class WrittenWord:
    """A word of a transcript; both times are None where nothing was recorded."""

    text: str
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True)
class Segment:
    """A turn with its words."""

    speaker: str
    words: tuple[WrittenWord, ...]


@dataclass(frozen=True)
class Recording:
    """Samples at SAMPLE_RATE and what is said in them."""

    samples: Samples
    segments: tuple[Segment, ...]


def record(turns: Sequence[Turn], random: np.random.Generator) -> Recording:
    """Say `turns` one after the other, with pauses like those of a conversation."""
    pieces: list[Samples] = [_silence(LEAD_SECONDS)]
    segments: list[Segment] = []
    for index, turn in enumerate(turns):
        if index:
            pieces.append(_silence(_pause_seconds(turns[index - 1], turn, random)))
        spoken = [_said(turn.speaker, text, random) for text in SENTENCE_END.split(turn.text)]
        words: list[WrittenWord] = []
        for number, speech in enumerate(spoken):
            if number:
                pieces.append(_silence(random.uniform(0.3, 0.5)))
            words.extend(_at(speech, sum(len(piece) for piece in pieces)))
            pieces.append(speech.samples)
        segments.append(Segment(turn.speaker, tuple(words)))
    samples = np.concatenate([*pieces, _silence(LEAD_SECONDS)])
    room = random.standard_normal(len(samples)).astype(np.float32) * ROOM_LEVEL
    return Recording(samples + room, tuple(segments))


def _said(speaker: str, text: str, random: np.random.Generator) -> Speech:
    voice: Voice = CAST[speaker]
    speech = voice.at_pace(random.uniform(0.97, 1.03)).say(text)
    level = float(np.sqrt(np.mean(speech.samples**2)))
    gain = SPEECH_LEVEL * LOUDNESS.get(speaker, 1.0) / level
    return Speech(np.clip(speech.samples * gain, -0.98, 0.98), speech.words)


def _at(speech: Speech, offset: int) -> list[WrittenWord]:
    start = offset / SAMPLE_RATE
    return [
        WrittenWord(
            word.text,
            round((start + word.start_seconds) * 1000),
            round((start + word.end_seconds) * 1000),
        )
        for word in speech.words
    ]


def _pause_seconds(before: Turn, after: Turn, random: np.random.Generator) -> float:
    if before.speaker == after.speaker:
        return float(random.uniform(0.6, 0.9))
    if before.speaker == MODERATOR:
        return float(random.uniform(0.7, 1.2))
    return float(random.uniform(0.5, 0.8))


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
