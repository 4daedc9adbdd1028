"""Why a text can't be changed now: it is still being recognised, or somebody else was quicker."""

from typing import Any

from django.utils import timezone
from django.utils.timesince import timesince

from backend.common.errors import ConflictError
from backend.sources.models import Segment, Transcript, TranscriptState
from backend.sources.serializers import describe_segment
from backend.tagging.models import Change

# So many changes of a session are looked through for the one that changed a turn.
SEARCHED_CHANGES = 100


class StillGrowingError(ConflictError):
    """Words are still coming in."""

    code = "still_growing"


class TurnChangedError(ConflictError):
    """Somebody changed the turn since the page read it; `fields.segment` is how it is now."""

    code = "turn_changed"


def check_complete(transcript: Transcript) -> None:
    """Raises StillGrowingError."""
    if transcript.state != TranscriptState.COMPLETE:
        raise StillGrowingError(
            "This transcript is still being recognised.",
            remedy="Its text can be edited once it is complete; single words can be corrected now.",
        )


def turn_changed(segment: Segment) -> TurnChangedError:
    """Says who changed it and when, where that is known."""
    fields: dict[str, Any] = {"segment": describe_segment(segment)}
    return TurnChangedError(
        f"{_who_changed(segment)} while you were writing.",
        remedy="Your text was not saved, and you still have it. Compare it with what the turn says "
        "now, then save again.",
        fields=fields,
    )


def _who_changed(segment: Segment) -> str:
    changes = (
        Change.objects.filter(session_id=segment.transcript.source.session_id)
        .select_related("created_by", "undone_by")
        .defer("rows")
        .order_by("-number")[:SEARCHED_CHANGES]
    )
    for change in changes:
        if str(segment.id) in change.touched.get("segment_ids", []):
            person = change.undone_by if change.undone_at else change.created_by
            when = change.undone_at or change.created_at
            name = person.name if person else "Somebody"
            return f"{name} changed this turn {_ago(when)},"
    return "This turn was changed"


def _ago(when: Any) -> str:
    is_recent = (timezone.now() - when).total_seconds() < 60
    return "just now" if is_recent else f"{timesince(when, depth=1)} ago"
