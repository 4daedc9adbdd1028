"""Segments as the API gives them, for tests: read back into words, and hours of made-up speech."""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

_CONSONANTS = "bcdfghlmnprstvw"
_VOWELS = "aeiou"

Times = tuple[int | None, int | None]


def read_segments(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """The segments of a whole transcript, each as other answers give it."""
    times = read_times(columns["pauses_ms"], columns["durations_ms"])
    ids = iter(read_word_ids(columns))
    same = ("id", "speaker_id", "is_speaker_suggested", "voice", "doubt", "style")
    worded = ("words", "gaps_ms", "lengths_ms", "doubtful")
    return [
        {name: columns[name][index] for name in (*same, *worded)}
        | {"position": position, "start_ms": times[index][0], "end_ms": times[index][1]}
        | {"word_id_runs": [[next(ids), 1, 0] for _ in columns["words"][index]]}
        for index, position in enumerate(accumulate(columns["position_steps"]))
    ]


def read_words(segment: dict[str, Any]) -> list[list[Any]]:
    """Its words as [word_id, text, start_ms, end_ms]."""
    ids = read_word_ids(segment)
    nothing = [None] * len(ids)
    times = read_times(
        segment["gaps_ms"] or nothing, segment["lengths_ms"] or nothing, segment["start_ms"] or 0
    )
    rows = zip(ids, segment["words"], times, strict=True)
    return [[word_id, text, *both] for word_id, text, both in rows]


def read_times(
    pauses_ms: list[int | None], durations_ms: list[int | None], clock_ms: int = 0
) -> list[Times]:
    """Starts and ends, from the time since the end before and how long each lasts."""
    times: list[Times] = []
    for pause_ms, duration_ms in zip(pauses_ms, durations_ms, strict=True):
        if pause_ms is None:
            times.append((None, None))
            continue
        start_ms = clock_ms + pause_ms
        end_ms = None if duration_ms is None else start_ms + duration_ms
        times.append((start_ms, end_ms))
        clock_ms = start_ms if end_ms is None else end_ms
    return times


def read_word_ids(segment: dict[str, Any]) -> list[int]:
    """The ids of its words."""
    return [
        first + index * step
        for first, count, step in segment["word_id_runs"]
        for index in range(count)
    ]


def read_doubtful_ids(segment: dict[str, Any]) -> list[int]:
    """The ids of those of its words that are to be listened to first."""
    ids = read_word_ids(segment)
    return [ids[first + index] for first, count in segment["doubtful"] for index in range(count)]


def make_talk(word_count: int, *, seed: int = 7, id_step: int = 16) -> list[list[list[Any]]]:
    """Speech of so many words: for each segment its words [id, text, start, end, probability].

    Words are as often repeated, and as long, as people's are; times lie on recognition's grid of
    20 ms, with pauses inside and between sentences.
    """
    chance = random.Random(seed)
    sentences = _sentences(word_count, chance)
    segments, word_id, clock_ms = [], id_step, 600
    for sentence in sentences:
        words = []
        for text in sentence:
            clock_ms += 0 if chance.random() < 0.75 else 20 * chance.randint(1, 12)
            length_ms = 20 * max(2, round(chance.gauss(3 + 2 * len(text), 4)))
            probability = round(min(1.0, chance.uniform(0.25, 1.4)), 3)
            words.append([word_id, text, clock_ms, clock_ms + length_ms, probability])
            word_id, clock_ms = word_id + id_step, clock_ms + length_ms
        segments.append(words)
        clock_ms += 20 * chance.randint(5, 90)
    return segments


def _sentences(word_count: int, chance: random.Random) -> Iterator[list[str]]:
    spoken = [_make_word(chance, rank) for rank in range(4000)]
    often = [1 / (rank + 3) for rank in range(4000)]
    left = word_count
    while left:
        length = min(left, max(2, round(chance.gauss(14, 6))))
        words = chance.choices(spoken, often, k=length)
        words = [word + "," if chance.random() < 0.06 else word for word in words]
        yield [words[0].capitalize(), *words[1:-1], words[-1].strip(",") + "."]
        left -= length


def _make_word(chance: random.Random, rank: int) -> str:
    syllables = 1 + (rank > 60) + (rank > 900) + (chance.random() < 0.2)
    made = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))
    return made + chance.choice(["", "n", "s", "t", "ing"])
