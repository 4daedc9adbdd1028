"""What a memo may be about, in short: its title and where to find it."""

from dataclasses import dataclass
from uuid import UUID

TITLE_LENGTH_MAXIMUM = 140


@dataclass(frozen=True)
class SubjectReference:
    """The thing a memo names. Of a segment, also the word where it began."""

    kind: str
    id: UUID
    transcript_id: UUID | None = None
    word_id: int | None = None


@dataclass(frozen=True)
class Subject:
    """Something memos are written on, as it is now. `is_gone`: deleted, or withdrawn.

    Titles name people by code name only: everybody in the workspace may read them.
    """

    kind: str
    id: UUID
    title: str
    is_gone: bool = False
    study_id: UUID | None = None
    study_title: str = ""
    session_id: UUID | None = None
    session_title: str = ""
    source_id: UUID | None = None
    transcript_id: UUID | None = None
    word_id: int | None = None
    start_ms: int | None = None


def shorten(text: str) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= TITLE_LENGTH_MAXIMUM:
        return text
    cut = text[:TITLE_LENGTH_MAXIMUM]
    return f"{cut.rpartition(' ')[0] or cut}…"
