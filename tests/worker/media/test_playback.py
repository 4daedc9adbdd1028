"""What the page plays: copied where every browser plays and seeks it, encoded elsewhere."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.worker.media.dialogues import channel_each, write_wav
from tests.worker.media.recordings import noise, write_recording
from worker.media import Limits, Prepared, prepare_media

LIMITS = Limits(cpu_seconds=60, wall_seconds=120)


def prepared(source: Path) -> Prepared:
    return prepare_media(
        source, source.parent / "out", limits=LIMITS, on_progress=lambda done_ms, total_ms: None
    )


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def with_title(source: Path) -> Path:
    """The same recording, under a name that somebody gave it."""
    target = source.with_stem("titled")
    with av.open(str(source)) as given, av.open(str(target), "w") as output:
        output.metadata["title"] = "Anna Smith"
        streams = {
            stream.index: output.add_stream_from_template(stream) for stream in given.streams
        }
        for packet in given.demux():
            if packet.size:
                packet.stream = streams[packet.stream.index]
                output.mux(packet)
    return target


def test_aac_is_copied_as_it_is_without_pictures_and_names(tmp_path: Path) -> None:
    call = with_title(
        write_recording(tmp_path / "call.mp4", codec="aac", container="mp4", video=True)
    )
    playback = prepared(call).playback_path
    assert playback.name == "playback.m4a"
    assert packets(playback) == packets(call)
    content = playback.read_bytes()
    assert b"Anna" in call.read_bytes()
    assert b"Anna" not in content
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(playback)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]


def test_a_small_wave_is_copied_sample_by_sample(tmp_path: Path) -> None:
    memo = write_recording(
        tmp_path / "memo.wav",
        codec="pcm_s16le",
        container="wav",
        rate_hz=16_000,
        samples=noise(3, 16_000),
    )
    playback = prepared(with_title(memo)).playback_path
    assert playback.name == "playback.wav"
    assert b"".join(packets(playback)) == b"".join(packets(memo))
    assert b"Anna" not in playback.read_bytes()


@pytest.mark.parametrize(
    ("name", "codec", "container", "rate_hz"),
    [
        ("studio.wav", "pcm_s16le", "wav", 48_000),
        ("memo.mp3", "libmp3lame", "mp3", 44_100),
        ("voice.ogg", "libopus", "ogg", 48_000),
    ],
)
def test_what_is_large_or_not_played_everywhere_is_encoded(
    tmp_path: Path, name: str, codec: str, container: str, rate_hz: int
) -> None:
    source = write_recording(tmp_path / name, codec=codec, container=container, rate_hz=rate_hz)
    with av.open(str(prepared(source).playback_path)) as playback:
        context = playback.streams.audio[0].codec_context
        assert (context.name, context.channels, context.sample_rate) == ("aac", 1, 32_000)


def write_with_pause(path: Path) -> Path:
    """Two seconds, then nothing for three in the recording's own clock, then two more."""
    with av.open(str(path), "w") as output:
        sound = output.add_stream("aac", rate=48_000, layout="mono")
        for number, start_seconds in enumerate((0, 1, 5, 6)):
            part = noise(4, 48_000)[number * 48_000 :][:48_000]
            frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
            frame.pts = start_seconds * 48_000
            output.mux(sound.encode(frame))
        output.mux(sound.encode(None))
    return path


def test_sound_with_a_pause_in_its_clock_is_encoded_with_the_pause(tmp_path: Path) -> None:
    made = prepared(write_with_pause(tmp_path / "paused.m4a"))
    with av.open(str(made.playback_path)) as playback:
        assert playback.streams.audio[0].codec_context.sample_rate == 32_000
        heard = np.concatenate([frame.to_ndarray()[0] for frame in playback.decode(audio=0)])
    assert made.facts.duration_ms == pytest.approx(7_000, abs=100)
    assert len(heard) / 32 == pytest.approx(made.facts.duration_ms, abs=100)
    assert np.abs(heard[32_000 * 3 : 32_000 * 4]).max() < 0.01


def test_people_in_channels_of_their_own_are_heard_in_both_ears(tmp_path: Path) -> None:
    made = prepared(write_wav(tmp_path / "call.wav", channel_each()[::2], 8_000))
    assert made.facts.is_channel_per_person
    with av.open(str(made.playback_path)) as playback:
        assert playback.streams.audio[0].codec_context.channels == 1
