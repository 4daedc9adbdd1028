"""The addresses of pages that show what a memo is about. Pure."""

from urllib.parse import urlencode
from uuid import UUID

from backend.memos.models import MemoSubject
from backend.memos.subjects import Subject


def page_of(workspace_id: UUID, subject: Subject, *, memo_id: UUID) -> str:
    """The path of the very place; where there is none any more, of the memo itself."""
    front = f"/w/{workspace_id}"
    here = _place_of(subject)
    return f"{front}/{here}" if here else f"{front}/memos?memo={memo_id}"


def _place_of(subject: Subject) -> str:
    if subject.is_gone:
        return ""
    session = f"sessions/{subject.session_id}"
    places = {
        MemoSubject.STUDY: f"studies/{subject.id}",
        MemoSubject.SESSION: session,
        MemoSubject.SEGMENT: f"{session}?"
        + urlencode({"source": str(subject.source_id), "word": subject.word_id}),
        MemoSubject.EXCERPT: f"{session}?excerpt={subject.id}",
        MemoSubject.TAG: f"codebook?tag={subject.id}",
        MemoSubject.PARTICIPANT: f"studies/{subject.study_id}" if subject.study_id else "",
        MemoSubject.PERSONA: f"personas/{subject.id}",
        MemoSubject.INSIGHT: f"insights/{subject.id}",
    }
    return places[MemoSubject(subject.kind)]
