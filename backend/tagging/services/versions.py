"""Putting another version of a transcript in use: the evidence is carried over to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.sources.models import Source, Speaker, Transcript
from backend.sources.withdrawal import withheld
from backend.tagging.history import recording, unrecorded
from backend.tagging.models import Anchor, Excerpt, Review, ReviewState
from backend.tagging.services.anchors import save_anchors
from backend.tagging.services.carrying import Carrier, Reading, Verdict
from backend.tagging.services.changes import record_excerpt_change, record_text_change
from backend.tagging.services.corrections import rederive_excerpts
from backend.tagging.services.inheritance import inherit_corrections, inherit_speakers
from backend.tagging.services.snapshots import SNAPSHOT_FIELDS, lock_source


@dataclass(frozen=True)
class CarrySummary:
    """How many excerpts came over with their words, with other words, and how many stayed."""

    carried: int = 0
    reworded: int = 0
    uncertain: int = 0


@transaction.atomic
def switch_version(*, transcript: Transcript, user: Any = None) -> CarrySummary:
    """Put this version of its source's transcript in use, and carry over all that people did.

    Who speaks, corrected words, and excerpts with all that hangs on them come along. Excerpts that
    hung on this version before go back to their very words. What can't be carried with certainty
    stays on the earlier version, with a Review that says where it might belong; what came over with
    other words has one too. Nothing happens if it is in use already. `transcript` itself is brought
    up to date. `user` is who chose to; None where it follows from a job.
    """
    source = lock_source(transcript.source_id)
    transcript.refresh_from_db()
    if transcript.is_current:
        return CarrySummary()
    earlier = Transcript.objects.filter(source=source, is_current=True).first()
    with recording(
        workspace_id=source.workspace_id,
        session_id=source.session_id,
        user=user,
        verb="version.switch",
        summary=f"Put another version of “{source.name}” in use",
    ) as recorded:
        # Undoing it is putting the earlier one in use, so what is carried over needs no rows.
        recorded.watch(*(version for version in (earlier, transcript) if version is not None))
        with unrecorded():
            return _put_in_use(source, transcript, earlier)


def _put_in_use(source: Source, transcript: Transcript, earlier: Transcript | None) -> CarrySummary:
    Transcript.objects.filter(source=source, is_current=True).update(is_current=False)
    transcript.is_current = True
    transcript.save(update_fields=["is_current", "updated_at"])
    record_text_change(transcript=transcript)
    new = Reading(transcript)
    readings = {}
    if earlier is not None:
        record_text_change(transcript=earlier)
        old = readings[earlier.id] = Reading(earlier)
        inherit_corrections(old=old, new=new)
        inherit_speakers(old=old, new=new)
        rederive_excerpts(transcript=transcript)
    carried = _carry_excerpts(source, new, readings)
    if transcript.segments.filter(withheld()).exists():
        rederive_excerpts(transcript=transcript)  # Without what somebody else says in them.
    return carried


def _carry_excerpts(source: Source, new: Reading, readings: Mapping[UUID, Reading]) -> CarrySummary:
    """All excerpts of other versions, deleted ones too, so that restoring one finds it here."""
    excerpts = list(
        Excerpt.objects.select_for_update(of=("self",), no_key=True)
        .filter(source=source)
        .exclude(transcript=new.transcript)
        .select_related("transcript")
        .order_by("created_at", "id")
    )
    if not excerpts:
        return CarrySummary()
    carrier = Carrier(
        reading=new,
        readings=readings,
        speakers=list(Speaker.objects.filter(source=source)),
        anchors={anchor.excerpt_id: anchor for anchor in _anchors(source, new.transcript)},
        reviews={review.excerpt_id: review for review in _reviews(source, new.transcript)},
    )
    by_version: dict[UUID, list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        by_version[excerpt.transcript_id].append(excerpt)
    verdicts: list[Verdict] = []
    for own in by_version.values():
        verdicts.extend(carrier.carry(own))
    return _save(verdicts, workspace_id=source.workspace_id)


def _anchors(source: Source, transcript: Transcript) -> Iterable[Anchor]:
    return Anchor.objects.filter(excerpt__source=source, transcript=transcript)


def _reviews(source: Source, transcript: Transcript) -> Iterable[Review]:
    reviews = Review.objects.filter(excerpt__source=source, transcript=transcript)
    return reviews.select_related("excerpt")


def _save(verdicts: list[Verdict], *, workspace_id: UUID) -> CarrySummary:
    moved = [verdict for verdict in verdicts if verdict.left is not None]
    save_anchors([verdict.left for verdict in moved if verdict.left is not None])
    # The rows are there, and locked: this only updates them, ten times as fast as bulk_update.
    Excerpt.objects.bulk_create(
        [verdict.excerpt for verdict in moved],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["transcript", *SNAPSHOT_FIELDS],
    )
    reviews = [verdict.review for verdict in verdicts if verdict.review is not None]
    Review.objects.bulk_create(
        reviews,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["excerpt", "transcript"],
        update_fields=[
            "outcome",
            "state",
            "old_text",
            "old_transcript",
            "proposed_text",
            "proposed_first_word_id",
            "proposed_last_word_id",
            "resolved_by",
            "resolved_at",
            "updated_at",
        ],
    )
    record_excerpt_change(
        workspace_id=workspace_id, excerpt_ids=[verdict.excerpt.id for verdict in moved]
    )
    reworded = sum(
        verdict.review is not None and verdict.review.state == ReviewState.OPEN for verdict in moved
    )
    return CarrySummary(
        carried=len(moved) - reworded, reworded=reworded, uncertain=len(verdicts) - len(moved)
    )
