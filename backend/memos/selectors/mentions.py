"""Where somebody is mentioned."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.memos.models import Memo, Mention
from backend.memos.selectors.threads import with_subjects

_SHOWN_MAXIMUM = 30


def mentions_of(workspace_id: UUID, user: Any) -> QuerySet[Mention]:
    """Mentions of this person in memos that nobody deleted."""
    return Mention.objects.filter(
        workspace_id=workspace_id, user=user, memo__deleted_at__isnull=True
    )


def count_unseen(workspace_id: UUID, user: Any) -> int:
    """How many they have not looked at."""
    return mentions_of(workspace_id, user).filter(seen_at__isnull=True).count()


def list_mentions(workspace_id: UUID, user: Any) -> list[Mention]:
    """The newest of them, with their memos and what those are about."""
    rows = list(
        mentions_of(workspace_id, user)
        .select_related("memo__created_by")
        .prefetch_related("memo__mentions__user")
        .order_by("-created_at", "id")[:_SHOWN_MAXIMUM]
    )
    memos: list[Memo] = [mention.memo for mention in rows]
    with_subjects(workspace_id, memos)
    return rows
