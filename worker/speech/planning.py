"""Cuts a recording into parts: a few windows each, which any worker may recognise.

What is in a part depends on the recording alone, so that it is heard in the same company, and with
the same result, whoever recognises it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from worker.speech.channels import find_channel_speech
from worker.speech.windows import OnProgress, Stretch, Window, find_speech, plan_windows

# Recognised at once they cost about half as much as one by one.
WINDOWS_A_PART = 4
# The last ones go in smaller parts, so that all workers end at about the same time.
_LAST_WINDOWS = 2 * WINDOWS_A_PART
_FIRST_WINDOW_MS = 8_000
# Of what is longer, the first part is found before all of it has been listened to.
_LEAST_LONG_MS = 300_000
_BEGINNING_MS = 60_000
_CUT_OFF_MS = 5_000
_SAMPLES_A_MS = 16


class ChannelStretch(NamedTuple):
    """Speech in a channel; None where the recording has but one."""

    start_ms: int
    end_ms: int
    channel: int | None


@dataclass(frozen=True)
class PartPlan:
    """Some windows, the speech in them, and how much of it there is (as time passes)."""

    windows: tuple[Window, ...]
    speech: tuple[ChannelStretch, ...]
    speech_ms: int

    @property
    def start_ms(self) -> int:
        return min(window.start_ms for window in self.windows)

    @property
    def end_ms(self) -> int:
        return max(window.end_ms for window in self.windows)

    def to_content(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "windows": [[*window] for window in self.windows],
            "speech": [[*stretch] for stretch in self.speech],
            "speech_ms": self.speech_ms,
        }

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> "PartPlan":
        return cls(
            windows=tuple(Window(*window) for window in content["windows"]),
            speech=tuple(ChannelStretch(*stretch) for stretch in content["speech"]),
            speech_ms=content["speech_ms"],
        )


@dataclass(frozen=True)
class Plan:
    """Where anybody speaks in a recording, and the parts it is recognised in."""

    speech: list[Stretch]
    parts: list[PartPlan]


def plan_beginning(samples: np.ndarray) -> Plan | None:
    """The first part of a long recording, by its first minute alone; samples as in `plan_parts`.

    It is one window, of a few seconds if there is a pause. None for a short recording, which is
    listened to as soon, and where nobody speaks in that minute.
    """
    if samples.ndim > 1 or len(samples) < _LEAST_LONG_MS * _SAMPLES_A_MS:
        return None
    speech = find_speech(samples[: _BEGINNING_MS * _SAMPLES_A_MS], on_progress=None)
    windows = plan_windows(speech, first_ms=_FIRST_WINDOW_MS)[:1]
    # Speech that the minute cuts off may go on.
    if not windows or windows[0].end_ms > _BEGINNING_MS - _CUT_OFF_MS:
        return None
    return Plan(_inside(windows[0], speech), [_plan_part(windows, speech, {None: speech})])


def plan_parts(samples: np.ndarray, *, on_progress: OnProgress | None = None) -> Plan:
    """Samples are int16 at 16 kHz: (moments,), or (moments, channels) with a person in each.

    The first part is one window, so that text appears soon: that of `plan_beginning`, if there is
    one.
    """
    beginning = plan_beginning(samples)
    if samples.ndim == 1:
        speech = find_speech(samples, on_progress=on_progress)
        by_channel: dict[int | None, list[Stretch]] = {None: speech}
    else:
        found = find_channel_speech(samples, on_progress=on_progress)
        speech, by_channel = found.together, dict(enumerate(found.by_channel))
    if beginning is None:
        windows = plan_windows(speech)
        parts = [_plan_part(group, speech, by_channel) for group in _groups(windows)]
        return Plan(speech, parts)
    (first,) = beginning.parts
    later = [(max(start, first.end_ms), end) for start, end in speech if end > first.end_ms]
    groups = _groups([Window(first.start_ms, first.end_ms), *plan_windows(later)])
    parts = [_plan_part(group, later, {None: later}) for group in islice(groups, 1, None)]
    return Plan(beginning.speech + later, [first, *parts])


def _groups(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    start, size = 0, 1
    while start < len(windows):
        yield windows[start : start + size]
        start += size
        is_near_end = len(windows) - start <= _LAST_WINDOWS
        size = WINDOWS_A_PART // 2 if is_near_end else WINDOWS_A_PART


def _plan_part(
    windows: Sequence[Window],
    speech: Sequence[Stretch],
    by_channel: dict[int | None, list[Stretch]],
) -> PartPlan:
    entries: list[Window] = []
    heard: list[ChannelStretch] = []
    for window in windows:
        for channel, stretches in by_channel.items():
            inside = _inside(window, stretches)
            entries += _windows_of_channel(inside, channel)
            heard += [ChannelStretch(*stretch, channel) for stretch in inside]
    lengths = (end - start for window in windows for start, end in _inside(window, speech))
    return PartPlan(tuple(entries), tuple(heard), sum(lengths))


def _windows_of_channel(speech: Sequence[Stretch], channel: int | None) -> list[Window]:
    """Windows end and start with speech, and have no long pause, in which others may speak:
    silence is where engines invent text, or miss what comes after it."""
    if not speech:
        return []
    if channel is None:  # a window of the whole recording is one already
        return [Window(speech[0][0], speech[-1][1])]
    return [Window(*window[:2], channel) for window in plan_windows(speech)]


def _inside(window: Window, stretches: Sequence[Stretch]) -> list[Stretch]:
    """What of the stretches, which are in order, lies in the window."""
    first = bisect_right(stretches, window.start_ms, key=itemgetter(1))
    last = bisect_left(stretches, window.end_ms, key=itemgetter(0))
    return [
        (max(start_ms, window.start_ms), min(end_ms, window.end_ms))
        for start_ms, end_ms in stretches[first:last]
    ]
