"""Filter expressions for Meilisearch, safe for any value."""

from collections.abc import Iterable

from search.query import FilterGroup

# Meilisearch unescapes quotes but not backslashes inside quoted values, so a value with a backslash
# could be written safely or found, not both. It is stored as the look-alike.
_BACKSLASH, _LOOK_ALIKE = "\\", "＼"


def filter_expression(workspace_id: str, groups: Iterable[FilterGroup] = ()) -> list[str]:
    """Conditions joined with "and": the workspace first, then one for each group."""
    return [
        f"workspace_id = {quoted(workspace_id)}",
        *(any_of(group.field, group.values) for group in groups),
    ]


def any_of(field: str, values: Iterable[str]) -> str:
    return f"{field} IN [{', '.join(map(quoted, values))}]"


def quoted(value: str) -> str:
    """One value as a string literal that can't end early."""
    return '"' + stored_value(value).replace('"', '\\"') + '"'


def stored_value(value: str) -> str:
    """A value as it is kept in the index; `original_value` undoes it."""
    return value.encode(errors="replace").decode().replace(_BACKSLASH, _LOOK_ALIKE)


def original_value(value: str) -> str:
    return value.replace(_LOOK_ALIKE, _BACKSLASH)
