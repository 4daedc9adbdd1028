"""Recordings: checked, decoded and prepared for playing, always in a confined process."""

from worker.media.errors import (
    EmptyFileError,
    ImpossibleSoundError,
    MediaCrashError,
    MediaError,
    MediaLimitError,
    MediaStorageError,
    NoAudioError,
    NotMediaError,
    TruncatedMediaError,
)
from worker.media.facts import Limits, MediaFacts, Prepared
from worker.media.pcm import SPEECH_RATE_HZ, open_pcm, window
from worker.media.prepare import decode_speech, prepare_media

__all__ = [
    "SPEECH_RATE_HZ",
    "EmptyFileError",
    "ImpossibleSoundError",
    "Limits",
    "MediaCrashError",
    "MediaError",
    "MediaFacts",
    "MediaLimitError",
    "MediaStorageError",
    "NoAudioError",
    "NotMediaError",
    "Prepared",
    "TruncatedMediaError",
    "decode_speech",
    "open_pcm",
    "prepare_media",
    "window",
]
