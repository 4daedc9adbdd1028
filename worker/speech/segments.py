"""Cuts what Whisper decoded into segments at its timestamp tokens; plain numbers, no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SECONDS_PER_STEP = 0.02


@dataclass(frozen=True)
class TokenSegment:
    """Text tokens between two timestamps, in seconds from the start of what was decoded."""

    start_seconds: float
    end_seconds: float
    tokens: tuple[int, ...]


def cut_segments(
    tokens: Sequence[int], *, timestamp_begin: int, length_seconds: float
) -> tuple[list[TokenSegment], float | None]:
    """The segments, and from which second on the sound is still to be decoded (None: nothing is).

    Two timestamps in a row part two segments. Text after the last pair is unfinished: decoding
    goes on from that moment. A single timestamp at the end says that nothing more is said.
    """
    is_time = [token >= timestamp_begin for token in tokens]
    cuts = [index for index in range(1, len(tokens)) if is_time[index - 1] and is_time[index]]
    if not cuts:
        return _one_segment(tokens, is_time, timestamp_begin, length_seconds), None
    is_closed = is_time[-2:] == [False, True]
    edges = [0, *cuts, len(tokens)] if is_closed else [0, *cuts]
    segments = [
        TokenSegment(
            start_seconds=(tokens[first] - timestamp_begin) * SECONDS_PER_STEP,
            end_seconds=(tokens[last - 1] - timestamp_begin) * SECONDS_PER_STEP,
            tokens=tuple(tokens[first:last]),
        )
        for first, last in pairwise(edges)
    ]
    return segments, None if is_closed else segments[-1].end_seconds


def _one_segment(
    tokens: Sequence[int], is_time: Sequence[bool], timestamp_begin: int, length_seconds: float
) -> list[TokenSegment]:
    times = [token for token, is_one in zip(tokens, is_time, strict=True) if is_one]
    end_seconds = length_seconds
    if times and times[-1] != timestamp_begin:
        end_seconds = (times[-1] - timestamp_begin) * SECONDS_PER_STEP
    return [TokenSegment(0.0, end_seconds, tuple(tokens))] if tokens else []
