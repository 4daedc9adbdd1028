"""Segments and their words as columns of small numbers, so that hours of speech travel fast. Pure.

A word is `[word_id, text, start_ms, end_ms, probability]`. What repeats compresses well: ids come
as runs of equal steps, times as the pause before something and how long it lasts.
"""

from collections.abc import Iterable, Sequence
from typing import Any

# Columns of a segment that stay as they are when many segments are put beside each other.
_KEPT = (
    "id",
    "speaker_id",
    "is_speaker_suggested",
    "voice",
    "doubt",
    "style",
    "words",
    "gaps_ms",
    "lengths_ms",
    "doubtful",
    "is_withheld",
)

Word = Sequence[Any]
Times = tuple[int | None, int | None]


def word_columns(
    words: Sequence[Word], *, start_ms: int | None, doubtful: Iterable[int]
) -> dict[str, Any]:
    """Columns of the words of a segment that begins at start_ms; `doubtful` are ids of theirs."""
    gaps_ms, lengths_ms = relative_times(((word[2], word[3]) for word in words), start_ms or 0)
    indices = {word[0]: index for index, word in enumerate(words)}
    has_times = any(gap is not None for gap in gaps_ms)
    return {
        "word_id_runs": id_runs(word[0] for word in words),
        "words": [word[1] for word in words],
        "gaps_ms": gaps_ms if has_times else None,
        "lengths_ms": lengths_ms if has_times else None,
        "doubtful": index_runs(indices[word_id] for word_id in doubtful),
    }


def transpose(segments: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Many segments, each in columns, as columns of segments: the same, a quarter smaller.

    Numbers that grow come as steps: `position_steps`, and `pauses_ms` and `durations_ms` in place
    of start and end. The runs of word ids go on from one segment to the next.
    """
    times = relative_times((segment["start_ms"], segment["end_ms"]) for segment in segments)
    return {
        **{name: [segment[name] for segment in segments] for name in _KEPT},
        "position_steps": _steps(segment["position"] for segment in segments),
        "pauses_ms": times[0],
        "durations_ms": times[1],
        "word_id_runs": id_runs(
            word_id
            for segment in segments
            for first, count, step in segment["word_id_runs"]
            for word_id in (first + index * step for index in range(count))
        ),
    }


def id_runs(ids: Iterable[int]) -> list[list[int]]:
    """Ids as [first, count, step]; a run of one has step 0."""
    runs: list[list[int]] = []
    for number in ids:
        if runs and _continues(runs[-1], number):
            run = runs[-1]
            run[2] = number - run[0] if run[1] == 1 else run[2]
            run[1] += 1
        else:
            runs.append([number, 1, 0])
    return runs


def index_runs(indices: Iterable[int]) -> list[list[int]]:
    """Rising indices as [first, count] of those next to each other."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == sum(runs[-1]):
            runs[-1][1] += 1
        else:
            runs.append([index, 1])
    return runs


def relative_times(
    times: Iterable[Times], clock_ms: int = 0
) -> tuple[list[int | None], list[int | None]]:
    """Of each (start, end) the time since the end before it, and how long it lasts.

    What has no start has neither and is passed over; without an end the next counts from its start.
    """
    gaps_ms: list[int | None] = []
    lengths_ms: list[int | None] = []
    for start_ms, end_ms in times:
        if start_ms is None:
            gaps_ms.append(None)
            lengths_ms.append(None)
            continue
        gaps_ms.append(start_ms - clock_ms)
        lengths_ms.append(None if end_ms is None else end_ms - start_ms)
        clock_ms = start_ms if end_ms is None else end_ms
    return gaps_ms, lengths_ms


def _continues(run: list[int], number: int) -> bool:
    first, count, step = run
    return count == 1 or number == first + count * step


def _steps(numbers: Iterable[int]) -> list[int]:
    steps, before = [], 0
    for number in numbers:
        steps.append(number - before)
        before = number
    return steps
