"""With a channel each, everybody's speech is found in their own channel, and there only."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.worker.media.dialogues import DATA, channel_each, interview, sentences
from worker.speech.channels import ChannelSpeech, find_channel_speech, unite
from worker.speech.engine import Utterance
from worker.speech.planning import ChannelStretch, plan_parts
from worker.speech.recognise import recognise_part, recognise_windows
from worker.speech.whisper_engine import WhisperEngine
from worker.speech.windows import Window, find_speech


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


class Listening:
    """An engine that keeps what it was given to hear."""

    def __init__(self) -> None:
        self.heard: list[np.ndarray] = []

    def recognise_batch(self, windows: Sequence[np.ndarray], **_: object) -> list[list[Utterance]]:
        self.heard += windows
        return [[] for _ in windows]


def test_other_voices_are_silent_in_a_channel_s_windows() -> None:
    samples = np.full((16_000 * 4, 2), 16_384, dtype=np.int16)
    speech = [ChannelStretch(1_000, 1_500, 1), ChannelStretch(1_500, 2_500, 0)]
    speech += [ChannelStretch(2_500, 3_000, 1)]
    engine = Listening()
    windows = [Window(1_000, 3_000, 1), Window(1_500, 2_500, 0), Window(0, 4_000)]
    list(recognise_windows(samples, windows[:2], engine, "en", speech=speech))  # type: ignore[arg-type]
    list(recognise_windows(samples[:, 0], windows[2:], engine, "en", speech=speech))  # type: ignore[arg-type]
    first, second, together = engine.heard
    assert first.tolist() == [0.5] * 8_000 + [0.0] * 16_000 + [0.5] * 8_000
    assert second.tolist() == [0.5] * 16_000
    assert together.tolist() == [0.5] * 64_000


def test_each_person_is_written_down_once_and_by_name() -> None:
    """With the voices bleeding into each other's channels, as in a call on loudspeakers."""
    engine = WhisperEngine.load(str(DATA / "whisper-sample.pt"), "cpu")
    samples = as_samples(channel_each(bleed_db=-18))
    heard = [
        utterance
        for part in plan_parts(samples).parts
        for utterance in recognise_part(samples, part, engine, "en")
    ]
    for channel, speaker in enumerate(("moderator", "P01")):
        said = {sentence["text"] for sentence in sentences() if sentence["speaker"] == speaker}
        assert {utterance.text for utterance in heard if utterance.channel == channel} == said
    assert [utterance.start_ms for utterance in heard] == sorted(u.start_ms for u in heard)
