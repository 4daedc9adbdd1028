"""Bad input ends in a clear error, or in what could be saved of it; it never leads elsewhere."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from tests.worker.media.recordings import noise, write_recording
from worker.media import (
    EmptyFileError,
    Limits,
    MediaError,
    NoAudioError,
    NotMediaError,
    Prepared,
    TruncatedMediaError,
    decode_speech,
    opening,
    prepare_media,
)
from worker.media.decoding import SoundDecoder
from worker.media.opening import Recording, RefusedMediaError

LIMITS = Limits(cpu_seconds=60, wall_seconds=120)
RATE_HZ = 16_000


def prepare(source: Path) -> Prepared:
    folder = source.parent / "out"
    return prepare_media(source, folder, limits=LIMITS, on_progress=lambda done, total: None)


def noisy(path: Path, codec: str, container: str, **more: object) -> Path:
    rate_hz = 48_000 if codec == "libopus" else RATE_HZ
    return write_recording(
        path,
        codec=codec,
        container=container,
        rate_hz=rate_hz,
        samples=noise(20, rate_hz),
        **more,  # type: ignore[arg-type]
    )


def keep(path: Path, share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_MEDIA = [
    ("notes.mp3", b"Patient says she waits for weeks.\n" * 200),
    ("picture.mp3", SVG.encode()),
    ("picture.mp4", b"\x89PNG\r\n\x1a\n" + bytes(500)),
    ("paper.wav", b"%PDF-1.7\n" + bytes(2_000)),
    ("zeros.mp3", bytes(50_000)),
    ("chance.mp3", np.random.default_rng(3).bytes(60_000)),
    ("chance.bin", np.random.default_rng(4).bytes(60_000)),
    ("one-byte.wav", b"R"),
    ("page.ogg", b"<!doctype html><audio src='x.wav'></audio>"),
]


@pytest.mark.parametrize(("name", "content"), NOT_MEDIA, ids=[name for name, _ in NOT_MEDIA])
def test_what_is_no_recording_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotMediaError) as caught:
        prepare(path)
    assert "not a recording" in caught.value.message
    assert "WAV, MP3" in caught.value.remedy
    assert not list((tmp_path / "out").iterdir())


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    path.touch()
    with pytest.raises(EmptyFileError, match="0 bytes"):
        prepare(path)
    with pytest.raises(EmptyFileError):
        decode_speech(path, tmp_path / "a.pcm", limits=LIMITS, on_progress=lambda done, total: None)


def test_a_video_without_sound_says_so(tmp_path: Path) -> None:
    path = write_recording(
        tmp_path / "silent.mp4", codec="aac", container="mp4", video=True, audio=False
    )
    with pytest.raises(NoAudioError, match="no sound track"):
        prepare(path)


def test_a_codec_outside_the_list_is_refused(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "dolby.mp4", codec="ac3", container="mp4")
    with pytest.raises(NotMediaError) as caught:
        prepare(path)
    assert "ac3" in caught.value.detail


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_an_mp4_without_its_index_is_cut_short(tmp_path: Path, share: float) -> None:
    path = noisy(tmp_path / "call.mp4", "aac", "mp4", video=True)
    keep(path, share)
    with pytest.raises(TruncatedMediaError) as caught:
        prepare(path)
    assert "was kept" in caught.value.message


CUT = [
    ("a.wav", "pcm_s16le", "wav", {}),
    ("a.flac", "flac", "flac", {}),
    ("a.mp3", "libmp3lame", "mp3", {}),
    ("a.webm", "libopus", "webm", {}),
    ("a.m4a", "aac", "mp4", {"movflags": "+faststart"}),
]


@pytest.mark.parametrize(
    ("name", "codec", "container", "options"), CUT, ids=[row[0] for row in CUT]
)
def test_what_is_left_of_a_cut_recording_is_kept(
    tmp_path: Path, name: str, codec: str, container: str, options: dict[str, str]
) -> None:
    path = noisy(tmp_path / name, codec, container, options=options)
    assert not prepare(path).facts.is_truncated
    keep(path, 0.5)
    prepared = prepare(path)
    assert prepared.facts.is_truncated
    assert prepared.facts.duration_ms == pytest.approx(10_000, abs=900)
    assert prepared.playback_path.exists()


def test_a_hole_in_the_middle_is_marked_and_the_rest_kept(tmp_path: Path) -> None:
    path = noisy(tmp_path / "a.flac", "flac", "flac")
    _overwrite(path, 0.45, 0.55)
    facts = prepare(path).facts
    assert facts.is_truncated
    assert facts.duration_ms == pytest.approx(20_000, abs=3_000)


def test_a_recording_that_is_mostly_damage_is_refused(tmp_path: Path) -> None:
    path = noisy(tmp_path / "a.m4a", "aac", "mp4", options={"movflags": "+faststart"})
    _overwrite(path, 0.08, 1.0)
    with pytest.raises(TruncatedMediaError):
        prepare(path)


def _overwrite(path: Path, first_share: float, last_share: float) -> None:
    content = bytearray(path.read_bytes())
    first, last = int(len(content) * first_share), int(len(content) * last_share)
    content[first:last] = np.random.default_rng(5).bytes(last - first)
    path.write_bytes(content)


# A text that names another recording: with FFmpeg's own defaults it plays that one.
LURES: dict[str, Callable[[Path], str]] = {
    "concat-beside.wav": lambda other: f"ffconcat version 1.0\nfile {other.name}\n",
    "concat-path.wav": lambda other: f"ffconcat version 1.0\nfile '{other}'\n",
    "list.m3u8": lambda other: (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:3.0,\nfile://{other}\n#EXT-X-ENDLIST\n"
    ),
    "list.mp3": lambda other: (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:3.0,\n{other.name}\n#EXT-X-ENDLIST\n"
    ),
    "list.pls": lambda other: f"[playlist]\nFile1={other}\nLength1=3\n",
    "scene.sdp": lambda other: "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    "show.mpd": lambda other: f'<?xml version="1.0"?><MPD><BaseURL>{other}</BaseURL></MPD>',
}


@pytest.fixture
def neighbour(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "neighbour.wav", codec="pcm_s16le", container="wav")


@pytest.mark.parametrize("name", LURES)
def test_a_text_that_names_a_neighbour_is_refused(
    tmp_path: Path, neighbour: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(LURES[name](neighbour))
    with pytest.raises(NotMediaError):
        prepare(path)
    with pytest.raises(RefusedMediaError):
        Recording(path)


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "guards removed"])
def test_only_the_guards_keep_a_neighbour_unread(
    tmp_path: Path, neighbour: Path, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Without the whitelists the same code plays the neighbour, so the test above can fail."""
    path = tmp_path / "lure.wav"
    path.write_text(LURES["concat-beside.wav"](neighbour))
    if not is_guarded:
        monkeypatch.setattr(opening, "OPEN_OPTIONS", {})
        monkeypatch.setattr(opening, "CONTAINERS", (*opening.CONTAINERS, "concat"))
    if is_guarded:
        with pytest.raises(RefusedMediaError):
            Recording(path)
    else:
        assert _loudness(path) > 0.4


def test_the_whitelist_alone_refuses_the_lure(tmp_path: Path, neighbour: Path) -> None:
    path = tmp_path / "lure.wav"
    path.write_text(LURES["concat-beside.wav"](neighbour))
    with pytest.raises(av.error.FFmpegError):
        av.open(str(path), options=dict(opening.OPEN_OPTIONS))
    with av.open(str(path)) as unguarded:
        assert unguarded.format.name == "concat"


def _loudness(path: Path) -> float:
    with Recording(path) as recording:
        decoder = SoundDecoder(
            recording,
            rate_hz=RATE_HZ,
            sample_format="flt",
            most_seconds=60,
            on_progress=lambda done, total: None,
        )
        return max(float(np.abs(block).max()) for block in decoder.blocks())


def test_every_error_speaks_to_people() -> None:
    for error in MediaError.__subclasses__():
        assert error.message.endswith(".")
        assert error.remedy.endswith(".")
    assert len({error.kind for error in MediaError.__subclasses__()}) == 8
