"""Opens untrusted recordings and finds their sound; runs inside a confined process only."""

from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.logging
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard, Disposition

CONTAINERS = ("wav", "w64", "mp3", "mov", "ogg", "flac", "matroska")
_CONTAINER_NAMES = {"mov": "mp4", "matroska": "webm", "w64": "wav"}
_PCM = ("u8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le", "f32be", "f64le")
AUDIO_CODECS = (
    *(f"pcm_{layout}" for layout in (*_PCM, "alaw", "mulaw", "s8")),
    *("aac", "alac", "mp3", "mp3float", "mp2", "mp2float", "flac", "amrnb", "amrwb"),
    *("opus", "libopus", "vorbis", "libvorbis", "adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt"),
)
# mov.c follows references to other files unless told not to; both are its own defaults.
OPEN_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": "wav,w64,mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,flac,matroska,webm",
    "codec_whitelist": ",".join(AUDIO_CODECS),
    "enable_drefs": "0",
    "use_absolute_path": "0",
}
# From the slowest of telephones to the fastest of studios; outside, a little file may claim weeks.
RATES_HZ = range(4_000, 768_001)
MOST_CHANNELS = 64
# Writers that can't go back to the header leave the greatest number there, or nearly.
_UNKNOWN_RIFF_BYTES = 0x7FFF_0000
_MAGIC = (
    (0, b"RIFF"),
    (0, b"RF64"),
    (4, b"ftyp"),
    (4, b"moov"),
    (4, b"mdat"),
    (0, b"OggS"),
    (0, b"fLaC"),
    (0, b"\x1aE\xdf\xa3"),
)

_OGG_PAGE_BYTES = 65_307
_OGG_HEAD_BYTES = 27
_OGG_LAST_PAGE = 0x04

_GUESSED_DURATION = "Estimating duration from bitrate"


class RefusedMediaError(Exception):
    """`kind` is that of the MediaError the parent process will raise."""

    def __init__(self, kind: str, detail: str) -> None:
        self.kind = kind
        super().__init__(detail)


class Recording:
    """An open recording and the one sound track that is used."""

    def __init__(self, path: Path) -> None:
        self.size_bytes = path.stat().st_size
        self._path = path
        with av.logging.Capture(local=False) as log:
            self.container = self._open()
        self.is_duration_guessed = any(_GUESSED_DURATION in line for _, _, line in log)
        self.stream = self._choose_stream()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.container.close()

    @property
    def container_name(self) -> str:
        name = self.container.format.name.split(",")[0]
        return _CONTAINER_NAMES.get(name, name)

    @property
    def codec_name(self) -> str:
        return self.stream.codec_context.codec.canonical_name

    @property
    def has_video(self) -> bool:
        return any(
            not stream.disposition & Disposition.attached_pic
            for stream in self.container.streams.video
        )

    @property
    def is_sound_alone(self) -> bool:
        return len(self.container.streams) == 1

    @property
    def declared_ms(self) -> int:
        """The duration the file claims, 0 when it says nothing that can be relied on."""
        if self.is_duration_guessed:
            return 0
        return max(0, (self.container.duration or 0) * 1000 // av.time_base)

    @property
    def is_shorter_than_it_says(self) -> bool:
        """FFmpeg reads the length of a cut file from what is left of it; its form tells more."""
        match self.container_name:
            case "wav":
                return self.size_bytes < _said_riff_bytes(self._path) < _UNKNOWN_RIFF_BYTES
            case "mp4":
                return _ends_inside_a_box(self._path)
            case "ogg":
                return _ends_before_its_last_page(self._path)
        return False

    def refusal(self, detail: str) -> RefusedMediaError:
        """Damaged if it begins as a recording does, else no recording at all."""
        return RefusedMediaError("truncated" if _has_magic(self._path) else "not_media", detail)

    def _open(self) -> InputContainer:
        try:
            # Recorders write titles in whatever their system speaks; no title stops a recording.
            container = av.open(
                f"file:{self._path}", options=dict(OPEN_OPTIONS), metadata_errors="replace"
            )
        except MemoryError:
            raise
        except (av.error.FFmpegError, ValueError) as error:
            raise self.refusal(str(error)) from error
        if container.format.name.split(",")[0] not in CONTAINERS:
            raise RefusedMediaError("not_media", f"format {container.format.name}")
        return container

    def _silent(self) -> RefusedMediaError:
        """The list of tracks may have been cut off before the one with the sound."""
        if not self.container.streams.video:
            return RefusedMediaError("not_media", "no audio stream")
        is_cut = self.is_shorter_than_it_says
        return RefusedMediaError("truncated" if is_cut else "no_audio", "no audio stream")

    def _choose_stream(self) -> AudioStream:
        streams = self.container.streams
        if not streams.audio:
            raise self._silent()
        chosen = streams.best("audio") or streams.audio[0]
        if not isinstance(chosen, AudioStream) or chosen.codec_context is None:
            raise RefusedMediaError("not_media", "unknown audio codec")
        if chosen.codec_context.name not in AUDIO_CODECS:
            raise RefusedMediaError("not_media", f"codec {chosen.codec_context.name}")
        _require_possible_sound(chosen)
        for stream in streams:
            if stream is not chosen:
                stream.discard = Discard.all
        return chosen


def _has_magic(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    return any(head[place : place + len(magic)] == magic for place, magic in _MAGIC)


def _require_possible_sound(stream: AudioStream) -> None:
    rate_hz, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    if rate_hz and (rate_hz not in RATES_HZ or channels > MOST_CHANNELS):
        raise RefusedMediaError("impossible", f"{rate_hz} Hz, {channels} channels")


def _said_riff_bytes(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(8)
    return int.from_bytes(head[4:], "little") if head.startswith(b"RIFF") else 0


def _ends_inside_a_box(path: Path) -> bool:
    """An MP4 is a row of boxes, each with its size in front; 0 means up to the end."""
    end = path.stat().st_size
    place = 0
    with path.open("rb") as file:
        while place + 8 <= end:
            file.seek(place)
            size = int.from_bytes(file.read(4))
            if size == 1:
                size = int.from_bytes(file.read(12)[4:])
            if size < 8:
                return False
            place += size
    return place > end


def _ends_before_its_last_page(path: Path) -> bool:
    """An Ogg file is a row of pages, the last of which says that it is the last."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _OGG_PAGE_BYTES))
        tail = file.read()
    page = tail[max(0, tail.rfind(b"OggS")) :]
    if len(page) < _OGG_HEAD_BYTES or not page[5] & _OGG_LAST_PAGE:
        return True
    segments = page[_OGG_HEAD_BYTES : _OGG_HEAD_BYTES + page[_OGG_HEAD_BYTES - 1]]
    return _OGG_HEAD_BYTES + len(segments) + sum(segments) > len(page)
