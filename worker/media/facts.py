"""What is known about a recording, and what reading it may cost."""

from dataclasses import dataclass
from pathlib import Path

GIBIBYTE = 1 << 30
HOUR_SECONDS = 3600
# So many channels at most are kept apart, for a person each.
MOST_CHANNELS = 8


@dataclass(frozen=True)
class MediaFacts:
    """Counted while decoding, not taken from the file's header.

    `is_truncated` says that part of the recording is missing or unreadable and that the rest
    was kept; `is_channel_per_person`, that each channel holds the voice of a person of its own.
    """

    duration_ms: int
    container: str
    has_video: bool
    audio_codec: str
    channels: int
    sample_rate_hz: int
    size_bytes: int
    is_truncated: bool = False
    is_channel_per_person: bool = False


@dataclass(frozen=True)
class Limits:
    """What a confined process may use; `output_bytes` holds for each file it writes."""

    memory_bytes: int = 2 * GIBIBYTE
    cpu_seconds: int = 2 * HOUR_SECONDS
    wall_seconds: int = 4 * HOUR_SECONDS
    output_bytes: int = 4 * GIBIBYTE
    duration_seconds: int = 24 * HOUR_SECONDS


@dataclass(frozen=True)
class Prepared:
    """A recording made ready for the page: its facts, and the two files written for it."""

    facts: MediaFacts
    playback_path: Path
    peaks_path: Path
