"""Reading Whisper's JSON, also of whisper.cpp, faster-whisper and WhisperX. Pure."""

import json
from collections.abc import Iterator
from typing import Any

from backend.sources.captions.cues import Captions, Cue, CueWord, tidy, tidy_language, tidy_name
from backend.sources.captions.timing import LATEST_MS, parse_time

_NOT_JSON = "This is no JSON: it can't be read beyond this line."
_NO_SEGMENTS = "There is no list of segments in this file, as Whisper writes one."


def read_json(text: str) -> Captions:
    """Segments with the times of their words, where the file has them.

    What was skipped is told by the number of the segment; JSON has no lines to speak of.
    """
    captions = Captions("json")
    try:
        document = json.loads(text)
    except ValueError as error:
        captions.skip(getattr(error, "lineno", 1), _NOT_JSON)
        return captions
    except RecursionError:
        captions.skip(1, "This JSON is nested too deeply to be a transcript.")
        return captions
    segments = _segments_of(document)
    if segments is None:
        captions.skip(1, _NO_SEGMENTS)
        return captions
    captions.language = _language_of(document)
    for number, segment in enumerate(segments, start=1):
        for cue in _read_segment(segment, number, captions):
            captions.add(cue)
    return captions


def _segments_of(document: Any) -> list[Any] | None:
    if isinstance(document, dict):
        for name in ("segments", "transcription", "chunks"):
            if isinstance(document.get(name), list):
                return document[name]
        return None
    return document if isinstance(document, list) else None


def _language_of(document: Any) -> str:
    if not isinstance(document, dict):
        return ""
    result = document.get("result")
    inner = result.get("language") if isinstance(result, dict) else ""
    return tidy_language(document.get("language")) or tidy_language(inner)


def _read_segment(segment: Any, number: int, captions: Captions) -> Iterator[Cue]:
    if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
        captions.skip(1, f"Segment {number} has no text.")
        return
    start_ms, end_ms = _times_of(segment)
    if end_ms is not None and (start_ms is None or end_ms < start_ms):
        captions.skip(1, f"Segment {number} ends before it begins; its end was left out.")
        end_ms = None
    if start_ms is None:
        captions.skip(1, f"Segment {number} has no time; its text was kept without.")
    words = _words_of(segment.get("words"))
    text = tidy(segment["text"])
    if words:
        text = " ".join(word.text for word in words)
    speaker = segment.get("speaker")
    yield Cue(start_ms, end_ms, tidy_name(speaker if isinstance(speaker, str) else ""), text, words)


def _times_of(item: dict[str, Any]) -> tuple[int | None, int | None]:
    """Seconds in Whisper's own, milliseconds or clock times in whisper.cpp's, pairs elsewhere."""
    offsets, stamps = item.get("offsets"), item.get("timestamps", item.get("timestamp"))
    if isinstance(offsets, dict):
        return _milliseconds(offsets.get("from")), _milliseconds(offsets.get("to"))
    if isinstance(stamps, dict):
        return _clock(stamps.get("from")), _clock(stamps.get("to"))
    if isinstance(stamps, list) and len(stamps) == 2:
        return _seconds(stamps[0]), _seconds(stamps[1])
    return _seconds(item.get("start")), _seconds(item.get("end"))


def _seconds(value: Any) -> int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return _milliseconds(value * 1000) if is_number else None


def _milliseconds(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # False for NaN and infinity as well, which Python takes for JSON.
    return round(value) if 0 <= value <= LATEST_MS else None


def _clock(value: Any) -> int | None:
    return parse_time(value) if isinstance(value, str) else None


def _words_of(items: Any) -> tuple[CueWord, ...] | None:
    """The words, if each has a text; times that are missing or run backwards are left out."""
    if not isinstance(items, list):
        return None
    words: list[CueWord] = []
    for item in items:
        text = item.get("word", item.get("text")) if isinstance(item, dict) else None
        if not isinstance(text, str):
            return None
        start_ms, end_ms = _times_of(item)
        if start_ms is None or end_ms is None or end_ms < start_ms:
            start_ms = end_ms = None
        probability = _share(item.get("probability", item.get("score")))
        # A word that is two for us (“New York”) has the same times twice.
        words += [CueWord(w, start_ms, end_ms, probability) for w in tidy(text).split()]
    return tuple(words) or None


def _share(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return float(value)
