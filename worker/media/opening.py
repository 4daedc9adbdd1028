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
    def declared_ms(self) -> int:
        """The duration the file claims, 0 when it says nothing that can be relied on."""
        if self.is_duration_guessed:
            return 0
        return max(0, (self.container.duration or 0) * 1000 // av.time_base)

    @property
    def is_shorter_than_it_says(self) -> bool:
        """FFmpeg reads the length of a cut WAV from what is left of it; its header knows more."""
        with self._path.open("rb") as file:
            head = file.read(8)
        if not head.startswith(b"RIFF"):
            return False
        said_bytes = int.from_bytes(head[4:], "little")
        return self.size_bytes < said_bytes < _UNKNOWN_RIFF_BYTES

    def refusal(self, detail: str) -> RefusedMediaError:
        """Damaged if it begins as a recording does, else no recording at all."""
        return RefusedMediaError("truncated" if _has_magic(self._path) else "not_media", detail)

    def _open(self) -> InputContainer:
        try:
            container = av.open(f"file:{self._path}", "r", options=dict(OPEN_OPTIONS))
        except MemoryError:
            raise
        except (av.error.FFmpegError, ValueError) as error:
            raise self.refusal(str(error)) from error
        if container.format.name.split(",")[0] not in CONTAINERS:
            raise RefusedMediaError("not_media", f"format {container.format.name}")
        return container

    def _choose_stream(self) -> AudioStream:
        streams = self.container.streams
        if not streams.audio:
            raise RefusedMediaError("no_audio" if streams.video else "not_media", "no audio stream")
        chosen = streams.best("audio") or streams.audio[0]
        if not isinstance(chosen, AudioStream) or chosen.codec_context is None:
            raise RefusedMediaError("not_media", "unknown audio codec")
        if chosen.codec_context.name not in AUDIO_CODECS:
            raise RefusedMediaError("not_media", f"codec {chosen.codec_context.name}")
        for stream in streams:
            if stream is not chosen:
                stream.discard = Discard.all
        return chosen


def _has_magic(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    return any(head[place : place + len(magic)] == magic for place, magic in _MAGIC)
