"""Channels of a recording: apart where each holds a person, told from stereo of other kinds."""

from pathlib import Path

import numpy as np
import pytest

from tests.worker.media.dialogues import channel_each, interview, write_wav
from tests.worker.media.recordings import write_recording
from worker.media import Limits, MediaLimitError, decode_speech, open_pcm, prepare_media
from worker.media.facts import MediaFacts

RATE_HZ = 16_000
LIMITS = Limits(cpu_seconds=60, wall_seconds=60)


def ignore_progress(done_ms: int, total_ms: int) -> None:
    """Nobody watches."""


def facts_of(folder: Path, channels: np.ndarray) -> MediaFacts:
    path = write_wav(folder / "talk.wav", channels)
    return prepare_media(path, folder, limits=LIMITS, on_progress=ignore_progress).facts


def decoded(path: Path, channels: int) -> np.ndarray:
    target = path.with_suffix(".pcm")
    count = decode_speech(
        path, target, limits=LIMITS, on_progress=ignore_progress, channels=channels
    )
    samples = open_pcm(target, channels)
    assert len(samples) == count
    return samples


def in_a_room() -> np.ndarray:
    """Both voices in both channels, from two places, with an echo."""
    left, right = channel_each().T
    near = np.stack([left + 0.6 * right, 0.6 * left + right], axis=1)
    return (near + 0.3 * np.roll(near, 700, axis=0)[:, ::-1]) / 2


def music() -> np.ndarray:
    """A melody left, chords right, drums in the middle."""
    times = np.arange(RATE_HZ * 30) / RATE_HZ
    melody = np.sin(2 * np.pi * 220 * times * 2 ** (np.floor(times * 2) % 5 / 12))
    chords = sum(np.sin(2 * np.pi * pitch * times) for pitch in (262, 330, 392))
    drums = np.random.default_rng(1).normal(0, 1, times.size) * np.exp(-(times % 0.5) * 20)
    mixed = np.stack([melody + 0.2 * chords, 0.2 * melody + 0.5 * chords], axis=1)
    return (mixed + drums[:, None]) * 0.2


def with_one_in_both(share: float) -> np.ndarray:
    """For a share of the time both speak at once, as people do."""
    channels = channel_each()
    count = round(len(channels) * share)
    channels[:count] += interview()[-count:, None]
    return channels / 2


def beside_silence(count: int) -> np.ndarray:
    """The two channels with silent ones of people who only listen."""
    channels = channel_each()
    return np.concatenate([channels, np.zeros((len(channels), count))], axis=1)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        pytest.param(channel_each, True, id="a channel each"),
        pytest.param(lambda: channel_each(bleed_db=-20, noise_db=-50), True, id="some bleed"),
        pytest.param(lambda: channel_each() * [1.0, 0.05], True, id="one much softer"),
        pytest.param(lambda: with_one_in_both(0.15), True, id="both at once now and then"),
        pytest.param(lambda: beside_silence(2), True, id="two more only listen"),
        pytest.param(lambda: beside_silence(7), False, id="more channels than are kept apart"),
        pytest.param(lambda: with_one_in_both(0.8), False, id="both at once mostly"),
        pytest.param(lambda: np.repeat(interview()[:, None], 2, axis=1), False, id="a copy"),
        pytest.param(lambda: interview()[:, None] * [1, -0.3], False, id="a softer mirrored copy"),
        pytest.param(lambda: interview()[:, None] * [1.0, 0.0], False, id="one channel is silent"),
        pytest.param(in_a_room, False, id="stereo in a room"),
        pytest.param(music, False, id="music"),
        pytest.param(lambda: channel_each()[: RATE_HZ * 6], False, id="too little said"),
        pytest.param(lambda: np.zeros((RATE_HZ * 20, 2)), False, id="silence"),
        pytest.param(
            lambda: np.random.default_rng(1).normal(0, 0.1, (RATE_HZ * 20, 2)), False, id="noise"
        ),
        pytest.param(interview, False, id="mono"),
    ],
)
def test_a_person_in_each_channel_is_told_from_other_recordings(
    tmp_path: Path, make: object, expected: bool
) -> None:
    channels = make()  # type: ignore[operator]
    facts = facts_of(tmp_path, channels)
    assert facts.is_channel_per_person is expected
    assert facts.channels == (1 if channels.ndim == 1 else channels.shape[1])


def test_what_would_take_too_much_room_apart_is_mixed(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "talk.wav", channel_each())
    small = Limits(cpu_seconds=60, wall_seconds=60, output_bytes=3 << 20)
    facts = prepare_media(path, tmp_path, limits=small, on_progress=ignore_progress).facts
    assert not facts.is_channel_per_person
    with pytest.raises(MediaLimitError):
        decode_speech(
            path, tmp_path / "a.pcm", limits=small, on_progress=ignore_progress, channels=2
        )


@pytest.mark.parametrize("count", [2, 3, 6, 8])
def test_channels_stay_apart_and_in_their_places(tmp_path: Path, count: int) -> None:
    tones = np.zeros((RATE_HZ * 3, count), dtype=np.float32)
    for channel in range(count):
        tones[RATE_HZ // 4 * channel : RATE_HZ // 4 * (channel + 1), channel] = 0.5
    samples = decoded(write_wav(tmp_path / "tones.wav", tones), count)
    assert samples.shape == tones.shape
    assert np.abs(samples / 32_768 - tones).max() < 0.001


def test_channels_of_a_compressed_recording_stay_in_step(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "a.m4a", codec="aac", container="mp4", layout="stereo")
    samples = decoded(path, 2)
    alone = decoded(path, 1)
    assert samples.shape == (len(alone), 2)
    assert np.corrcoef(samples[:, 0], samples[:, 1])[0, 1] > 0.99


def test_channels_that_are_not_there_are_silent(tmp_path: Path) -> None:
    samples = decoded(write_wav(tmp_path / "a.wav", interview()), 3)
    assert samples[:, 0].any()
    assert not samples[:, 1:].any()


@pytest.mark.parametrize("count", [0, 9, 64])
def test_more_channels_than_can_be_kept_apart_are_refused(tmp_path: Path, count: int) -> None:
    path = write_wav(tmp_path / "a.wav", np.zeros(RATE_HZ))
    with pytest.raises(ValueError, match="can be kept apart"):
        decoded(path, count)


def test_no_samples_have_channels_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.pcm"
    path.touch()
    assert open_pcm(path, 2).shape == (0, 2)
