"""Filter expressions for Meilisearch, safe for any value."""

from collections.abc import Iterable

from search.query import Condition, NumberRange

# Meilisearch unescapes quotes but not backslashes inside quoted values, so a value with a backslash
# could be written safely or found, not both. It is stored as the look-alike.
_BACKSLASH, _LOOK_ALIKE = "\\", "＼"


def filter_expression(workspace_id: str, conditions: Iterable[Condition] = ()) -> list[str]:
    """Conditions joined with "and": the workspace first, then the others."""
    return [
        f"workspace_id = {quoted(workspace_id)}",
        *(_condition(each) for each in conditions),
    ]


def _condition(condition: Condition) -> str:
    if isinstance(condition, NumberRange):
        ends = [(">=", condition.low), ("<", condition.high)]
        return " AND ".join(
            f"{condition.field} {sign} {end}" for sign, end in ends if end is not None
        )
    expression = any_of(condition.field, condition.values)
    return f"NOT {expression}" if condition.is_excluded else expression


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
