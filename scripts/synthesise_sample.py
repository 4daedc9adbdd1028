"""Make the sample study's audio and transcripts: `python -m scripts.synthesise_sample`.

Reads `backend/sample/content/script/` and `study.json`; writes `audio/`, `transcripts/` and the
positions of the excerpts in `study.json`. The same input gives the same files.
"""

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from scripts.sample.quotes import position_of
from scripts.sample.speaking import Segment, Turn, WrittenWord, record
from scripts.speech.opus import write_opus

CONTENT = Path(__file__).parents[1] / "backend" / "sample" / "content"


def main() -> None:
    """Speak every session that has audio, write every transcript, find every quote."""
    study = json.loads((CONTENT / "study.json").read_text())
    segments = {session["key"]: _make(session) for session in study["sessions"]}
    for excerpt in study["excerpts"]:
        position = position_of(excerpt["quote"], segments[excerpt["session"]])
        excerpt.update(vars(position))
    (CONTENT / "study.json").write_text(_readable(study))


def _make(session: dict[str, Any]) -> Sequence[Segment]:
    key = session["key"]
    turns = _turns((CONTENT / "script" / f"{key}.txt").read_text())
    if session["audio"]:
        recording = record(turns, np.random.default_rng(zlib.crc32(key.encode())))
        write_opus(CONTENT / session["audio"], recording.samples)
        segments: Sequence[Segment] = recording.segments
    else:
        segments = [_written(turn) for turn in turns]
    path = CONTENT / session["transcript"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_transcript(segments))
    print(f"{key}: {sum(len(segment.words) for segment in segments)} words")
    return segments


def _turns(script: str) -> list[Turn]:
    lines = [line.partition(": ") for line in script.splitlines() if line]
    return [Turn(speaker, text) for speaker, _, text in lines]


def _written(turn: Turn) -> Segment:
    return Segment(turn.speaker, tuple(WrittenWord(text, None, None) for text in turn.text.split()))


def _transcript(segments: Sequence[Segment]) -> str:
    """One segment a line, so that a change shows where it was made."""
    lines = [
        json.dumps(
            {
                "speaker": segment.speaker,
                "words": [[word.text, word.start_ms, word.end_ms] for word in segment.words],
            },
            ensure_ascii=False,
        )
        for segment in segments
    ]
    return '{"segments": [\n' + ",\n".join(lines) + "\n]}\n"


def _readable(study: dict[str, Any]) -> str:
    return json.dumps(study, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
