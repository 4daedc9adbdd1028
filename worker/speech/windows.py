"""Where speech is, and the windows it is recognised in: about 30 s long, ending in pauses."""

from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np

MOST_MS = 30_000
_SPEECH_FROM = 0.5
_SPEECH_UNTIL = 0.35
_LEAST_SPEECH_MS = 160
_LEAST_PAUSE_MS = 300
_MARGIN_MS = 300
_LEAST_REST_MS = 1_000
_MOST_PAUSE_MS = 5_000
_FRAME_MS = 32
_SMOOTH_FRAMES = 5

Stretch = tuple[int, int]


OnProgress = Callable[[int, int], None]


class Window(NamedTuple):
    """A stretch of a recording, or of one of its channels, that is recognised at once."""

    start_ms: int
    end_ms: int
    channel: int | None = None


def find_speech(
    samples: np.ndarray, *, max_ms: int = MOST_MS, on_progress: OnProgress | None = None
) -> list[Stretch]:
    """(start_ms, end_ms) of each stretch of speech in int16 samples at 16 kHz, in order.

    A stretch longer than max_ms is cut at its quietest moment. Memory stays flat however long
    the recording is. The same samples always give the same stretches. on_progress(done_ms,
    total_ms) is called every few seconds of sound, and may raise.
    """
    from worker.speech.voice import measure_frames  # noqa: PLC0415  loads torch

    probabilities, loudness = measure_frames(samples, on_progress=on_progress)
    length_ms = len(samples) // 16
    stretches = with_margins(speech_frames(probabilities), length_ms=length_ms)
    return [part for stretch in stretches for part in cut_long(stretch, loudness, max_ms=max_ms)]


def speech_frames(probabilities: np.ndarray) -> list[Stretch]:
    """Stretches in ms: speech starts above one threshold and ends after a pause below another."""
    pieces: list[Stretch] = []
    for first, last in _runs(probabilities >= _SPEECH_UNTIL):
        loud = np.flatnonzero(probabilities[first:last] >= _SPEECH_FROM)
        if loud.size:
            pieces.append(((first + int(loud[0])) * _FRAME_MS, last * _FRAME_MS))
    joined: list[Stretch] = []
    for start_ms, end_ms in pieces:
        if joined and start_ms - joined[-1][1] < _LEAST_PAUSE_MS:
            joined[-1] = (joined[-1][0], end_ms)
        else:
            joined.append((start_ms, end_ms))
    return [piece for piece in joined if piece[1] - piece[0] >= _LEAST_SPEECH_MS]


def with_margins(stretches: Sequence[Stretch], *, length_ms: int) -> list[Stretch]:
    """Each stretch with a little of the pause around it, for soft first and last sounds."""
    widened: list[Stretch] = []
    for (start_ms, end_ms), following in zip_longest(stretches, stretches[1:]):
        latest_ms = (end_ms + following[0]) // 2 if following else length_ms
        earliest_ms = widened[-1][1] if widened else 0
        widened.append(
            (max(start_ms - _MARGIN_MS, earliest_ms), min(end_ms + _MARGIN_MS, latest_ms))
        )
    return widened


def cut_long(stretch: Stretch, loudness: np.ndarray, *, max_ms: int) -> list[Stretch]:
    """Parts of at most max_ms, cut where it is quietest in the later half of each part."""
    start_ms, end_ms = stretch
    parts: list[Stretch] = []
    while end_ms - start_ms > max_ms:
        earliest_ms = start_ms + max_ms // 2
        latest_ms = min(
            start_ms + max_ms, max(end_ms - _LEAST_REST_MS, earliest_ms + _FRAME_MS * 2)
        )
        cut_ms = _quietest_ms(loudness, earliest_ms, latest_ms)
        parts.append((start_ms, cut_ms))
        start_ms = cut_ms
    return [*parts, (start_ms, end_ms)]


def plan_windows(
    speech: Sequence[Stretch], max_ms: int = MOST_MS, *, first_ms: int = 0
) -> list[Window]:
    """Fill windows with whole stretches up to max_ms; a long pause also ends a window. The first
    one is filled up to first_ms, if that is given.

    A window starts and ends with its speech: silence inside it is what makes engines invent text.
    """
    windows: list[Window] = []
    for start_ms, end_ms in speech:
        last = windows[-1] if windows else None
        is_near = last is not None and start_ms - last.end_ms <= _MOST_PAUSE_MS
        most_ms = (first_ms or max_ms) if len(windows) == 1 else max_ms
        if last is not None and is_near and end_ms - last.start_ms <= most_ms:
            windows[-1] = Window(last.start_ms, end_ms)
        else:
            windows += _split_evenly(start_ms, end_ms, max_ms)
    return windows


def _split_evenly(start_ms: int, end_ms: int, max_ms: int) -> list[Window]:
    count = max(1, -(-(end_ms - start_ms) // max_ms))
    edges = [start_ms + (end_ms - start_ms) * index // count for index in range(count + 1)]
    return [Window(first, last) for first, last in pairwise(edges)]


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _quietest_ms(loudness: np.ndarray, from_ms: int, to_ms: int) -> int:
    first, last = -(-from_ms // _FRAME_MS), to_ms // _FRAME_MS
    near = loudness[max(0, first - _SMOOTH_FRAMES // 2) : last + _SMOOTH_FRAMES // 2 + 1]
    smooth = np.convolve(near, np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES, mode="same")
    offset = first - max(0, first - _SMOOTH_FRAMES // 2)
    middle = first + int(np.argmin(smooth[offset : offset + last - first]))
    return middle * _FRAME_MS + _FRAME_MS // 2
