"""The columns of a generation in a file beside it, so that a process that starts has them at once.

To read every stored row takes three seconds for 100,000 excerpts, so whoever fills a generation
keeps them. The file may be older than the index, or missing: rows that came later are read from the
index as after any commit.
"""

import contextlib
import io
import json
import os
import struct
import zlib
from pathlib import Path

import numpy as np

from search.engines.embedded.columns import Columns, ColumnsState

FILE_NAME = "columns.npz.checked"
_CHECKSUM = struct.Struct("<I")


def write_columns(columns: Columns, folder: Path) -> None:
    """Whole or not at all. A disk that is full costs the next process some time, and nothing else.

    It stands in the folder of a generation, and goes with it.
    """
    state = columns.state()
    file = io.BytesIO()
    texts = np.frombuffer(json.dumps(state.texts).encode(), dtype=np.uint8)
    np.savez(file, allow_pickle=False, texts=texts, **state.arrays)
    content = file.getbuffer()
    unfinished = folder / f"{FILE_NAME}.{os.getpid()}"
    try:
        with unfinished.open("wb") as kept:
            kept.write(_CHECKSUM.pack(zlib.crc32(content)))
            kept.write(content)
        os.replace(unfinished, folder / FILE_NAME)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def read_columns(folder: Path) -> Columns:
    """What is kept; columns without a row if nothing is, or it is damaged or of another shape."""
    try:
        content = memoryview((folder / FILE_NAME).read_bytes())
    except OSError:
        return Columns()
    checksum, rest = content[: _CHECKSUM.size], content[_CHECKSUM.size :]
    if not rest or zlib.crc32(rest) != _CHECKSUM.unpack(checksum)[0]:
        return Columns()
    with np.load(io.BytesIO(rest), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    texts = json.loads(arrays.pop("texts").tobytes())
    try:
        return Columns.of(ColumnsState(texts, arrays))
    except LookupError:
        return Columns()
