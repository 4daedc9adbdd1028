"""Memos as documents: what was noted, and what it is about."""

from collections.abc import Iterator
from uuid import UUID

from backend.discovery.documents.shape import Content, Where, texts
from backend.memos.models import Memo
from backend.memos.selectors import describe_subjects
from backend.memos.selectors.threads import reference_of


def read_memos(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these memos that are kept, and whose subject is.

    A query for each kind of subject.
    """
    rows = list(Memo.objects.kept().filter(workspace_id=workspace_id, **where))
    subjects = describe_subjects(workspace_id, (reference_of(memo) for memo in rows))
    for memo in rows:
        subject = subjects[reference_of(memo)]
        if subject.is_gone:
            continue
        yield {
            "id": str(memo.id),
            "kind": "memo",
            "workspace_id": str(workspace_id),
            "text": memo.text,
            "study_ids": texts([subject.study_id]),
            "session_id": str(memo.session_id or ""),
            "created_at_s": int(memo.created_at.timestamp()),
        }
