"""Writing JSON as Whisper's own programs do, with speakers. Pure."""

import json
from collections.abc import Iterable
from typing import Any

from backend.sources.captions.cues import Cue, CueWord, tidy, tidy_name


def write_json(cues: Iterable[Cue], *, language: str = "") -> bytes:
    """UTF-8; seconds, words with their times and probabilities. Nothing is lost in it."""
    segments = [_segment(number, cue) for number, cue in enumerate(cues)]
    document = {
        "text": "".join(segment["text"] for segment in segments),
        "segments": segments,
        "language": language or None,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _segment(number: int, cue: Cue) -> dict[str, Any]:
    segment: dict[str, Any] = {
        "id": number,
        "start": _seconds(cue.start_ms),
        "end": _seconds(cue.end_ms),
        "text": f" {tidy(cue.text)}",
    }
    if name := tidy_name(cue.speaker):
        segment["speaker"] = name
    if cue.words is not None:
        segment["words"] = [_word(word) for word in cue.words]
    return segment


def _word(word: CueWord) -> dict[str, Any]:
    written: dict[str, Any] = {
        "word": f" {tidy(word.text)}",
        "start": _seconds(word.start_ms),
        "end": _seconds(word.end_ms),
    }
    if word.probability is not None:
        written["probability"] = word.probability
    return written


def _seconds(time_ms: int | None) -> float | None:
    return None if time_ms is None else time_ms / 1000
