"""Searches people keep, with what is new in them since they last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.discovery.models import SavedSearch
from backend.discovery.selectors import count_evidence
from backend.workspaces.models import Workspace

MOST_SAVED = 50


@dataclass(frozen=True)
class SeenSearch:
    """A saved search with how much it finds, in all and marked since it was last looked at."""

    row: SavedSearch
    excerpts: int
    people: int
    new_excerpts: int


def list_saved_searches(workspace: Workspace, user: Any) -> list[SeenSearch]:
    """Somebody's own, oldest first. One query; two short searches of the index for each."""
    rows = SavedSearch.objects.filter(workspace=workspace, user=user)
    return [describe_saved_search(row) for row in rows]


def describe_saved_search(row: SavedSearch) -> SeenSearch:
    """Raises UnavailableError."""
    found = count_evidence(row.workspace_id, row.question)
    new = count_evidence(row.workspace_id, row.question, since=row.last_seen_at)
    return SeenSearch(row, found.excerpts, found.people, new.excerpts)


@transaction.atomic
def save_search(
    *, workspace_id: UUID, user: Any, name: str, question: Mapping[str, Any]
) -> SavedSearch:
    """Keep a search. Raises ConflictError for a name they use already."""
    if SavedSearch.objects.filter(workspace_id=workspace_id, user=user).count() >= MOST_SAVED:
        raise InvalidInputError(
            f"You have {MOST_SAVED} saved searches already.",
            remedy="Delete one that you don't need any more.",
        )
    row = SavedSearch(
        workspace_id=workspace_id,
        user=user,
        name=name,
        question=dict(question),
        last_seen_at=timezone.now(),
    )
    return _save(row)


@transaction.atomic
def rename_saved_search(*, row: SavedSearch, name: str) -> SavedSearch:
    """Raises ConflictError for a name they use already."""
    row.name = name
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
