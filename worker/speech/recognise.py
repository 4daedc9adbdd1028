"""Windows of a recording to utterances in its own time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from worker.media.pcm import window as cut_window
from worker.speech.engine import SpeechEngine, Utterance, Word
from worker.speech.windows import Window

MOST_AT_ONCE = 4
_WINDOWS_FOR_LANGUAGE = 3


def recognise_windows(
    samples: np.ndarray,
    windows: Sequence[Window],
    engine: SpeechEngine,
    language: str,
    *,
    most_at_once: int = MOST_AT_ONCE,
) -> Iterator[tuple[Window, list[Utterance]]]:
    """Each window with what was said in it, in order; times count from the recording's start.

    Several windows at once cost the engine about half as much as one by one. The first goes alone,
    so that text appears soon.
    """
    for together in _batches(windows, most_at_once):
        heard = engine.recognise_batch(
            [cut_window(samples, window.start_ms, window.end_ms) for window in together],
            language=language,
        )
        for window, utterances in zip(together, heard, strict=True):
            yield window, [moved(utterance, window) for utterance in utterances]


def detect_language(samples: np.ndarray, windows: Sequence[Window], engine: SpeechEngine) -> str:
    """The language of a recording, by the votes of its longest windows; "en" if it has none."""
    longest = sorted(windows, key=lambda window: window.start_ms - window.end_ms)
    votes = Counter(
        engine.detect_language(cut_window(samples, window.start_ms, window.end_ms))
        for window in longest[:_WINDOWS_FOR_LANGUAGE]
    )
    return votes.most_common(1)[0][0] if votes else "en"


def moved(utterance: Utterance, window: Window) -> Utterance:
    """The utterance in the recording's time, and inside its window."""

    def place(time_ms: int) -> int:
        return min(max(window.start_ms + time_ms, window.start_ms), window.end_ms)

    words = tuple(
        Word(word.text, place(word.start_ms), place(word.end_ms), word.probability)
        for word in utterance.words
    )
    return replace(
        utterance,
        start_ms=place(utterance.start_ms),
        end_ms=place(utterance.end_ms),
        words=words,
    )


def _batches(windows: Sequence[Window], most_at_once: int) -> Iterator[Sequence[Window]]:
    start, size = 0, 1
    while start < len(windows):
        yield windows[start : start + size]
        start += size
        size = min(size * 2, most_at_once)
