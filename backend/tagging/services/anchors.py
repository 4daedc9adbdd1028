"""Remembering where an excerpt hung, so that it can go back to its very words."""

from collections.abc import Sequence

from backend.tagging.models import Anchor, Excerpt
from backend.tagging.services.snapshots import HEARD_FIELDS

_FIELDS = ["word_ids", "text", "start_ms", "end_ms", *HEARD_FIELDS]


def leave_place(excerpt: Excerpt) -> Anchor:
    """What to remember of an excerpt before it is hung elsewhere. Not saved."""
    values = {name: getattr(excerpt, name) for name in _FIELDS if name != "heard_by"}
    return Anchor(
        workspace_id=excerpt.workspace_id,
        excerpt=excerpt,
        transcript_id=excerpt.transcript_id,
        heard_by_id=excerpt.heard_by_id,
        **values,
    )


def restore_hearing(excerpt: Excerpt, anchor: Anchor) -> None:
    """Whoever heard these words when it hung here before has heard them. Without saving."""
    if excerpt.text == anchor.text and excerpt.heard_at is None:
        excerpt.heard_at = anchor.heard_at
        excerpt.heard_by_id = anchor.heard_by_id
        excerpt.heard_how = anchor.heard_how


def save_anchors(anchors: Sequence[Anchor]) -> None:
    """Remember where these excerpts hung; of one version, the latest place counts."""
    Anchor.objects.bulk_create(
        anchors,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["excerpt", "transcript"],
        update_fields=[*_FIELDS, "updated_at"],
    )
