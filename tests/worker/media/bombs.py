"""Files that ask for much more than they are worth: memory, time, room and length."""

import struct

import numpy as np

from tests.worker.media.written import recording, with_clock, written


def huge_picture(size_bytes: int) -> bytes:
    """An MP3 whose attached picture is said to be, and is, as large as that."""
    body = b"\x00image/png\x00\x03\x00" + bytes(size_bytes)
    frame = b"APIC" + struct.pack(">I", len(body)) + b"\x00\x00" + body
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frame + recording("mp3")


def hours_of_one_frame(hours: float) -> bytes:
    """An MP3 of one silent frame, over and over: 3 MB an hour, and all of it has to be decoded."""
    second = written(
        ("libmp3lame", np.zeros(8_000, dtype=np.int16), 8_000),
        container="mp3",
        options={"write_xing": "0", "id3v2_version": "0"},
    )
    return second * round(hours * 3_600)


def pauses(count: int) -> bytes:
    """A recording whose clock stands still for nearly ten minutes, again and again."""
    return with_clock([number * 590_000 for number in range(count)])
