"""Reading ids out of query strings."""

from uuid import UUID

from backend.common.errors import InvalidInputError


def parse_id(text: str, *, name: str) -> UUID:
    """Return the UUID that `text` spells. Raises InvalidInputError naming the parameter."""
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInputError(
            f"“{name}” must be an id.", fields={name: ["Not an id."]}
        ) from error
