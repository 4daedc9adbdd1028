"""With a channel each, everybody's speech is found in their own channel, and there only."""

import numpy as np
import pytest

from tests.worker.media.dialogues import channel_each, interview, sentences
from worker.speech.channels import ChannelSpeech, find_channel_speech, unite
from worker.speech.windows import find_speech


def heard_ms(found: list[tuple[int, int]], speaker: str) -> int:
    return sum(
        max(0, min(sentence["end_ms"], last) - max(sentence["start_ms"], first))
        for sentence in sentences()
        for first, last in found
        if sentence["speaker"] == speaker
    )


def said_ms(speaker: str) -> int:
    return sum(s["end_ms"] - s["start_ms"] for s in sentences() if s["speaker"] == speaker)


def as_samples(channels: np.ndarray) -> np.ndarray:
    return (np.clip(channels, -1, 1) * 32_767).astype(np.int16)


@pytest.mark.parametrize("bleed_db", [-90, -20, -14])
def test_a_voice_is_found_in_its_own_channel_only(bleed_db: float) -> None:
    moderator, participant = find_channel_speech(
        as_samples(channel_each(bleed_db=bleed_db))
    ).by_channel
    for found, own, other in [
        (moderator, "moderator", "P01"),
        (participant, "P01", "moderator"),
    ]:
        assert heard_ms(found, own) >= 0.93 * said_ms(own)
        assert heard_ms(found, other) == 0


def test_one_channel_is_what_it_always_was() -> None:
    samples = as_samples(interview())
    speech = find_speech(samples)
    assert find_channel_speech(samples[:, None]) == ChannelSpeech(speech, [speech])


def test_nobody_speaks_in_silence() -> None:
    silence = np.zeros((16_000 * 5, 3), dtype=np.int16)
    assert find_channel_speech(silence) == ChannelSpeech([], [[], [], []])


def test_what_anybody_says_is_united_over_channels() -> None:
    by_channel = [[(0, 1000), (3000, 4000)], [(500, 2000), (4000, 5000)], []]
    assert unite(by_channel) == [(0, 2000), (3000, 4000), (4000, 5000)]
