"""Where a session stands, read off what it holds. Pure."""

from dataclasses import dataclass, field

from django.db.models import TextChoices

from backend.jobs.models import ACTIVE_STATES, JobKind, JobState


class SessionState(TextChoices):
    """What the page says about a session."""

    EMPTY = "empty"
    UPLOADING = "uploading"
    WAITING = "waiting"
    PREPARING = "preparing"
    TRANSCRIBING = "transcribing"
    READY = "ready"
    FAILED = "failed"


@dataclass
class SourceProgress:
    """A source: whether text of it can be read to the end, and its jobs, oldest first."""

    is_transcript_complete: bool = False
    jobs: list[tuple[str, str]] = field(default_factory=list)


_TEXT_KINDS = (JobKind.TRANSCRIBE, JobKind.IMPORT_TRANSCRIPT)


def derive_state(*, has_unfinished_upload: bool, sources: list[SourceProgress]) -> SessionState:
    """The state of the least finished thing in the session.

    `jobs` of a source are (kind, state). Trying again to transcribe what has a transcript already
    leaves a session ready even if that fails. Telling speakers apart never makes it unready.
    """
    if has_unfinished_upload:
        return SessionState.UPLOADING
    states = {_state_of(source) for source in sources}
    order = (
        SessionState.TRANSCRIBING,
        SessionState.PREPARING,
        SessionState.WAITING,
        SessionState.FAILED,
        SessionState.READY,
    )
    return next((state for state in order if state in states), SessionState.EMPTY)


def _state_of(source: SourceProgress) -> SessionState:
    active = [
        (kind, state)
        for kind, state in source.jobs
        if state in ACTIVE_STATES and kind != JobKind.FIND_SPEAKERS
    ]
    if any((kind, JobState.RUNNING) in active for kind in _TEXT_KINDS):
        return SessionState.TRANSCRIBING
    if (JobKind.PREPARE_MEDIA, JobState.RUNNING) in active:
        return SessionState.PREPARING
    if active:
        return SessionState.WAITING
    if source.is_transcript_complete:
        return SessionState.READY
    return SessionState.FAILED
