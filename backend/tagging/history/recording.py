"""Writing down what a person changed, row by row, so that it can be undone and others see it.

Services put what they do inside `recording(…)` and say which rows they are about to touch; how
those rows differ afterwards is found out here.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max

from backend.studies.models import Session
from backend.tagging.models import Change
from backend.workspaces.models import Workspace

# Of no interest to anyone who undoes something.
UNTRACKED = {"id", "workspace_id", "created_at", "updated_at"}

State = dict[str, Any]
_Key = tuple[str, UUID]


class Recording:
    """The rows touched by one act, as they were before it."""

    def __init__(self, summary: str) -> None:
        self.summary = summary
        self._before: dict[_Key, State | None] = {}

    def watch(self, *rows: models.Model) -> None:
        """These rows are about to be changed or deleted. One query for each table."""
        by_table: dict[str, list[UUID]] = {}
        for row in rows:
            if (table_of(row), row.pk) not in self._before:
                by_table.setdefault(table_of(row), []).append(row.pk)
        for table, ids in by_table.items():
            for row_id, state in read_states(table, ids).items():
                self._before[table, row_id] = state

    def made(self, *rows: models.Model) -> None:
        """These rows are new."""
        for row in rows:
            self._before.setdefault((table_of(row), row.pk), None)

    def rows(self) -> list[dict[str, Any]]:
        """What differs now, in the order in which it was touched."""
        by_table: dict[str, list[UUID]] = {}
        for table, row_id in self._before:
            by_table.setdefault(table, []).append(row_id)
        after = {
            (table, row_id): state
            for table, ids in by_table.items()
            for row_id, state in read_states(table, ids).items()
        }
        found = (_difference(*key, before, after.get(key)) for key, before in self._before.items())
        return [row for row in found if row is not None]


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(
    *, workspace_id: UUID, session_id: UUID | None = None, user: Any, verb: str, summary: str
) -> Iterator[Recording]:
    """Record what is done inside as one change, in one transaction.

    Inside another recording it becomes part of that. Nothing is written down where nothing
    changed, or where no person did it.
    """
    if outer := _current.get():
        yield outer
        return
    with transaction.atomic():
        made = Recording(summary)
        token = _current.set(made)
        try:
            yield made
        finally:
            _current.reset(token)
        rows = made.rows() if user is not None else []
        if rows:
            Change.objects.create(
                workspace_id=workspace_id,
                session_id=session_id,
                number=next_number(workspace_id=workspace_id, session_id=session_id),
                verb=verb,
                summary=made.summary[:300],
                rows=rows,
                created_by=user,
            )


def next_number(*, workspace_id: UUID, session_id: UUID | None) -> int:
    """The next number of a session's changes, or of the codebook's; locks until the commit."""
    scope: type[models.Model] = Session if session_id else Workspace
    scope._default_manager.select_for_update().values_list("id").get(id=session_id or workspace_id)
    of_workspace = Change.objects.filter(workspace_id=workspace_id)
    numbers = of_workspace.filter(
        **({"session_id": session_id} if session_id else {"session__isnull": True})
    )
    return (numbers.aggregate(latest=Max("number"))["latest"] or 0) + 1


def table_of(row: models.Model) -> str:
    """The name of a row's table in a change, such as "tagging.excerpt"."""
    return row._meta.label_lower


def model_of(table: str) -> type[models.Model]:
    return apps.get_model(table)


def read_states(table: str, ids: Iterable[UUID]) -> dict[UUID, State]:
    """The tracked columns of those rows that exist, as JSON holds them."""
    model = model_of(table)
    columns = [
        field.attname for field in model._meta.concrete_fields if field.attname not in UNTRACKED
    ]
    rows = model._default_manager.filter(pk__in=list(ids)).values("id", *columns)
    return {row["id"]: {name: _plain(row[name]) for name in columns} for row in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _difference(
    table: str, row_id: UUID, before: State | None, after: State | None
) -> dict[str, Any] | None:
    """None: nothing differs. Of a row that stays, only the columns that differ are kept."""
    if before == after:
        return None
    if before is not None and after is not None:
        names = [name for name, value in before.items() if value != after[name]]
        before, after = ({name: state[name] for name in names} for state in (before, after))
    return {"table": table, "id": str(row_id), "before": before, "after": after}
