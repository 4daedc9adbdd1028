"""What the pipelines ask for: a recording made ready to play, and its speech made ready to hear."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from worker.media.errors import EmptyFileError, MediaCrashError
from worker.media.facts import MOST_CHANNELS, Limits, MediaFacts, Prepared
from worker.media.pcm import SAMPLE_BYTES, SPEECH_NAME
from worker.media.supervise import run_confined

# Copied or encoded sound has the first name, a copied wave the second.
PLAYBACK_NAMES = ("playback.m4a", "playback.wav")
PEAKS_NAME = "peaks.json"
_UNFINISHED_PREFIX = ".preparing-"


def prepare_media(
    source: Path,
    folder: Path,
    *,
    limits: Limits,
    on_progress: Callable[[int, int], None],
    speech_path: Path | None = None,
) -> Prepared:
    """Write the playback file and peaks.json into the folder; what was there stays until both are
    whole. What `decode_speech` would write of one channel is written to speech_path, if it is given
    and wanted so: not where each channel holds a person.

    on_progress(done_ms, total_ms) is called at most a few times a second; total_ms is a guess for
    recordings that don't say how long they are. Raises MediaError.
    """
    _require_content(source)
    folder.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder, older_than_seconds=limits.wall_seconds)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED_PREFIX, dir=folder) as name:
        unfinished = Path(name)
        answer = run_confined(
            "prepare", source=source, target=unfinished, limits=limits, on_progress=on_progress
        )
        facts = _facts(answer.get("facts"))
        speech = unfinished / SPEECH_NAME
        _require_samples(speech, answer, frame_bytes=SAMPLE_BYTES)
        playback_name = next(
            (name for name in PLAYBACK_NAMES if (unfinished / name).is_file()), PLAYBACK_NAMES[0]
        )
        for file_name in (playback_name, PEAKS_NAME):
            os.replace(unfinished / file_name, folder / file_name)
        if speech_path and not facts.is_channel_per_person:
            shutil.move(speech, speech_path)
    return Prepared(facts, folder / playback_name, folder / PEAKS_NAME)


def decode_speech(
    source: Path,
    target: Path,
    *,
    limits: Limits,
    on_progress: Callable[[int, int], None],
    channels: int = 1,
) -> int:
    """Write 16 kHz signed 16-bit samples to target; returns how many there are of each channel.

    One channel is a mix of all there are; several stay apart, and are written in turn.
    Raises MediaError.
    """
    _require_content(source)
    if not 1 <= channels <= MOST_CHANNELS:
        raise ValueError(f"1 to {MOST_CHANNELS} channels can be kept apart, not {channels}")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        answer = run_confined(
            "decode",
            source=source,
            target=unfinished,
            limits=limits,
            on_progress=on_progress,
            channels=channels,
        )
        count = _require_samples(unfinished, answer, frame_bytes=SAMPLE_BYTES * channels)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _require_samples(path: Path, answer: dict[str, Any], *, frame_bytes: int) -> int:
    count = answer.get("samples")
    if not isinstance(count, int) or _size_bytes(path) != count * frame_bytes:
        raise MediaCrashError(detail=f"the confined process answered {answer!r}")
    return count


def _size_bytes(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _remove_abandoned(folder: Path, *, older_than_seconds: float) -> None:
    """What a killed worker left; anything younger may belong to one that still works."""
    for left in folder.glob(f"{_UNFINISHED_PREFIX}*"):
        if time.time() - left.stat().st_mtime > older_than_seconds:
            shutil.rmtree(left, ignore_errors=True)


def _require_content(source: Path) -> None:
    if source.stat().st_size == 0:
        raise EmptyFileError


def _facts(answer: Any) -> MediaFacts:
    """The answer comes from a process that read untrusted data: take only what has the shape."""
    expected = {field.name: field.type for field in fields(MediaFacts)}
    is_told = isinstance(answer, dict)
    if not is_told or {name: type(value) for name, value in answer.items()} != expected:
        raise MediaCrashError(detail=f"the confined process answered {answer!r}")
    return MediaFacts(**answer)
