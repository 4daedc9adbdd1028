"""Sorts turns by voice: alike ones together, as many groups as people are expected, or as differ.

A guess, always: voices of one family, or of one synthesiser, may be closer than one voice on two
days. Whoever shows the groups should let people hear and correct them.
"""

from collections.abc import Iterator, Sequence

import numpy as np

# Between the turns of one person about 0.1 to 0.25, of two people mostly 0.3 and more.
MOST_DISTANCE = 0.27
MOST_VOICES = 20
_SURE_MS = 1_500
_MOST_COMPARED = 1_500
# A cough or a laugh is like nobody's voice, and would pass for a person of its own.
_LEAST_VOICE_MS = 2_000
_LEAST_VOICE_SHARE = 0.02
_ROUNDS = 5


class VoicesMissingError(Exception):
    """The network that tells voices apart is not installed."""

    message = "Voices can't be told apart here: the network for it is not installed."
    remedy = "Ask the operator to install requirements/voices.txt, or name the speakers yourself."

    def __init__(self) -> None:
        super().__init__(f"{self.message} {self.remedy}")


def sort_voices(
    prints: np.ndarray, lengths_ms: Sequence[int], *, expected: int | None = None
) -> list[int | None]:
    """The voice of each turn, counted from 0 in order of who speaks first; None without a print.

    `prints` are rows of length 1, or 0 where nothing could be heard. Turns of some length are
    compared with each other; short ones, whose prints say little, then go to the nearest voice.
    """
    lengths = np.asarray(lengths_ms, dtype=np.float64)
    is_heard = np.linalg.norm(prints, axis=1) > 0.5
    if not is_heard.any():
        return [None] * len(lengths)
    sure = _sure_turns(np.where(is_heard, lengths, 0), at_least=expected or 1)
    groups = _group(1 - prints[sure] @ prints[sure].T, lengths[sure], expected)
    centres = _centres(prints[sure], lengths[sure], groups)
    nearest = _settle(prints[is_heard], lengths[is_heard], centres)
    voices: list[int | None] = [None] * len(lengths)
    for index, voice in zip(np.flatnonzero(is_heard), _by_appearance(nearest), strict=True):
        voices[index] = voice
    return voices


def _sure_turns(lengths: np.ndarray, *, at_least: int) -> np.ndarray:
    """Places of the turns that are long enough to be compared, in order; the longest of many."""
    longest = np.argsort(-lengths, kind="stable")
    count = int((lengths >= _SURE_MS).sum())
    count = min(max(count, at_least), int((lengths > 0).sum()), _MOST_COMPARED)
    return np.sort(longest[:count])


def _group(distances: np.ndarray, lengths: np.ndarray, expected: int | None) -> np.ndarray:
    """A label for each turn, 0 and up, or -1 for those that are like nobody's voice."""
    count = min(expected or MOST_VOICES, MOST_VOICES, len(lengths))
    chosen = np.arange(len(lengths))
    for distance, labels in _joinings(distances, lengths):
        is_near = expected is None and distance <= MOST_DISTANCE
        has_as_many_groups = expected is not None and len(np.unique(labels)) == count
        if is_near or has_as_many_groups or len(_voices_in(labels, lengths)) >= count:
            chosen = labels
    voices = _voices_in(chosen, lengths)
    if not len(voices) or (expected is not None and len(voices) < count):
        voices = np.unique(chosen)[:MOST_VOICES]
    places = {label: place for place, label in enumerate(voices.tolist())}
    return np.array([places.get(label, -1) for label in chosen.tolist()])


def _voices_in(labels: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The groups that last long enough to be a person."""
    totals = np.bincount(labels, weights=lengths)
    return np.flatnonzero(totals >= max(_LEAST_VOICE_MS, lengths.sum() * _LEAST_VOICE_SHARE))


def _joinings(distances: np.ndarray, lengths: np.ndarray) -> Iterator[tuple[float, np.ndarray]]:
    """Average linkage: labels before anything is joined, then after each joining of the two
    nearest groups, with their distance. Groups weigh what their turns last."""
    between = distances.astype(np.float64)
    np.fill_diagonal(between, np.inf)
    weights = lengths.copy()
    labels = np.arange(len(lengths))
    yield 0.0, labels.copy()
    for _ in range(len(lengths) - 1):
        kept, gone = sorted(divmod(int(between.argmin()), len(between)))
        distance = float(between[kept, gone])
        share = weights[gone] / (weights[kept] + weights[gone])
        between[kept] = between[kept] * (1 - share) + between[gone] * share
        between[:, kept] = between[kept]
        between[kept, kept] = np.inf
        between[gone] = between[:, gone] = np.inf
        weights[kept] += weights[gone]
        labels[labels == gone] = kept
        yield distance, labels.copy()


def _centres(prints: np.ndarray, lengths: np.ndarray, groups: np.ndarray) -> np.ndarray:
    weighted = prints * lengths[:, None]
    sums = [weighted[groups == group].sum(axis=0) for group in range(groups.max() + 1)]
    return np.stack([total / np.linalg.norm(total) for total in sums])


def _settle(prints: np.ndarray, lengths: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Each turn to the voice it is nearest to, and the voices anew from their turns, until it
    rests. A voice never loses its last turn."""
    groups = (prints @ centres.T).argmax(axis=1)
    for _ in range(_ROUNDS):
        if len(np.unique(groups)) < len(centres):
            break
        again = (prints @ _centres(prints, lengths, groups).T).argmax(axis=1)
        if (again == groups).all():
            break
        groups = again
    return groups


def _by_appearance(groups: np.ndarray) -> list[int]:
    order = list(dict.fromkeys(groups.tolist()))
    return [order.index(group) for group in groups.tolist()]
