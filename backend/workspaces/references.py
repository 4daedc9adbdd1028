"""Ids of other rows in a request, looked up inside the workspace: a stranger's id is unknown."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import models

from backend.common.errors import InvalidInputError

Row = TypeVar("Row", bound=models.Model)


def find_rows(
    rows: models.QuerySet[Row], ids: Iterable[UUID], *, workspace_id: UUID, field: str
) -> list[Row]:
    """Return the workspace's rows with these ids, in their order, each once. One query at most.

    Raises InvalidInputError naming `field` if any of them is not there.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    found = {row.pk: row for row in rows.filter(workspace_id=workspace_id, pk__in=wanted)}
    missing = [str(row_id) for row_id in wanted if row_id not in found]
    if missing:
        raise InvalidInputError(
            "Something this refers to is not in the workspace.",
            remedy="It may have been deleted. Reload the page and choose again.",
            fields={field: [f"Not found: {row_id}" for row_id in missing]},
        )
    return [found[row_id] for row_id in wanted]


def find_row(
    rows: models.QuerySet[Row], row_id: UUID | None, *, workspace_id: UUID, field: str
) -> Row | None:
    """As find_rows, for one id that may be null."""
    if row_id is None:
        return None
    return find_rows(rows, [row_id], workspace_id=workspace_id, field=field)[0]
