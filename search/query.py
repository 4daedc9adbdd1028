"""A question to the index, checked: whose workspace, which words, which filters."""

from dataclasses import dataclass, field, fields

from search.documents import KINDS, value_tuple, workspace_key
from search.errors import SearchQueryError
from search.parsing import ParsedText, parse_text

MAX_LIMIT = 200
MAX_OFFSET = 100_000
MAX_FILTER_VALUES = 200

# Facet (its name in queries and results) → field of the document.
FACET_FIELDS = {
    "kinds": "kind",
    "quadrants": "quadrants",
    "aspects": "aspects",
    "persona_ids": "persona_ids",
    "study_ids": "study_ids",
    "tag_ids": "tag_ids",
    "session_kinds": "session_kind",
    "attributes": "attributes",
    "is_key_quote": "is_key_quote",
}
# Filters only: a list of every participant is no choice to offer.
FILTER_FIELDS = {**FACET_FIELDS, "participant_ids": "participant_ids"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Values of one field widen each other (or), fields narrow each other (and).

    Each key of `attributes` ("age=30s", "age=40s", "city=Leeds") is a field of its own.
    """

    quadrants: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    persona_ids: tuple[str, ...] = ()
    study_ids: tuple[str, ...] = ()
    tag_ids: tuple[str, ...] = ()
    session_kinds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    participant_ids: tuple[str, ...] = ()
    is_key_quote: bool | None = None

    def __post_init__(self) -> None:
        for each in fields(self):
            if each.name != "is_key_quote":
                object.__setattr__(
                    self, each.name, _filter_values(each.name, getattr(self, each.name))
                )
        if self.is_key_quote not in (None, True, False):
            raise SearchQueryError("is_key_quote must be true, false or left out.")


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One condition: the field holds any of the values. `prefix` is the "key=" of attributes."""

    facet: str
    values: tuple[str, ...]
    prefix: str = ""

    @property
    def field(self) -> str:
        return FILTER_FIELDS[self.facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to find. An empty text browses, newest first. No `kinds` means all."""

    workspace_id: str
    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    limit: int = 20
    with_facets: bool = True
    parsed: ParsedText = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "workspace_id", workspace_key(self.workspace_id))
        object.__setattr__(self, "kinds", _filter_values("kinds", self.kinds))
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown:
            raise SearchQueryError(f"Kind {unknown[0]!r} is not one of {', '.join(KINDS)}.")
        if not 0 <= self.limit <= MAX_LIMIT:
            raise SearchQueryError(f"limit must be between 0 and {MAX_LIMIT}.")
        if not 0 <= self.offset <= MAX_OFFSET:
            raise SearchQueryError(f"offset must be between 0 and {MAX_OFFSET}.")
        object.__setattr__(self, "parsed", parse_text(self.text))

    @property
    def people_kinds(self) -> tuple[str, ...]:
        """The kinds whose people are counted: who said it, unless no excerpts are asked for."""
        return ("excerpt",) if not self.kinds or "excerpt" in self.kinds else self.kinds

    def filter_groups(self) -> tuple[FilterGroup, ...]:
        """Every condition of the query but the workspace, to be joined with "and"."""
        groups = [FilterGroup("kinds", self.kinds)] if self.kinds else []
        for each in fields(self.filters):
            values = getattr(self.filters, each.name)
            if each.name == "attributes":
                groups += _attribute_groups(values)
            elif each.name == "is_key_quote" and values is not None:
                groups.append(FilterGroup(each.name, ("true" if values else "false",)))
            elif values:
                groups.append(FilterGroup(each.name, values))
        return tuple(groups)


def _attribute_groups(values: tuple[str, ...]) -> list[FilterGroup]:
    by_prefix: dict[str, list[str]] = {}
    for value in values:
        by_prefix.setdefault(attribute_prefix(value), []).append(value)
    return [
        FilterGroup("attributes", tuple(group), prefix=prefix)
        for prefix, group in by_prefix.items()
    ]


def attribute_prefix(value: str) -> str:
    """The "key=" of a "key=value"."""
    return value[: value.find("=") + 1]


def _filter_values(name: str, values: object) -> tuple[str, ...]:
    distinct = value_tuple(name, values)
    if len(distinct) > MAX_FILTER_VALUES:
        raise SearchQueryError(f"{name} has more than {MAX_FILTER_VALUES} values.")
    return distinct
