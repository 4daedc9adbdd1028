"""Where passages are that memos were written on: by their id, or once joined, by their first word.

A segment's position is the id of its first word when it was made, and ids rise in reading order. So
the segment that holds a word is the last one whose position is not after it.
"""

from bisect import bisect_right
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q

from backend.memos.models import MemoSubject
from backend.memos.subjects import SubjectReference
from backend.sources.models import Segment


def find_current_segments(
    workspace_id: UUID, references: Iterable[SubjectReference]
) -> dict[SubjectReference, UUID]:
    """The segment each reference leads to now. One query, or two where some are gone.

    One that leads nowhere keeps its own id.
    """
    wanted = list(references)
    segments = Segment.objects.filter(workspace_id=workspace_id)
    known = set(segments.filter(id__in={one.id for one in wanted}).values_list("id", flat=True))
    found = {one: one.id for one in wanted}
    orphans = [one for one in wanted if one.id not in known and one.transcript_id]
    if not orphans:
        return found
    texts: dict[UUID, tuple[list[int], list[UUID]]] = {}
    for transcript_id, position, segment_id in (
        segments.filter(transcript_id__in={one.transcript_id for one in orphans})
        .order_by("transcript_id", "position")
        .values_list("transcript_id", "position", "id")
    ):
        positions, ids = texts.setdefault(transcript_id, ([], []))
        positions.append(position)
        ids.append(segment_id)
    for one in orphans:
        found[one] = _holder(*texts.get(one.transcript_id or one.id, ([], [])), one) or one.id
    return found


def _holder(positions: list[int], ids: list[UUID], one: SubjectReference) -> UUID | None:
    index = bisect_right(positions, one.word_id or 0) - 1
    return ids[index] if index >= 0 else None


def about_segment(workspace_id: UUID, segment_id: UUID) -> Q:
    """The condition under which a memo is about this segment, or about one that was joined to it.

    Two queries.
    """
    own = Q(subject_kind=MemoSubject.SEGMENT, subject_id=segment_id)
    segment = (
        Segment.objects.filter(workspace_id=workspace_id, id=segment_id)
        .values("transcript_id", "position")
        .first()
    )
    if segment is None:
        return own
    after = Segment.objects.filter(
        transcript_id=segment["transcript_id"], position__gt=segment["position"]
    ).aggregate(next=Min("position"))["next"]
    within = Q(
        ~Exists(Segment.objects.filter(pk=OuterRef("subject_id"))),
        subject_kind=MemoSubject.SEGMENT,
        transcript_id=segment["transcript_id"],
        word_id__gte=segment["position"],
    )
    if after is not None:
        within &= Q(word_id__lt=after)
    return own | within
