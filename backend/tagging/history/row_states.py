"""Rows of any table as JSON holds them: read, and turned into columns again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

# Of no interest to anyone who undoes something.
_UNTRACKED = {"id", "workspace_id", "updated_at"}
# These follow from other rows, or never go back.
_UNTRACKED_OF = {"sources.transcript": {"word_count", "next_word_id", "transcribed_ms"}}

State = dict[str, Any]


def table_of(row: models.Model) -> str:
    """The name of a row's table in a change, such as "tagging.excerpt"."""
    return row._meta.label_lower


def model_of(table: str) -> type[models.Model]:
    return apps.get_model(table)


def read_states(table: str, ids: Iterable[UUID], *, is_locking: bool = False) -> dict[UUID, State]:
    """The tracked columns of those rows that exist, locked until the commit if asked. One query."""
    columns = tracked_columns(table)
    rows = model_of(table)._default_manager.filter(pk__in=list(ids)).order_by("pk")
    if is_locking:
        rows = rows.select_for_update(no_key=True)
    return {
        row["id"]: {name: _plain(row[name]) for name in columns}
        for row in rows.values("id", *columns)
    }


def state_of(row: models.Model) -> State:
    """The tracked columns of a row that was read."""
    return {name: _plain(getattr(row, name)) for name in tracked_columns(table_of(row))}


def tracked_columns(table: str) -> list[str]:
    untracked = _UNTRACKED | _UNTRACKED_OF.get(table, set())
    fields = model_of(table)._meta.concrete_fields
    return [field.attname for field in fields if field.attname not in untracked]


def set_columns(row: models.Model, state: State) -> list[str]:
    """Set the columns on the row without saving; returns the names of its fields."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    # A column that a later version of the product no longer has is left out.
    known = [name for name in state if name in fields]
    for name in known:
        setattr(row, name, fields[name].to_python(state[name]))
    return [fields[name].name for name in known]


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
