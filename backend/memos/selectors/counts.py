"""How many memos there are on what a workbench shows."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from backend.memos.models import Memo, MemoSubject
from backend.memos.selectors.segments import find_current_segments
from backend.memos.subjects import SubjectReference


def count_memos(workspace_id: UUID, session_id: UUID) -> dict[str, Any]:
    """Memos and answers of a session by excerpt and by segment, and those on the session itself.

    One query, and one or two for segments that have any.
    """
    rows = list(
        Memo.objects.kept()
        .filter(workspace_id=workspace_id, session_id=session_id)
        .order_by()
        .values("subject_kind", "subject_id", "transcript_id", "word_id")
        .annotate(number=Count("id"))
    )
    by_kind: dict[str, dict[UUID, int]] = {kind: {} for kind in MemoSubject.values}
    references = {
        SubjectReference(
            MemoSubject.SEGMENT, row["subject_id"], row["transcript_id"], row["word_id"]
        )
        for row in rows
        if row["subject_kind"] == MemoSubject.SEGMENT
    }
    current = {
        reference.id: segment_id
        for reference, segment_id in (
            find_current_segments(workspace_id, references).items() if references else ()
        )
    }
    for row in rows:
        subject_id = current.get(row["subject_id"], row["subject_id"])
        counted = by_kind[row["subject_kind"]]
        counted[subject_id] = counted.get(subject_id, 0) + row["number"]
    return {
        "excerpts": by_kind[MemoSubject.EXCERPT],
        "segments": by_kind[MemoSubject.SEGMENT],
        "session": sum(by_kind[MemoSubject.SESSION].values()),
    }
