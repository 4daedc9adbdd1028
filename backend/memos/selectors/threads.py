"""Memos as threads: one that began it, and the answers to it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Greatest

from backend.memos.folding import patterns_of
from backend.memos.models import Memo, MemoSubject, Mention
from backend.memos.selectors.segments import about_segment
from backend.memos.selectors.subjects import describe_subjects
from backend.memos.subjects import SubjectReference


def list_threads(workspace_id: UUID, filters: dict[str, Any], *, reader: Any) -> QuerySet[Memo]:
    """Threads that pass all filters, as MemoFiltersSerializer validates them; newest word first.

    A thread passes if one memo of it has all that is asked of a memo: author, mention and words.
    A deleted memo stays as long as there are answers to it.
    """
    kept_answers = Memo.objects.kept().filter(parent=OuterRef("pk")).order_by()
    threads = Memo.objects.filter(
        Q(deleted_at__isnull=True) | Exists(kept_answers),
        _about(workspace_id, filters),
        workspace_id=workspace_id,
        parent__isnull=True,
    )
    asked = _asked_of_memo(filters, reader)
    if asked:
        matching = Memo.objects.kept().filter(asked)
        threads = threads.filter(
            Exists(matching.filter(pk=OuterRef("pk")))
            | Exists(matching.filter(parent=OuterRef("pk")))
        )
    newest = kept_answers.values("parent").annotate(at=Max("created_at")).values("at")
    return threads.annotate(
        latest_at=Greatest(F("created_at"), Coalesce(Subquery(newest), F("created_at")))
    ).order_by("-latest_at", "id")


def _about(workspace_id: UUID, filters: dict[str, Any]) -> Q:
    condition = Q()
    kind, subject_id = filters.get("subject_kind"), filters.get("subject_id")
    if kind == MemoSubject.SEGMENT and subject_id:
        condition &= about_segment(workspace_id, subject_id)
    elif subject_id:
        condition &= Q(subject_id=subject_id)
    if kind:
        condition &= Q(subject_kind=kind)
    if session_id := filters.get("session"):
        condition &= Q(session_id=session_id)
    if study_id := filters.get("study"):
        condition &= Q(session__study_id=study_id) | Q(
            subject_kind=MemoSubject.STUDY, subject_id=study_id
        )
    return condition


def _asked_of_memo(filters: dict[str, Any], reader: Any) -> Q:
    asked = Q()
    if author_id := filters.get("author"):
        asked &= Q(created_by_id=author_id)
    if filters.get("mentions"):
        asked &= Q(Exists(Mention.objects.filter(memo=OuterRef("pk"), user=reader)))
    for pattern in patterns_of(filters.get("q", "")):
        asked &= Q(folded_text__contains=pattern)
    return asked


def with_thread(memos: QuerySet[Memo]) -> QuerySet[Memo]:
    """Load what a thread shows, but for its subject: three queries more than the memos."""
    mentions = Prefetch("mentions", Mention.objects.select_related("user").order_by("user__name"))
    answers = (
        Memo.objects.kept()
        .select_related("created_by")
        .prefetch_related(mentions)
        .order_by("created_at", "id")
    )
    return memos.select_related("created_by").prefetch_related(
        mentions, Prefetch("answers", answers, to_attr="kept_answers")
    )


def with_subjects(workspace_id: UUID, memos: Iterable[Memo]) -> Sequence[Memo]:
    """Set `subject` on each memo and its loaded answers; see describe_subjects for the cost."""
    rows = list(memos)
    subjects = describe_subjects(workspace_id, (reference_of(memo) for memo in rows))
    for memo in rows:
        subject = subjects[reference_of(memo)]
        for one in (memo, *getattr(memo, "kept_answers", ())):
            vars(one)["subject"] = subject
    return rows


def reference_of(memo: Memo) -> SubjectReference:
    return SubjectReference(memo.subject_kind, memo.subject_id, memo.transcript_id, memo.word_id)


def get_thread(memo: Memo) -> Memo:
    """The memo with all that is shown of it."""
    rows = with_thread(Memo.objects.filter(pk=memo.pk))
    return with_subjects(memo.workspace_id, rows)[0]
