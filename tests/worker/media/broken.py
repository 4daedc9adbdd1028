"""Makes a corpus of broken and odd media from one short recording."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.stream import Disposition

from tests.worker.media.written import (
    FORMATS,
    SECONDS,
    add_sound,
    encode,
    recording,
    speech,
    with_clock,
    written,
)

KIBIBYTE = 1024
_HEADER_BYTES = 12 * KIBIBYTE
KEPT = frozenset({"whole", "part"})
REFUSED = frozenset({"not_media", "truncated"})


@dataclass(frozen=True)
class Broken:
    """A file, how it may end (`whole`, `part` or kinds of MediaError) and its longest sound."""

    name: str
    content: bytes
    outcomes: frozenset[str]
    most_ms: int = (SECONDS + 1) * 1000


def corpus() -> Iterator[Broken]:
    """Every broken file, named apart."""
    for extension in FORMATS:
        yield from cut(extension)
        yield from damaged(extension)
    yield from misnamed()
    yield from chance()
    yield from odd_rates()
    yield from odd_channels()
    yield from boastful()
    yield from many_tracks()
    yield from odd_clocks()
    yield from odd_titles()


def cut(extension: str) -> Iterator[Broken]:
    """Cut short at each kilobyte of the header, more finely where it begins, and in the sound."""
    whole = recording(extension)
    header = range(1, KIBIBYTE, 128), range(KIBIBYTE, _HEADER_BYTES, KIBIBYTE)
    sound = range(_HEADER_BYTES, len(whole), KIBIBYTE if extension == "mp4" else 4 * KIBIBYTE)
    sizes = {*header[0], *header[1], *sound, len(whole) - 1}
    for size in sorted(sizes):
        name = f"cut-{size}.{extension}"
        yield Broken(name, whole[:size], KEPT | REFUSED)


def damaged(extension: str) -> Iterator[Broken]:
    """Overwritten, emptied, shortened and repeated in the middle, and bytes changed anywhere."""
    whole = recording(extension)
    first, last = int(len(whole) * 0.45), int(len(whole) * 0.55)
    dice = np.random.default_rng(len(whole))
    outcomes = KEPT | REFUSED
    middles = {
        "noise": dice.bytes(last - first),
        "zeros": bytes(last - first),
        "removed": b"",
        "twice": whole[first:last] * 2,
        "text": b"MOVED TO ARCHIVE " * 200,
    }
    for name, middle in middles.items():
        content = whole[:first] + middle + whole[last:]
        yield Broken(f"middle-{name}.{extension}", content, outcomes)
    for number in range(12):
        content = bytearray(whole)
        # Most changes fall where the header stands, for there they do the most.
        reach = len(whole) if number % 3 == 0 else 2 * KIBIBYTE
        for place in dice.integers(0, reach, 3 + number):
            content[place] = dice.integers(256)
        outcomes = KEPT | REFUSED | {"limit", "no_audio"}
        most_ms = 24 * 3_600_000
        yield Broken(f"changed-{number}.{extension}", bytes(content), outcomes, most_ms=most_ms)


def misnamed() -> Iterator[Broken]:
    """Each recording under another's name: what it is counts, not what it is called."""
    names = ("mp3", "wav", "txt", "exe", "m4a", "jpg", "", "webm")
    for extension, name in zip(FORMATS, names, strict=True):
        yield Broken(f"{extension} in disguise.{name}", recording(extension), frozenset({"whole"}))


def chance() -> Iterator[Broken]:
    """Random bytes, alone and behind the first bytes of a recording."""
    dice = np.random.default_rng(11)
    heads = {
        "alone": b"",
        "riff": b"RIFF\xff\xff\x00\x00WAVEfmt ",
        "ftyp": b"\x00\x00\x00\x18ftypisom",
        "moov": b"\x00\x00\x40\x00moov",
        "ogg": b"OggS\x00\x02",
        "flac": b"fLaC\x80\x00\x00\x22",
        "ebml": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01",
        "id3": b"ID3\x03\x00\x00\x00\x00\x10\x00",
        "mpeg": b"\xff\xfb\x90\x64",
    }
    for name, head in heads.items():
        for size in (100, 5_000, 60_000):
            content = head + dice.bytes(size)
            yield Broken(f"chance-{name}-{size}.wav", content, KEPT | REFUSED | {"limit"})
    yield Broken("nothing.mp3", b"", frozenset({"empty", "not_media"}))
    yield Broken("zeros.mp4", bytes(50_000), REFUSED)


def wave_file(
    *, rate_hz: int, channels: int = 1, bits: int = 16, data: bytes, said_bytes: int | None = None
) -> bytes:
    """A WAV file whose header says whatever is asked for."""
    said = len(data) if said_bytes is None else said_bytes
    frame_bytes = channels * bits // 8
    shape = struct.pack(
        "<HHIIHH",
        1,
        channels & 0xFFFF,
        rate_hz,
        rate_hz * frame_bytes & 0xFFFF_FFFF,
        frame_bytes & 0xFFFF,
        bits,
    )
    head = b"WAVEfmt " + struct.pack("<I", len(shape)) + shape + b"data" + struct.pack("<I", said)
    return b"RIFF" + struct.pack("<I", min(len(head) + said, 0xFFFF_FFFF)) + head + data


ODD_RATES_HZ = (0, 1, 8, 100, 999, 3_000, 1_000_000, 10_000_019, 0x7FFF_FFFF, 0xFFFF_FFFF)


def odd_rates() -> Iterator[Broken]:
    """Sample rates that no recorder has."""
    data = speech(16_000).tobytes()
    for rate_hz in ODD_RATES_HZ:
        outcomes = frozenset({"impossible", "truncated"})
        yield Broken(f"rate-{rate_hz}.wav", wave_file(rate_hz=rate_hz, data=data), outcomes)
    for rate_hz in (4_000, 384_000):
        content = wave_file(rate_hz=rate_hz, data=data)
        length_ms = len(data) * 500 // rate_hz
        yield Broken(f"rate-{rate_hz}.wav", content, KEPT, most_ms=length_ms + 100)
    for name, rate in (("nan", np.nan), ("inf", np.inf), ("tiny", 1e-300), ("minus", -8e3)):
        content = with_float(recording("webm"), b"\xb5", rate)
        yield Broken(f"rate-{name}.webm", content, KEPT | REFUSED)


def with_float(content: bytes, element: bytes, value: float) -> bytes:
    """The WebM file with the first element of this id, an eight-byte number, set to the value."""
    place = content.index(element + b"\x88") + len(element) + 1
    return content[:place] + struct.pack(">d", value) + content[place + 8 :]


def odd_channels() -> Iterator[Broken]:
    """From none to far too many channels."""
    rows = np.tile(speech(16_000), (64, 1))
    many = written(("pcm_s16le", rows, 16_000), container="wav")
    yield Broken("64-channels.wav", many, frozenset({"whole"}))
    for channels in (0, 65, 255, 1_000, 32_767, 65_535):
        content = wave_file(rate_hz=16_000, channels=channels, data=rows[:, :8_000].T.tobytes())
        yield Broken(f"{channels}-channels.wav", content, REFUSED | {"impossible"})
    voice = np.tile(speech(48_000), (12, 1))
    planes = written(("libopus", voice, 48_000), container="matroska")
    yield Broken("12-planes.mka", planes, frozenset({"impossible"}))
    stereo = np.tile(speech(16_000), (2, 1))
    yield Broken(
        "stereo.flac", written(("flac", stereo, 16_000), container="flac"), frozenset({"whole"})
    )


def boastful() -> Iterator[Broken]:
    """Headers that promise days; what is there counts, and the rest is known to be missing."""
    data = speech(16_000).tobytes()
    for said_bytes in (0, len(data) // 2, 10 * len(data), 0x7FFF_FFF0, 0xFFFF_FFFF):
        content = wave_file(rate_hz=16_000, data=data, said_bytes=said_bytes)
        yield Broken(f"days-{said_bytes}.wav", content, KEPT | REFUSED)
    part = frozenset({"part"})
    flac = bytearray(recording("flac"))
    flac[21] |= 0x0F
    flac[22:26] = b"\xff\xff\xff\xff"
    yield Broken("days.flac", bytes(flac), part)
    webm = recording("webm")
    yield Broken("days.webm", with_float(webm, b"\x44\x89", 86_400_000.0 * 30), part)
    yield Broken("forever.webm", with_float(webm, b"\x44\x89", np.inf), KEPT)
    yield Broken("days.m4a", _with_durations(recording("m4a"), 0x7FFF_FFFF), KEPT)


def _with_durations(content: bytes, duration: int) -> bytes:
    """The MP4 with another duration in the headers of the film, the track and its sound."""
    changed = bytearray(content)
    for name, skip in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        place = content.index(name) + skip
        changed[place : place + 4] = struct.pack(">I", duration)
    return bytes(changed)


def many_tracks() -> Iterator[Broken]:
    """Several tracks of sound, and pictures that are no film."""
    voice, silence = speech(48_000), np.zeros(SECONDS * 48_000, dtype=np.int16)
    whole = frozenset({"whole"})
    for extension, codec in (("m4a", "aac"), ("webm", "libopus"), ("mov", "pcm_s16le")):
        container = {"m4a": "mp4"}.get(extension, extension)
        tracks = [(codec, voice, 48_000), (codec, silence, 48_000), (codec, voice, 48_000)]
        yield Broken(f"three-tracks.{extension}", written(*tracks, container=container), whole)
    yield Broken("cover.mp3", _id3_picture() + recording("mp3"), whole)
    yield Broken("cover-only.mp3", _id3_picture(), REFUSED | {"no_audio"})
    flac = recording("flac")
    yield Broken("cover.flac", b"fLaC" + _flac_picture() + flac[4:], KEPT | REFUSED)
    yield Broken("cover.m4a", _covered(), whole)


_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(9_000)


def _id3_picture() -> bytes:
    body = b"\x00image/png\x00\x03\x00" + _PICTURE
    frame = b"APIC" + struct.pack(">I", len(body)) + b"\x00\x00" + body
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frame


def _flac_picture() -> bytes:
    mime = b"image/png"
    body = struct.pack(">II", 3, len(mime)) + mime + bytes(20) + struct.pack(">I", len(_PICTURE))
    body += _PICTURE
    return b"\x06" + len(body).to_bytes(3, "big") + body


def _covered() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recording"
        with av.open(str(path), "w", format="mp4") as output:
            cover = output.add_stream("mjpeg", rate=Fraction(1), width=64, height=64)
            cover.pix_fmt = "yuvj420p"
            cover.disposition = Disposition.attached_pic
            sound = add_sound(output, "aac", speech(16_000), 16_000)
            output.mux(cover.encode(av.VideoFrame(64, 64, "yuvj420p")))
            output.mux(cover.encode(None))
            encode(output, sound, np.atleast_2d(speech(16_000)), 16_000)
        return path.read_bytes()


_CLUSTER = b"\x1f\x43\xb6\x75"


def odd_clocks() -> Iterator[Broken]:
    """Clocks that pause, jump, run backwards or start late."""
    second = 1_000
    clocks = {
        "pause": ([0, 9 * second], 13_100, frozenset({"whole"})),
        "an-hour-lost": ([0, 3_600 * second], (SECONDS * 2 + 1) * second, frozenset({"part"})),
        "late": ([500 * second], (SECONDS + 1) * second, KEPT),
    }
    for name, (starts_ms, most_ms, outcomes) in clocks.items():
        content = with_clock(starts_ms)
        yield Broken(f"clock-{name}.webm", content, outcomes, most_ms=most_ms)
    head, first, second_cluster = with_clock([0, 60 * second]).split(_CLUSTER)[:3]
    content = head + _CLUSTER + second_cluster + _CLUSTER + first
    yield Broken("clock-backwards.webm", content, KEPT, most_ms=(SECONDS * 2 + 1) * second)
    ogg = recording("ogg")
    yield Broken("chained.ogg", ogg + ogg, KEPT, most_ms=(SECONDS * 2 + 1) * second)


def odd_titles() -> Iterator[Broken]:
    """Titles that are no UTF-8, as many recorders write them."""
    whole = frozenset({"whole"})
    for extension in FORMATS:
        comment = b"What was said and by whom. What was said"
        foreign = b"Gespr\xe4ch \xfcber \xdcbung, \x8f\x90\x93\x94 \xff\xfe ".ljust(
            len(comment), b"!"
        )
        content = recording(extension).replace(comment, foreign, 1)
        if extension not in ("ogg", "oga"):  # whose pages carry a sum of their bytes
            yield Broken(f"title.{extension}", content, whole)
