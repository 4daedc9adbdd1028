"""A question to the index, checked: whose workspace, which words, which filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import groupby

from search.documents import KINDS, value_tuple, workspace_key
from search.errors import SearchQueryError
from search.fallbacks import Choice, CountEach, choices
from search.parsing import ParsedText, parse_text
from search.synonyms import SynonymGroups, widened

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
    "product_areas": "product_area",
    "speaker_roles": "speaker_role",
    "intensities": "intensities",
    "has_insight": "has_insight",
    "is_key_quote": "is_key_quote",
}
# Participants are counted where somebody asks for them, for there may be thousands.
FILTER_FIELDS = {**FACET_FIELDS, "participant_ids": "participant_ids"}
# Compared as numbers, by ranges.
NUMBER_FIELDS = ("created_at_s",)
_FLAGS = ("is_key_quote", "has_insight")
# What a document may have several of.
_MANY = ("quadrants", "aspects", "persona_ids", "tag_ids")
_MOMENTS = ("created_from_s", "created_to_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Values of one field widen each other (or), fields narrow each other (and).

    In the fields that `all_of` names, every value must be there instead: both tags, not either.
    Each key of `attributes` ("age=30s", "age=40s", "city=Leeds") is a field of its own. `without`
    lists (name of a filter, value): documents that have any of those are left out (not).
    `created_from_s` and `created_to_s` are Unix times, from the first, before the second.
    """

    quadrants: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    persona_ids: tuple[str, ...] = ()
    study_ids: tuple[str, ...] = ()
    tag_ids: tuple[str, ...] = ()
    session_kinds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    participant_ids: tuple[str, ...] = ()
    product_areas: tuple[str, ...] = ()
    speaker_roles: tuple[str, ...] = ()
    intensities: tuple[str, ...] = ()
    has_insight: bool | None = None
    is_key_quote: bool | None = None
    created_from_s: int | None = None
    created_to_s: int | None = None
    without: tuple[tuple[str, str], ...] = ()
    all_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in _FLAGS:
                if value not in (None, True, False):
                    raise SearchQueryError(f"{each.name} must be true, false or left out.")
            elif each.name in _MOMENTS:
                if value is not None and (type(value) is not int or abs(value) >= 2**53):
                    raise SearchQueryError(f"{each.name} must be a Unix time or left out.")
            elif each.name == "without":
                object.__setattr__(self, "without", _exclusions(value))
            elif each.name == "all_of":
                object.__setattr__(self, "all_of", _fields_of_many(value))
            else:
                object.__setattr__(self, each.name, _filter_values(each.name, value))


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One condition: the field holds any of the values, or none if they are excluded.

    `prefix` is the "key=" of attributes. `is_required`: one of several values that must all be
    there.
    """

    facet: str
    values: tuple[str, ...]
    prefix: str = ""
    is_excluded: bool = False
    is_required: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether another value of the field would widen it: its facet is counted without it."""
        return not (self.is_excluded or self.is_required)

    @property
    def field(self) -> str:
        return FILTER_FIELDS[self.facet]


@dataclass(frozen=True, slots=True)
class NumberRange:
    """One condition: the number is at least `low` and below `high`; None: without end."""

    field: str
    low: int | None = None
    high: int | None = None


Condition = FilterGroup | NumberRange


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to find. An empty text browses, newest first. No `kinds` means all.

    `facets` names what is counted value by value, of FILTER_FIELDS. `synonyms` are the workspace's
    groups of words and phrases that mean the same. `choice`: the words to show, as an earlier
    answer chose them, instead of what finds enough.
    """

    workspace_id: str
    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = tuple(FACET_FIELDS)
    synonyms: SynonymGroups = ()
    choice: Choice | None = None
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
        object.__setattr__(self, "parsed", widened(parse_text(self.text), self.synonyms))

    def with_all_words(self) -> "SearchQuery":
        """The same, answered by nothing that lacks a word."""
        return replace(self, choice=Choice.of(self.parsed))

    def choices(self, count_each: CountEach) -> Iterator[Choice]:
        """What may be shown, for as long as it is not enough."""
        if self.choice is not None:
            return iter((self.choice,))
        return choices(self.parsed, count_each)

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
            elif each.name == "without":
                groups += _excluding_groups(values)
            elif each.name in _FLAGS and values is not None:
                groups.append(FilterGroup(each.name, ("true" if values else "false",)))
            elif each.name in self.filters.all_of:
                groups += [FilterGroup(each.name, (value,), is_required=True) for value in values]
            elif each.name not in (*_FLAGS, *_MOMENTS, "all_of") and values:
                groups.append(FilterGroup(each.name, values))
        return tuple(groups)

    def number_ranges(self) -> tuple[NumberRange, ...]:
        """Further conditions, to be joined with "and" as well."""
        low, high = self.filters.created_from_s, self.filters.created_to_s
        return () if low is None and high is None else (NumberRange("created_at_s", low, high),)

    def conditions(self) -> tuple[Condition, ...]:
        """All of them."""
        return (*self.filter_groups(), *self.number_ranges())


def _attribute_groups(values: tuple[str, ...]) -> list[FilterGroup]:
    by_prefix: dict[str, list[str]] = {}
    for value in values:
        by_prefix.setdefault(attribute_prefix(value), []).append(value)
    return [
        FilterGroup("attributes", tuple(group), prefix=prefix)
        for prefix, group in by_prefix.items()
    ]


def _excluding_groups(pairs: Iterable[tuple[str, str]]) -> list[FilterGroup]:
    by_facet = groupby(sorted(pairs), key=lambda pair: pair[0])
    return [
        FilterGroup(facet, tuple(value for _, value in group), is_excluded=True)
        for facet, group in by_facet
    ]


def _exclusions(pairs: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(pairs, tuple | list) or len(pairs) > MAX_FILTER_VALUES:
        raise SearchQueryError(f"without must be a list of at most {MAX_FILTER_VALUES} pairs.")
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] not in FILTER_FIELDS:
            raise SearchQueryError(f"{pair!r} is not the name of a filter and a value.")
    return tuple((facet, *value_tuple(facet, [value])) for facet, value in dict.fromkeys(pairs))


def _fields_of_many(names: object) -> tuple[str, ...]:
    chosen = value_tuple("all_of", names)
    if unknown := [name for name in chosen if name not in _MANY]:
        raise SearchQueryError(f"{unknown[0]!r} is not one of {', '.join(_MANY)}.")
    return chosen


def attribute_prefix(value: str) -> str:
    """The "key=" of a "key=value"."""
    return value[: value.find("=") + 1]


def _filter_values(name: str, values: object) -> tuple[str, ...]:
    distinct = value_tuple(name, values)
    if len(distinct) > MAX_FILTER_VALUES:
        raise SearchQueryError(f"{name} has more than {MAX_FILTER_VALUES} values.")
    return distinct
