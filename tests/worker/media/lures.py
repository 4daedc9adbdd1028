"""Playlists and references under the names of recordings, each of which names another file."""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.worker.media.written import recording, written


def lures(canary: Path, nested: Path, port: int) -> Iterator[tuple[str, bytes]]:
    """Name and content; they lead to the canary, to a list that names it, and to the port."""
    web = f"http://127.0.0.1:{port}/canary.wav"
    for way, target in (
        ("beside", canary.name),
        ("path", str(canary)),
        ("url", f"file://{canary}"),
        ("web", web),
        ("nested", str(nested)),
        ("itself", "recording"),
        ("tcp", f"tcp://127.0.0.1:{port}"),
        ("subfile", f"subfile,,start,0,end,0,,:{canary}"),
        ("concat", f"concat:{canary}|{canary}"),
        ("crypto", f"crypto:{canary}"),
    ):
        yield from _playlists(way, target)
    yield "session.sdp.wav", _session(port).encode()
    yield "redirect.mp4", f"rtsp://127.0.0.1:{port}/canary\n".encode()
    yield "reference.mov", mov_with_reference(canary)


def _playlists(way: str, target: str) -> Iterator[tuple[str, bytes]]:
    hls = (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n"
        f"#EXTINF:3.0,\n{target}\n#EXT-X-ENDLIST\n"
    ).encode()
    master = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=64000\n{target}\n".encode()
    mapped = (
        f'#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-MAP:URI="{target}"\n'
        f'#EXT-X-KEY:METHOD=AES-128,URI="{target}"\n#EXTINF:3,\n{target}\n#EXT-X-ENDLIST\n'
    ).encode()
    concat = f"ffconcat version 1.0\nfile '{target}'\n".encode()
    yield f"concat-{way}.wav", concat
    yield f"concat-spaced-{way}.wav", b"\n\n" + concat
    yield f"hls-{way}.mp4", hls
    yield f"hls-{way}.m3u8", hls
    yield f"hls-behind-a-tag-{way}.mp3", _id3() + hls
    yield f"hls-in-a-wave-{way}.wav", b"RIFF\xff\xff\x00\x00WAVE" + hls
    yield f"hls-behind-a-box-{way}.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2" + hls
    yield f"master-{way}.m4a", master
    yield f"mapped-{way}.mp4", mapped
    yield f"dash-{way}.mp4", _dash(target)
    yield f"list-{way}.pls", f"[playlist]\nFile1={target}\nLength1=3\n".encode()


def _dash(target: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT3S"><Period duration="PT3S"><AdaptationSet '
        'mimeType="audio/mp4"><Representation id="a" bandwidth="64000">'
        f"<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ).encode()


def _session(port: int) -> str:
    return (
        f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=call\nc=IN IP4 127.0.0.1\nt=0 0\n"
        f"a=control:rtsp://127.0.0.1:{port}/\nm=audio {port} RTP/AVP 0\n"
    )


def _id3() -> bytes:
    frame = b"TIT2" + struct.pack(">I", 5) + b"\x00\x00\x00call"
    return b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(frame)]) + frame


def nested_list(canary: Path) -> bytes:
    """A list that stands beside the canary and names it."""
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:3.0,\n{canary}\n#EXT-X-ENDLIST\n".encode()


def mov_with_reference(other: Path) -> bytes:
    """A film without sound of its own: its data reference is an alias of the other file."""
    silence = np.zeros(16_000, dtype=np.int16)
    content = written(("pcm_s16le", silence, 16_000), container="mov")
    place = content.index(b"dref") - 4
    size = int.from_bytes(content[place : place + 4])
    entry = _alias(other)
    dref = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry
    changed = content[:place] + dref + content[place + size :]
    grown = len(dref) - size
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        at = changed.index(name) - 4
        said = int.from_bytes(changed[at : at + 4])
        changed = changed[:at] + struct.pack(">I", said + grown) + changed[at + 4 :]
    return changed


def _alias(other: Path) -> bytes:
    path = str(other).encode()
    padded = path + bytes(len(path) % 2)
    fixed = bytes(10) + bytes([0]) + bytes(27) + bytes(12)
    fixed += bytes([len(other.name)]) + other.name.encode().ljust(63, b"\0")[:63]
    fixed += bytes(16) + struct.pack(">HH", 0, 0) + bytes(16)
    body = fixed + struct.pack(">HH", 2, len(padded)) + padded + b"\xff\xff\x00\x00"
    body = body.ljust(200, b"\0")
    return struct.pack(">I4sI", 12 + len(body), b"alis", 0) + body


def a_recording() -> bytes:
    return recording("wav")
