"""What the confined process hands over: a transcript's cues as JSON, checked on arrival."""

import json
from collections.abc import Callable
from typing import Any

from backend.sources.captions import FORMATS, Captions, Cue, CueWord, Skipped


class BrokenMessageError(Exception):
    """This is nothing that the confined process would write."""


def pack(captions: Captions) -> str:
    """The transcript as one line of JSON."""
    return json.dumps(
        {
            "format": captions.format,
            "language": captions.language,
            "cues": list(map(_pack_cue, captions.cues)),
            "skipped": [[skipped.line, skipped.reason] for skipped in captions.skipped],
        }
    )


def _pack_cue(cue: Cue) -> list[Any]:
    words = cue.words and [[w.text, w.start_ms, w.end_ms, w.probability] for w in cue.words]
    return [cue.start_ms, cue.end_ms, cue.speaker, cue.text, words]


def unpack(text: str) -> Captions:
    """The transcript again. Raises BrokenMessageError for anything that has another shape."""
    try:
        match json.loads(text):
            case {
                "format": str(format),
                "language": str(language),
                "cues": list(cues),
                "skipped": list(skipped),
            } if format in FORMATS:
                return Captions(
                    format,
                    [_cue(*cue) for cue in cues],
                    [Skipped(_require(int)(line), _require(str)(why)) for line, why in skipped],
                    language,
                )
    except (ValueError, TypeError, RecursionError) as error:
        raise BrokenMessageError(repr(error)) from error
    raise BrokenMessageError("The message is no transcript.")


def _cue(start_ms: Any, end_ms: Any, speaker: Any, text: Any, words: Any) -> Cue:
    return Cue(
        _require(int, None)(start_ms),
        _require(int, None)(end_ms),
        _require(str)(speaker),
        _require(str)(text),
        None if words is None else tuple(_word(*word) for word in words),
    )


def _word(text: Any, start_ms: Any, end_ms: Any, probability: Any) -> CueWord:
    return CueWord(
        _require(str)(text),
        _require(int, None)(start_ms),
        _require(int, None)(end_ms),
        _require(float, None)(probability),
    )


def _require(*kinds: type | None) -> Callable[[Any], Any]:
    allowed = tuple(type(None) if kind is None else kind for kind in kinds)

    def require(value: Any) -> Any:
        if type(value) not in allowed:
            raise ValueError(f"{type(value).__name__} is not expected here")
        return value

    return require
