"""Asking the engine, always for one workspace, and counting what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.common.errors import InvalidInputError
from backend.discovery.engine import search_index, telling_outages
from backend.discovery.serializers import MAX_RESULTS, SearchQuestionSerializer
from backend.discovery.synonyms import read_groups
from backend.studies.models import ConsentState, Participant
from backend.tagging.selectors import live_excerpts
from search.errors import SearchQueryError
from search.query import Filters, SearchQuery
from search.result import AlsoSearched, Facets, Hit, SearchResult

# What is searched unless somebody says otherwise: what is evidence, or rests on it.
USUAL_KINDS = ("excerpt", "insight", "persona", "claim")
# Name in the API → name in the search library, of what can be left out or be required together.
_EXCLUDABLE = {
    "quadrant": "quadrants",
    "aspect": "aspects",
    "persona": "persona_ids",
    "study": "study_ids",
    "tag": "tag_ids",
    "participant": "participant_ids",
    "session_kind": "session_kinds",
    "attribute": "attributes",
    "product_area": "product_areas",
    "speaker_role": "speaker_roles",
}


@dataclass(frozen=True)
class Found:
    """A page of hits with counts over all that matched.

    `complete`: how many of the total lack none of the words but those that were dropped. Facets
    count excerpts, unless none were asked for; the facet of kinds counts every document.
    """

    hits: tuple[Hit, ...]
    total: int
    excerpts: int
    people: int
    studies: int
    facets: Facets
    complete: int
    dropped_words: tuple[str, ...]
    also_searched: tuple[AlsoSearched, ...]
    took_ms: float


def search_workspace(workspace_id: UUID, question: Mapping[str, Any]) -> Found:
    """Answer a question as SearchQuestionSerializer validates it.

    Raises UnavailableError, and InvalidInputError if the engine can't take the question.
    """
    query = _query_of(workspace_id, question)
    with telling_outages():
        is_mixed = (not query.kinds or "excerpt" in query.kinds) and query.kinds != ("excerpt",)
        result = search_index(replace(query, facets=("kinds",)) if is_mixed else query)
        excerpts = _count_excerpts(result, query)
        evidence = _search_evidence(query, result, excerpts) if is_mixed else result
    return Found(
        hits=result.hits,
        total=result.total,
        excerpts=excerpts,
        people=result.people,
        studies=_count_studies(evidence.facets, query),
        facets={**evidence.facets, "kinds": result.facets.get("kinds", {})},
        complete=result.complete,
        dropped_words=result.dropped_words,
        also_searched=result.also_searched,
        took_ms=result.took_ms + (0 if evidence is result else evidence.took_ms),
    )


@dataclass(frozen=True)
class FoundExcerpts:
    """Ids of a page of excerpts, and how many there are in all."""

    ids: list[UUID]
    total: int


def find_excerpts(
    workspace_id: UUID, question: Mapping[str, Any], *, offset: int, limit: int
) -> FoundExcerpts:
    """A page of the excerpts alone, without counting anything else. One search.

    Raises UnavailableError, and InvalidInputError if the engine can't take the question.
    """
    asked = {**question, "kind": ["excerpt"], "offset": offset, "limit": limit}
    query = replace(_query_of(workspace_id, asked), facets=())
    with telling_outages():
        result = search_index(query)
    return FoundExcerpts([UUID(hit.id) for hit in result.hits], result.total)


def count_by_person(workspace_id: UUID, question: Mapping[str, Any]) -> dict[UUID, int]:
    """How much of what answers a question each participant said, most first. One search.

    Counted as if no participant were chosen. Only the first few hundred, and those whom the
    question names. Raises UnavailableError, and InvalidInputError if the engine can't take it.
    """
    kinds = question["kind"]
    asked = {**question, "kind": kinds if kinds and "excerpt" not in kinds else ["excerpt"]}
    query = replace(_query_of(workspace_id, asked), limit=0, facets=("participant_ids",))
    with telling_outages():
        counts = search_index(query).facets["participant_ids"]
    return {UUID(person): count.documents for person, count in counts.items()}


@dataclass(frozen=True)
class Evidence:
    """How many excerpts, and how many different people behind them."""

    excerpts: int
    people: int


def count_evidence(
    workspace_id: UUID, question: Mapping[str, Any], *, is_strict: bool = False
) -> Evidence:
    """How many excerpts answer a question that was saved, without reading any of them.

    `is_strict`: only those that have all of the words.
    """
    result = _search_saved(workspace_id, question, is_strict=is_strict)
    if result is None:
        return Evidence(0, 0)
    return Evidence(result.total, result.people)


@dataclass(frozen=True)
class NewEvidence(Evidence):
    """What was marked in a while, with the ids of the newest excerpts, the newest first."""

    newest: tuple[UUID, ...] = ()


def find_new_evidence(
    workspace_id: UUID,
    question: Mapping[str, Any],
    *,
    since: datetime,
    until: datetime | None = None,
    newest: int = 0,
) -> NewEvidence:
    """Excerpts that answer a saved question and were marked from `since` until before `until`.

    Only what has all of the words: where nothing has, what has some of them is no news.
    """
    limit = MAX_RESULTS if newest else 0
    result = _search_saved(
        workspace_id, question, since=since, until=until, limit=limit, is_strict=True
    )
    if result is None:
        return NewEvidence(0, 0)
    # Hits come best first; of so many the newest are taken, which in a week are nearly always all.
    found = live_excerpts(workspace_id).filter(id__in=[hit.id for hit in result.hits])
    ids = found.order_by("-created_at", "id").values_list("id", flat=True)[:newest]
    return NewEvidence(result.total, result.people, tuple(ids) if newest else ())


def _search_saved(
    workspace_id: UUID,
    question: Mapping[str, Any],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 0,
    is_strict: bool = False,
) -> SearchResult | None:
    """None: it was saved before something that it names was taken away. Raises UnavailableError."""
    serializer = SearchQuestionSerializer(data=dict(question))
    if not serializer.is_valid():
        return None
    values = dict(serializer.validated_data) | {"kind": ["excerpt"]}
    starts = [moment for moment in (since, values["created_from"]) if moment]
    ends = [moment for moment in (until, values["created_to"]) if moment]
    values["created_from"] = max(starts, default=None)
    values["created_to"] = min(ends, default=None)
    query = replace(_query_of(workspace_id, values), limit=limit, facets=())
    with telling_outages():
        return search_index(query.with_all_words() if is_strict else query)


def count_all_people(workspace_id: UUID) -> int:
    """The denominator of every count of people: participants who have not withdrawn."""
    people = Participant.objects.filter(workspace_id=workspace_id)
    return people.exclude(consent=ConsentState.WITHDRAWN).count()


def _count_excerpts(result: SearchResult, query: SearchQuery) -> int:
    counts = result.facets.get("kinds", {})
    is_asked = not query.kinds or "excerpt" in query.kinds
    return counts["excerpt"].documents if is_asked and "excerpt" in counts else 0


def _search_evidence(query: SearchQuery, mixed: SearchResult, excerpts: int) -> SearchResult:
    """The same question to excerpts alone, for counts that mean excerpts and nothing else.

    With the same words left out: what is counted is what is shown.
    """
    if not excerpts:
        return SearchResult(hits=(), total=0, people=0)
    return search_index(
        SearchQuery(
            workspace_id=query.workspace_id,
            text=query.text,
            kinds=("excerpt",),
            filters=query.filters,
            limit=0,
            synonyms=query.synonyms,
            choice=mixed.choice,
        )
    )


def _query_of(workspace_id: UUID, question: Mapping[str, Any]) -> SearchQuery:
    try:
        return SearchQuery(
            workspace_id=str(workspace_id),
            text=question["q"],
            kinds=tuple(question["kind"]) or USUAL_KINDS,
            filters=read_filters(question),
            offset=question["offset"],
            limit=question["limit"],
            synonyms=read_groups(workspace_id) if question["q"].strip() else (),
        )
    except SearchQueryError as error:
        raise InvalidInputError(str(error), remedy="Change the search, then try again.") from error


def read_filters(question: Mapping[str, Any]) -> Filters:
    """The filters of a question as SearchQuestionSerializer validates it."""
    return Filters(
        quadrants=tuple(question["quadrant"]),
        aspects=tuple(question["aspect"]),
        persona_ids=_ids(question["persona"]),
        study_ids=_ids(question["study"]),
        tag_ids=_ids(question["tag"]),
        participant_ids=_ids(question["participant"]),
        session_kinds=tuple(question["session_kind"]),
        attributes=tuple(question["attribute"]),
        product_areas=tuple(question["product_area"]),
        speaker_roles=tuple(question["speaker_role"]),
        intensities=_ids(question["intensity"]),
        has_insight=question["has_insight"],
        is_key_quote=question["key_quote"],
        created_from_s=_seconds(question["created_from"]),
        created_to_s=_seconds(question["created_to"]),
        without=tuple(
            (key, str(value))
            for name, key in _EXCLUDABLE.items()
            for value in question[f"not_{name}"]
        ),
        all_of=tuple(_EXCLUDABLE[name] for name in question["all_of"]),
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _ids(values: list[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _count_studies(facets: Facets, query: SearchQuery) -> int:
    """Studies with a hit; the facet itself disregards the study filter."""
    chosen = query.filters.study_ids
    counts = facets.get("study_ids", {})
    return sum(
        1 for value, count in counts.items() if count.documents and (not chosen or value in chosen)
    )
