"""Who changed what in a session or in the codebook: recorded, shown, undone and done again."""

from backend.tagging.history.recording import (
    Recording,
    current_recording,
    recording,
    unrecorded,
)

__all__ = ["Recording", "current_recording", "recording", "unrecorded"]
