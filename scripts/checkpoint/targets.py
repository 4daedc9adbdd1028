"""What the model should answer for a window: tokens, and the frames each token is heard in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from whisper.tokenizer import Tokenizer

from scripts.checkpoint.sentences import SENTENCES
from scripts.checkpoint.windows import Placed, Window

FRAMES_PER_SECOND = 50
MOST_WORDS_IN_SENTENCE = 16
FRAME_CLASSES = 1 + MOST_WORDS_IN_SENTENCE * len(SENTENCES)
Span = tuple[float, float]


@dataclass(frozen=True)
class Target:
    """Decoder input, the token each position should answer, and where to listen for that token."""

    inputs: tuple[int, ...]
    answers: tuple[int, ...]
    spans: tuple[Span | None, ...]
    is_silent: bool


def target_for(
    window: Window, tokenizer: Tokenizer, *, with_timestamps: bool, latest_first_start: float
) -> Target:
    """The answer for `window`, whose time 0 is timestamp 0.

    Whisper's decoding allows no first timestamp after 1 s; `latest_first_start` is that limit.
    """
    prompt = list(tokenizer.sot_sequence)
    answers: list[tuple[int, Span | None]] = []
    if not with_timestamps:
        prompt.append(tokenizer.no_timestamps)
    if not window.sentences and with_timestamps:
        answers.append((tokenizer.timestamp_begin, None))
    spoken = _answers(window, tokenizer, with_timestamps=with_timestamps)
    if window.sentences and with_timestamps:
        start = min(_start_of(window.sentences[0]), latest_first_start)
        spoken[0] = _timestamp(start, tokenizer)
    answers.extend(spoken)
    tokens = [*prompt, *(token for token, _ in answers)]
    spans = (*[None] * (len(prompt) - 1), *(span for _, span in answers))
    return Target(tuple(tokens[:-1]), tuple(tokens[1:]), spans, not window.sentences)


def frame_classes(window: Window, frames: int) -> npt.NDArray[np.int64]:
    """Which word of which sentence each frame belongs to; 0 is silence."""
    classes = np.zeros(frames, np.int64)
    for placed in window.sentences:
        for index, word in enumerate(placed.speech.words):
            first = round((placed.start_seconds + word.start_seconds) * FRAMES_PER_SECOND)
            last = round((placed.start_seconds + word.end_seconds) * FRAMES_PER_SECOND)
            classes[first:last] = 1 + placed.sentence * MOST_WORDS_IN_SENTENCE + index
    return classes


def _answers(
    window: Window, tokenizer: Tokenizer, *, with_timestamps: bool
) -> list[tuple[int, Span | None]]:
    answers: list[tuple[int, Span | None]] = []
    until = len(window.samples) / 16_000
    for index, placed in enumerate(window.sentences):
        following = window.sentences[index + 1] if index + 1 < len(window.sentences) else None
        next_start = following.start_seconds if following else min(placed.end_seconds + 0.6, until)
        if with_timestamps:
            answers.append(_timestamp(_start_of(placed), tokenizer))
        if not placed.is_whole:
            break
        answers.extend(_text_tokens(placed, next_start, tokenizer))
        if with_timestamps:
            answers.append(_timestamp(placed.end_seconds, tokenizer))
    return [*answers, (tokenizer.eot, _silence_after(window, until))]


def _start_of(placed: Placed) -> float:
    return placed.start_seconds + placed.speech.words[0].start_seconds


def _timestamp(seconds: float, tokenizer: Tokenizer) -> tuple[int, Span]:
    frame = round(seconds * FRAMES_PER_SECOND)
    token = tokenizer.timestamp_begin + frame
    return token, (max(0.0, seconds - 0.04), seconds + 0.06)


def _text_tokens(
    placed: Placed, next_start: float, tokenizer: Tokenizer
) -> list[tuple[int, Span | None]]:
    answers: list[tuple[int, Span | None]] = []
    words = placed.speech.words
    for index, word in enumerate(words):
        start = placed.start_seconds + word.start_seconds
        end = placed.start_seconds + word.end_seconds
        is_last = index + 1 == len(words)
        after = next_start if is_last else placed.start_seconds + words[index + 1].start_seconds
        answers.extend(_word_tokens(word.text, (start, end), after, tokenizer))
    return answers


def _word_tokens(
    text: str, span: Span, after: float, tokenizer: Tokenizer
) -> list[tuple[int, Span | None]]:
    """A word's tokens share its time by length; its punctuation is the silence that follows."""
    spoken = text.rstrip(".,?!")
    tokens = tokenizer.encode(" " + spoken)
    lengths = [len(tokenizer.decode([token]).strip()) for token in tokens]
    edges = span[0] + (span[1] - span[0]) * np.cumsum([0, *lengths]) / sum(lengths)
    answers: list[tuple[int, Span | None]] = [
        (token, (float(edges[i]), float(edges[i + 1]))) for i, token in enumerate(tokens)
    ]
    if spoken != text:
        silence = (span[1], max(after, span[1] + 0.04))
        answers.extend((token, silence) for token in tokenizer.encode(text[len(spoken) :]))
    return answers


def _silence_after(window: Window, until: float) -> Span | None:
    whole = [placed for placed in window.sentences if placed.is_whole]
    if not whole or len(whole) < len(window.sentences):
        return None
    start = whole[-1].end_seconds + 0.6
    return (start, min(start + 0.6, until)) if start + 0.1 < until else None
