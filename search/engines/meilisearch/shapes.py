"""Between our shapes and Meilisearch's JSON: documents, questions and answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, zip_longest
from operator import itemgetter
from typing import Any

from search.documents import SearchDocument
from search.engines.meilisearch.filters import (
    any_of,
    filter_expression,
    original_value,
    stored_value,
)
from search.engines.meilisearch.forms import (
    AS_WRITTEN,
    FORMS,
    asks_for_forms,
    in_stems,
    readings,
)
from search.fallbacks import Choice, Part
from search.highlight import HighlightRange, highlight_ranges, merged_ranges, whole_words
from search.parsing import ParsedText
from search.query import (
    FILTER_FIELDS,
    Condition,
    FilterGroup,
    SearchQuery,
    attribute_prefix,
)
from search.result import FacetCount, Facets, Hit, ranked_values

_Json = dict[str, Any]

# Another form of a word stands below the word, what was found by a synonym below both.
FORM_WEIGHT = 0.9
SYNONYM_WEIGHT = 0.5
# What lacks a word stands below what has it. Weights that are smaller still come out as equal when
# there are ten parts, as many as there can be.
PART_WEIGHT = 0.05
# Of all the ways to say a question.
MOST_QUERIES = 32


def json_document(document: SearchDocument) -> _Json:
    """A document as it is sent to be indexed."""
    return {
        **{name: _json_value(getattr(document, name)) for name in FILTER_FIELDS.values()},
        "key": document.key,
        "id": document.id,
        "workspace_id": document.workspace_id,
        "title": _encodable(document.title),
        "text": _encodable(document.text),
        FORMS: _encodable(in_stems(document.text)),
        "version": document.version,
        "created_at_s": document.created_at_s,
        "key_quote_rank": int(document.is_key_quote),
    }


def _json_value(value: object) -> object:
    if isinstance(value, str):
        return stored_value(value) or None
    if isinstance(value, tuple):
        return [stored_value(each) for each in value]
    return value


def _encodable(text: str) -> str:
    """A lone surrogate becomes one question mark, which keeps offsets right."""
    return text.encode(errors="replace").decode()


@dataclass(frozen=True)
class Question:
    """One query with one choice of its words, as the searches of a single multi-search.

    One search each for the page, the exact total with the facets that aren't filtered, the people,
    and every filtered facet, counted without its own filter.
    """

    query: SearchQuery
    choice: Choice
    index_name: str

    def searches(self) -> list[_Json]:
        groups = self.query.conditions()
        people_kinds = any_of("kind", self.query.people_kinds)
        facets = [FILTER_FIELDS[facet] for facet in self.query.facets]
        return [
            self._page(groups),
            self._counts(groups, facets),
            self._counts(groups, ["participant_ids"], more=[people_kinds]),
            *(
                self._counts([each for each in groups if each not in own], [own[0].field])
                for own in self._filtered_facets()
            ),
        ]

    def requests(self) -> list[tuple[list[_Json], _Json | None]]:
        """The searches as queries of multi-searches, each with its federation.

        Meilisearch has no "or": where words have other forms or mean the same as others, or some
        may be missing, each search is made of one for each way to say it, joined by the server,
        which counts a document that several find once.
        """
        if not self.is_federated:
            return [(self.searches(), None)]
        return [self._federated(search) for search in self.searches()]

    @property
    def is_federated(self) -> bool:
        return len(self._ways) > 1

    def total_request(self) -> tuple[list[_Json], _Json]:
        """`total_search` where there is more than one way to say it."""
        return self._federated(self.total_search())

    @cached_property
    def _ways(self) -> list[tuple[int, _Json]]:
        """Each way to say it with the place of its part; the first is what was typed.

        Of too many, each part loses those that say least like what was typed.
        """
        ways = [
            [(place, way) for way in _ways_of(part.parsed, PART_WEIGHT**place)]
            for place, part in enumerate(self.choice.parts)
        ]
        in_turn = chain.from_iterable(zip_longest(*ways))
        return [*islice((way for way in in_turn if way is not None), MOST_QUERIES)]

    def _federated(self, search: _Json) -> tuple[list[_Json], _Json]:
        federation: _Json = {}
        if "page" in search:
            # A page of no hits at all is not promised for federations.
            federation = {"page": search.pop("page"), "hitsPerPage": 1, "mergeFacets": {}}
            del search["hitsPerPage"]
            federation["facetsByIndex"] = {self.index_name: search.pop("facets")}
            search["attributesToRetrieve"] = ["kind"]
        else:
            federation = {name: search.pop(name) for name in ("offset", "limit")}
        return [search | way for _, way in self._ways], federation

    def total_search(self) -> _Json:
        """One search that says how many documents match, and nothing else."""
        return self._counts(self.query.conditions(), [])

    def answer(self, answers: Sequence[Mapping[str, Any]]) -> tuple[list[Hit], int, int, Facets]:
        """Hits, total, people and facets from the answers to `searches`, in their order."""
        page, counts, people, *widened = answers
        return (
            self._hits(page["hits"]),
            int(counts["totalHits"]),
            len(_distribution(people, "participant_ids")),
            self._facets(counts, widened),
        )

    def _filtered_facets(self) -> list[list[FilterGroup]]:
        """Groups to leave out together: those of a facet, but each key of attributes alone."""
        groups = self.query.filter_groups()
        return [[group] for group in groups if group.facet in self.query.facets and group.is_wide]

    def _search(self, groups: Iterable[Condition], more: Sequence[str] = ()) -> _Json:
        search: _Json = {
            "indexUid": self.index_name,
            "q": self.choice.whole.to_query_string(),
            "filter": [*filter_expression(self.query.workspace_id, groups), *more],
            "matchingStrategy": "all",
        }
        if not asks_for_forms(self.choice.whole):
            search["attributesToSearchOn"] = [*AS_WRITTEN]
        return search

    def _page(self, groups: Iterable[Condition]) -> _Json:
        page = self._search(groups) | {
            "offset": self.query.offset,
            "limit": self.query.limit,
            "attributesToRetrieve": ["kind", "id", "text"],
            "showMatchesPosition": True,
            "showRankingScore": True,
        }
        if not self.choice.whole.terms:
            page["sort"] = ["created_at_s:desc"]
        return page

    def _counts(
        self, groups: Iterable[Condition], facets: list[str], more: Sequence[str] = ()
    ) -> _Json:
        """No hits; asking by page makes the total exact instead of an estimate."""
        return self._search(groups, more) | {"page": 1, "hitsPerPage": 0, "facets": facets}

    def _hits(self, hits: Iterable[Mapping[str, Any]]) -> list[Hit]:
        """Those of the first part first, however low the server values many typos."""
        placed = sorted(((self._place(hit), hit) for hit in hits), key=itemgetter(0))
        return [self._hit(hit, self.choice.parts[place]) for place, hit in placed]

    def _place(self, hit: Mapping[str, Any]) -> int:
        """Of the part by which it was found."""
        position = hit.get("_federation", {}).get("queriesPosition", 0)
        return self._ways[position][0]

    def _hit(self, hit: Mapping[str, Any], part: Part) -> Hit:
        text = hit["text"]
        found = hit.get("_matchesPosition", {}).get("text", [])
        ranges = whole_words(text, code_point_ranges(text, found))
        return Hit(
            kind=hit["kind"],
            id=hit["id"],
            score=float(
                hit.get("_federation", {}).get("weightedRankingScore")
                or hit.get("_rankingScore", 0.0)
            ),
            text_highlight=merged_ranges([*ranges, *highlight_ranges(text, self.choice.whole)]),
            missing_words=part.missing,
        )

    def _facets(self, counts: Mapping[str, Any], widened: Sequence[Mapping[str, Any]]) -> Facets:
        values = {facet: _facet_counts(counts, FILTER_FIELDS[facet]) for facet in self.query.facets}
        selected: dict[str, list[str]] = {}
        for [group], answer in zip(self._filtered_facets(), widened, strict=True):
            selected.setdefault(group.facet, []).extend(group.values)
            found = _facet_counts(answer, group.field)
            if group.prefix:
                values[group.facet].update(
                    (value, count)
                    for value, count in found.items()
                    if attribute_prefix(value) == group.prefix
                )
            else:
                values[group.facet] = found
        return {
            facet: ranked_values(counts, selected.get(facet, ()))
            for facet, counts in values.items()
        }


def _ways_of(parsed: ParsedText, weight: float) -> Iterator[_Json]:
    typed, *synonyms = parsed.variants()
    yield _way(typed, weight)
    for reading in readings(typed):
        yield _way_in_stems(reading, weight)
    for variant in synonyms:
        yield _way(variant, weight * SYNONYM_WEIGHT)
    for variant in synonyms:
        for reading in readings(variant)[:1]:
            yield _way_in_stems(reading, weight * SYNONYM_WEIGHT)


def _way(variant: ParsedText, weight: float) -> _Json:
    return {"q": variant_text(variant), "federationOptions": {"weight": weight}}


def _way_in_stems(reading: ParsedText, weight: float) -> _Json:
    return _way(reading, weight * FORM_WEIGHT) | {"attributesToSearchOn": [FORMS]}


def variant_text(variant: ParsedText) -> str:
    """A space at the end says that the last word is complete."""
    is_complete = variant.terms and not variant.excluded and not variant.has_prefix
    return variant.to_query_string() + (" " if is_complete else "")


def _facet_counts(answer: Mapping[str, Any], field: str) -> dict[str, FacetCount]:
    return {
        original_value(value): FacetCount(count)
        for value, count in _distribution(answer, field).items()
    }


def _distribution(answer: Mapping[str, Any], field: str) -> dict[str, int]:
    distribution: dict[str, int] = answer.get("facetDistribution", {}).get(field, {})
    return distribution


def code_point_ranges(text: str, positions: Iterable[Mapping[str, int]]) -> list[HighlightRange]:
    """Meilisearch's positions, which count bytes of UTF-8, as ranges of code points."""
    encoded = text.encode()

    def code_points(byte_count: int) -> int:
        return len(encoded[:byte_count].decode(errors="ignore"))

    return [
        (code_points(each["start"]), code_points(each["start"] + each["length"]))
        for each in positions
    ]
