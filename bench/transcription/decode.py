"""Decodes a recording as the worker does, and does nothing else: the reference for the rest."""

import sys
import tempfile
from pathlib import Path

from worker.media import Limits, decode_speech


def main(recording: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        decode_speech(
            Path(recording), Path(folder) / "pcm", limits=Limits(), on_progress=lambda *_: None
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
