"""Writing memos: on anything, as an answer, with mentions; changing them and taking them back."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.common.errors import InvalidInputError, NotAllowedError
from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.memos.folding import fold_text
from backend.memos.models import Memo, MemoSubject, Mention
from backend.memos.selectors import mentions_of
from backend.memos.subjects import Subject
from backend.tagging.history import Recording, recording

_SUMMARY_WORDS = 8


@transaction.atomic
def create_memo(
    *,
    workspace_id: UUID,
    user: Any,
    subject: Subject,
    text: str,
    mentioned: Sequence[User] = (),
) -> Memo:
    """Note something on a subject that was looked up in the workspace."""
    is_segment = subject.kind == MemoSubject.SEGMENT
    memo = Memo(
        workspace_id=workspace_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        session_id=subject.session_id,
        transcript_id=subject.transcript_id if is_segment else None,
        word_id=subject.word_id if is_segment else None,
    )
    return _save_new(memo, user, text, mentioned)


@transaction.atomic
def answer_memo(*, memo: Memo, user: Any, text: str, mentioned: Sequence[User] = ()) -> Memo:
    """Answer a memo. An answer to an answer stands in the same thread."""
    first = memo.parent or memo
    answer = Memo(
        workspace_id=first.workspace_id,
        subject_kind=first.subject_kind,
        subject_id=first.subject_id,
        session_id=first.session_id,
        transcript_id=first.transcript_id,
        word_id=first.word_id,
        parent=first,
    )
    return _save_new(answer, user, text, mentioned)


def _save_new(memo: Memo, user: Any, text: str, mentioned: Sequence[User]) -> Memo:
    memo.created_by, memo.text, memo.folded_text = user, text, fold_text(text)
    verb = "Answered a memo" if memo.parent_id else "Wrote a memo"
    with _recording(memo, user, "memo.create", f"{verb}: “{_beginning(text)}”") as changes:
        memo.save()
        changes.made(memo)
        _mention(memo, mentioned, changes)
        _tell_search(memo)
    return memo


@transaction.atomic
def update_memo(
    *, memo: Memo, user: Any, text: str | None = None, mentioned: Sequence[User] | None = None
) -> Memo:
    """Change what was written, or who is mentioned. Raises NotAllowedError if others wrote it."""
    if memo.created_by_id != user.id:
        raise NotAllowedError(
            "Only who wrote a memo can change it.", remedy="Write an answer to it instead."
        )
    summary = f"Changed a memo: “{_beginning(text or memo.text)}”"
    with _recording(memo, user, "memo.update", summary) as changes:
        changes.watch(memo)
        if text is not None and text != memo.text:
            memo.text, memo.folded_text, memo.edited_at = text, fold_text(text), timezone.now()
            memo.save(update_fields=["text", "folded_text", "edited_at", "updated_at"])
            _tell_search(memo)
        if mentioned is not None:
            _mention(memo, mentioned, changes)
    return memo


@transaction.atomic
def delete_memo(*, memo: Memo, user: Any, may_moderate: bool) -> None:
    """Take a memo off every page; answers to it stay. restore_memo brings it back.

    Raises NotAllowedError for what others wrote, unless the user looks after the workspace.
    """
    _refuse_others(memo, user, may_moderate)
    _set_deleted(memo, user, timezone.now(), "memo.delete", "Deleted a memo")


@transaction.atomic
def restore_memo(*, memo: Memo, user: Any, may_moderate: bool) -> Memo:
    """Undo delete_memo."""
    _refuse_others(memo, user, may_moderate)
    _set_deleted(memo, user, None, "memo.update", "Brought back a memo")
    return memo


def mark_seen(*, workspace_id: UUID, user: Any, memo_ids: Sequence[UUID] | None = None) -> None:
    """Note that somebody has looked at where they are mentioned: in these memos, or in all."""
    unseen = mentions_of(workspace_id, user).filter(seen_at__isnull=True)
    if memo_ids is not None:
        unseen = unseen.filter(memo_id__in=memo_ids)
    unseen.update(seen_at=timezone.now())


def find_mentioned(workspace_id: UUID, user_ids: Sequence[UUID]) -> list[User]:
    """The members with these ids. Raises InvalidInputError if somebody is not a member."""
    wanted = set(user_ids)
    members = list(User.objects.filter(id__in=wanted, memberships__workspace_id=workspace_id))
    if len(members) < len(wanted):
        raise InvalidInputError(
            "Somebody mentioned here is not a member of this workspace.",
            remedy="Take the mention out, or ask an owner to add them.",
            fields={"mentioned_user_ids": ["Only members can be mentioned."]},
        )
    return members


def _refuse_others(memo: Memo, user: Any, may_moderate: bool) -> None:
    if memo.created_by_id != user.id and not may_moderate:
        raise NotAllowedError(
            "Only who wrote a memo, or an owner, can delete it.",
            remedy="Write an answer to it instead.",
        )


def _set_deleted(memo: Memo, user: Any, moment: Any, verb: str, act: str) -> None:
    with _recording(memo, user, verb, f"{act}: “{_beginning(memo.text)}”") as changes:
        changes.watch(memo)
        memo.deleted_at = moment
        memo.save(update_fields=["deleted_at", "updated_at"])
        _tell_search(memo)


def _tell_search(memo: Memo) -> None:
    record_change(
        workspace_id=memo.workspace_id, subject_kind=SubjectKind.MEMO, subject_ids=[memo.id]
    )


def _mention(memo: Memo, mentioned: Sequence[User], changes: Recording) -> None:
    """Make the mentions of a memo these. Nobody is told that they mentioned themselves."""
    known = {mention.user_id: mention for mention in memo.mentions.all()}
    wanted = {user.id for user in mentioned}
    gone = [mention for user_id, mention in known.items() if user_id not in wanted]
    changes.watch(*gone)
    memo.mentions.filter(pk__in=[mention.pk for mention in gone]).delete()
    made = Mention.objects.bulk_create(
        Mention(
            workspace_id=memo.workspace_id,
            memo=memo,
            user_id=user_id,
            seen_at=timezone.now() if user_id == memo.created_by_id else None,
        )
        for user_id in wanted - known.keys()
    )
    changes.made(*made)


def _recording(memo: Memo, user: Any, verb: str, summary: str) -> AbstractContextManager[Recording]:
    """Only what is noted in a session can be undone there; elsewhere memos are no changes."""
    if memo.session_id is None:
        return nullcontext(Recording(summary))
    return recording(
        workspace_id=memo.workspace_id,
        session_id=memo.session_id,
        user=user,
        verb=verb,
        summary=summary,
    )


def _beginning(text: str) -> str:
    words = text.split()
    more = "…" if len(words) > _SUMMARY_WORDS else ""
    return " ".join(words[:_SUMMARY_WORDS])[:120] + more
