"""What people said of a transcript, taken over by another version: speakers, corrected words."""

from typing import Any

from backend.tagging.services.carrying import Reading


def inherit_speakers(*, old: Reading, new: Reading) -> None:
    """Give turns of the new version the speakers that people gave the old ones."""


def inherit_corrections(*, old: Reading, new: Reading, user: Any) -> None:
    """Correct the words that the new version misheard in the same way at the same place."""
