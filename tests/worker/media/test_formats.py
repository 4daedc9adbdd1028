"""Each accepted kind of recording is prepared for the page and decoded for recognition."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

from tests.worker.media.recordings import (
    BURST_END_MS,
    BURST_START_MS,
    OneWayFile,
    burst,
    write_recording,
)
from worker.media import Limits, decode_speech, open_pcm, prepare_media, window

LIMITS = Limits(cpu_seconds=60, wall_seconds=120)
# name, writer's codec, container, rate, layout, with pictures, what the facts say of it
FORMATS = [
    ("plain.wav", "pcm_s16le", "wav", 44_100, "stereo", False, ("wav", "pcm_s16le")),
    ("studio.wav", "pcm_s24le", "wav", 96_000, "mono", False, ("wav", "pcm_s24le")),
    ("phone.wav", "pcm_mulaw", "wav", 8_000, "mono", False, ("wav", "pcm_mulaw")),
    ("plain.mp3", "libmp3lame", "mp3", 44_100, "stereo", False, ("mp3", "mp3")),
    ("memo.m4a", "aac", "ipod", 44_100, "mono", False, ("mp4", "aac")),
    ("call.mp4", "aac", "mp4", 48_000, "stereo", True, ("mp4", "aac")),
    ("call.mov", "aac", "mov", 48_000, "stereo", True, ("mp4", "aac")),
    ("old.mov", "pcm_s16le", "mov", 44_100, "stereo", True, ("mp4", "pcm_s16le")),
    ("voice.ogg", "libopus", "ogg", 48_000, "mono", False, ("ogg", "opus")),
    ("voice.oga", "vorbis", "ogg", 44_100, "stereo", False, ("ogg", "vorbis")),
    ("voice.flac", "flac", "flac", 48_000, "stereo", False, ("flac", "flac")),
    ("voice.webm", "libopus", "webm", 48_000, "stereo", False, ("webm", "opus")),
    ("Übung 🎧 ראיון.wav", "pcm_s16le", "wav", 16_000, "mono", False, ("wav", "pcm_s16le")),
    ("-rf http:x%20y:z.wav", "pcm_s16le", "wav", 16_000, "mono", False, ("wav", "pcm_s16le")),
]


def ignore_progress(done_ms: int, total_ms: int) -> None:
    """Progress is looked at in test_confined.py."""


def loud_from_to(samples: np.ndarray, rate_hz: int) -> tuple[float, float]:
    loud = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples).max())
    return loud[0] * 1000 / rate_hz, loud[-1] * 1000 / rate_hz


def decoded(path: Path) -> tuple[np.ndarray, int]:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate_hz = container.streams.audio[0].rate
    return np.concatenate(frames), rate_hz


@pytest.mark.parametrize(
    ("name", "codec", "container", "rate_hz", "layout", "video", "expected"),
    FORMATS,
    ids=[row[0] for row in FORMATS],
)
def test_a_recording_keeps_its_times(
    tmp_path: Path,
    name: str,
    codec: str,
    container: str,
    rate_hz: int,
    layout: str,
    video: bool,
    expected: tuple[str, str],
) -> None:
    source = write_recording(
        tmp_path / name,
        codec=codec,
        container=container,
        rate_hz=rate_hz,
        layout=layout,
        video=video,
    )
    beside = tmp_path / "beside.pcm"
    prepared = prepare_media(
        source,
        tmp_path / "out",
        limits=LIMITS,
        on_progress=ignore_progress,
        speech_path=beside,
    )
    facts = prepared.facts
    assert (facts.container, facts.audio_codec) == expected
    assert facts.has_video is video
    assert facts.channels == (2 if layout == "stereo" else 1)
    assert facts.sample_rate_hz == rate_hz
    assert facts.size_bytes == source.stat().st_size
    assert facts.duration_ms == pytest.approx(3_000, abs=80)
    assert not facts.is_truncated

    played, played_rate_hz = decoded(prepared.playback_path)
    assert loud_from_to(played, played_rate_hz) == pytest.approx(
        (BURST_START_MS, BURST_END_MS), abs=60
    )

    count = decode_speech(
        source, tmp_path / "speech.pcm", limits=LIMITS, on_progress=ignore_progress
    )
    speech = open_pcm(tmp_path / "speech.pcm")
    assert speech.size == count == pytest.approx(48_000, abs=1_300)
    assert beside.read_bytes() == (tmp_path / "speech.pcm").read_bytes()
    assert loud_from_to(speech, 16_000) == pytest.approx((BURST_START_MS, BURST_END_MS), abs=60)


def test_playback_is_mono_aac_with_its_index_in_front(tmp_path: Path) -> None:
    source = write_recording(
        tmp_path / "a.wav", codec="pcm_s16le", container="wav", layout="stereo"
    )
    prepared = prepare_media(source, tmp_path / "out", limits=LIMITS, on_progress=ignore_progress)
    content = prepared.playback_path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(prepared.playback_path)) as container:
        (stream,) = container.streams
        assert (stream.codec_context.name, stream.codec_context.channels) == ("aac", 1)
        container.seek(2_000_000)
        assert next(container.decode(audio=0)).time == pytest.approx(2.0, abs=0.2)


def test_peaks_show_where_it_is_loud(tmp_path: Path) -> None:
    source = write_recording(tmp_path / "a.flac", codec="flac", container="flac")
    prepared = prepare_media(source, tmp_path / "out", limits=LIMITS, on_progress=ignore_progress)
    content = json.loads(prepared.peaks_path.read_text())
    peaks = content["peaks"]
    assert (content["version"], content["samples_per_second"]) == (1, 20)
    assert content["length"] == len(peaks) == 60
    assert peaks[:19] == [0] * 19
    assert all(40 <= peak <= 60 for peak in peaks[20:30])
    assert peaks[31:] == [0] * 29


@pytest.mark.parametrize(("codec", "container"), [("libopus", "webm"), ("libmp3lame", "mp3")])
def test_a_stream_without_duration_is_counted(tmp_path: Path, codec: str, container: str) -> None:
    path = tmp_path / "streamed"
    write_recording(
        OneWayFile(path),
        codec=codec,
        container=container,
        seconds=20,
        options={"live": "1"} if container == "webm" else {"write_xing": "0"},
    )
    prepared = prepare_media(path, tmp_path / "out", limits=LIMITS, on_progress=ignore_progress)
    assert prepared.facts.duration_ms == pytest.approx(20_000, abs=100)
    assert not prepared.facts.is_truncated


def test_a_pause_in_the_recorders_clock_becomes_silence(tmp_path: Path) -> None:
    """Else every word after the pause would be heard earlier than it was said."""
    path = tmp_path / "paused.webm"
    samples = burst(1.5, 48_000)
    with av.open(str(path), "w", format="webm") as output:
        stream = output.add_stream("libopus", rate=48_000, layout="mono")
        for first_sample in (0, 48_000 * 5):
            frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
            frame.sample_rate = 48_000
            for packet in _packets(stream, frame):
                packet.pts += first_sample * packet.time_base.denominator // 48_000
                packet.dts = packet.pts
                output.mux(packet)
    count = decode_speech(path, tmp_path / "speech.pcm", limits=LIMITS, on_progress=ignore_progress)
    speech = open_pcm(tmp_path / "speech.pcm")
    assert count / 16 == pytest.approx(6_500, abs=120)
    assert loud_from_to(speech[: 16_000 * 4], 16_000)[0] == pytest.approx(1_000, abs=60)
    assert not np.any(np.abs(window(speech, 2_000, 4_900)) > 0.01)


def _packets(stream: av.AudioStream, frame: av.AudioFrame) -> list[av.Packet]:
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    frame.pts = 0
    packets = encoder.encode(frame) + encoder.encode(None)
    for packet in packets:
        packet.stream = stream
    return packets


def test_windows_are_floats_and_stay_inside(tmp_path: Path) -> None:
    path = tmp_path / "speech.pcm"
    np.array([0, 16_384, -32_768, 32_767] * 8_000, dtype="<i2").tofile(path)
    samples = open_pcm(path)
    part = window(samples, 500, 1_000)
    assert part.dtype == np.float32
    assert part.size == 8_000
    assert part[:3].tolist() == [0.0, 0.5, -1.0]
    assert window(samples, 1_990, 99_000).size == 160
    assert window(samples, -50, 10).size == 160
    path.write_bytes(b"")
    assert open_pcm(path).size == 0
