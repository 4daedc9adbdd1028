"""Searches people keep, with what is new in them since they last looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.discovery.models import SavedSearch
from backend.discovery.selectors import count_evidence, find_new_evidence
from backend.workspaces.models import Workspace

MOST_SAVED = 50
# Each costs two searches of the index.
MOST_COUNTED = 12
# So long a deletion can be undone.
KEPT_DELETED = timedelta(days=30)


@dataclass(frozen=True)
class CountedSearch:
    """How much a saved search finds, in all and marked since it was last looked at."""

    id: UUID
    excerpts: int
    people: int
    new_excerpts: int


def list_saved_searches(workspace: Workspace, user: Any) -> QuerySet[SavedSearch]:
    """Somebody's own, in their order."""
    return SavedSearch.objects.kept().filter(workspace=workspace, user=user)


def count_saved_searches(rows: QuerySet[SavedSearch]) -> list[CountedSearch]:
    """Two short searches of the index for each. Raises UnavailableError."""
    return [_counted(row) for row in rows[:MOST_COUNTED]]


def _counted(row: SavedSearch) -> CountedSearch:
    found = count_evidence(row.workspace_id, row.question)
    new = find_new_evidence(row.workspace_id, row.question, since=row.last_seen_at)
    return CountedSearch(row.id, found.excerpts, found.people, new.excerpts)


@transaction.atomic
def save_search(
    *, workspace: Workspace, user: Any, name: str, question: Mapping[str, Any]
) -> SavedSearch:
    """Keep a search, as the last. Raises ConflictError for a name they use already."""
    mine = list_saved_searches(workspace, user)
    if mine.count() >= MOST_SAVED:
        raise InvalidInputError(
            f"You have {MOST_SAVED} saved searches already.",
            remedy="Delete one that you don't need any more.",
        )
    last = mine.aggregate(last=Max("position"))["last"]
    row = SavedSearch(
        workspace=workspace,
        user=user,
        name=name,
        question=dict(question),
        position=0 if last is None else last + 1,
        last_seen_at=timezone.now(),
    )
    return _save(row)


@transaction.atomic
def change_saved_search(
    *, row: SavedSearch, name: str | None = None, is_in_digest: bool | None = None
) -> SavedSearch:
    """Rename it, or put it into the weekly digest or out of it. Raises ConflictError for a name
    they use already.
    """
    if name is not None:
        row.name = name
    if is_in_digest is not None and is_in_digest != (row.in_digest_since is not None):
        row.in_digest_since = timezone.now() if is_in_digest else None
    return _save(row)


@transaction.atomic
def order_saved_searches(*, workspace: Workspace, user: Any, ids: Sequence[UUID]) -> None:
    """Put them into this order; those that are not named follow as they were."""
    places = {row_id: place for place, row_id in enumerate(ids)}
    rows = list(list_saved_searches(workspace, user))
    rows.sort(key=lambda row: places.get(row.id, len(places)))
    for position, row in enumerate(rows):
        row.position = position
    SavedSearch.objects.bulk_update(rows, ["position"])


@transaction.atomic
def delete_saved_search(*, row: SavedSearch) -> None:
    """Out of sight; restore_saved_search brings it back. Older deletions are final by now."""
    now = timezone.now()
    others = SavedSearch.objects.filter(workspace_id=row.workspace_id, user_id=row.user_id)
    others.filter(deleted_at__lt=now - KEPT_DELETED).delete()
    row.deleted_at = now
    row.save(update_fields=["deleted_at", "updated_at"])


@transaction.atomic
def restore_saved_search(*, row: SavedSearch) -> SavedSearch:
    """Raises ConflictError if they use its name again already."""
    row.deleted_at = None
    return _save(row)


def see_saved_search(*, row: SavedSearch) -> SavedSearch:
    """Nothing in it is new any more."""
    row.last_seen_at = timezone.now()
    row.save(update_fields=["last_seen_at", "updated_at"])
    return row


def _save(row: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ConflictError(
            f"You have a saved search called “{row.name}” already.",
            remedy="Choose another name.",
            fields={"name": ["Taken."]},
        ) from error
    return row
