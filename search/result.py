"""What a search answers: a page of hits, and counts over everything that matched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.fallbacks import Choice
from search.highlight import HighlightRange
from search.parsing import ParsedText

MAX_FACET_VALUES = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; `text_highlight` are code point ranges in its text.

    `missing_words` of the question, as typed, are not in it.
    """

    kind: str
    id: str
    score: float
    text_highlight: tuple[HighlightRange, ...] = ()
    missing_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many documents, and how many distinct people are behind them.

    People is None where an engine can't count them at a fair price.
    """

    documents: int
    people: int | None = None


Facets = Mapping[str, Mapping[str, FacetCount]]


@dataclass(frozen=True, slots=True)
class AlsoSearched:
    """Words of the query, as typed, and what was searched besides because it means the same."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of hits and exact counts over all matches.

    `people` counts distinct participants of the matching excerpts (of all matches, where the
    query asks for no excerpts). `facets` holds for each facet its values, most documents first,
    counted as if that facet itself were not filtered. `dropped_words` were left out because
    nothing had all of them; `complete` documents have all the others but small ones, and stand
    before those that don't. `choice` says it all once more, for another question in the same words.
    `also_searched` names the synonyms that took part.
    """

    hits: tuple[Hit, ...]
    total: int
    people: int
    facets: Facets = field(default_factory=dict)
    choice: Choice = field(default_factory=lambda: Choice.of(ParsedText()))
    took_ms: float = 0.0

    @property
    def dropped_words(self) -> tuple[str, ...]:
        return self.choice.dropped

    @property
    def complete(self) -> int:
        known = self.choice.complete_count
        return self.total if known is None else known

    @property
    def also_searched(self) -> tuple[AlsoSearched, ...]:
        return also_searched(self.choice.whole)


def also_searched(parsed: ParsedText) -> tuple[AlsoSearched, ...]:
    """What the workspace's synonyms added to a text."""
    return tuple(
        AlsoSearched(
            " ".join(term.text for term in parsed.terms[each.first : each.end]),
            tuple(term.text for term in each.alternatives),
        )
        for each in parsed.widenings
    )


def ranked_values(
    counts: Mapping[str, FacetCount], selected: Iterable[str]
) -> dict[str, FacetCount]:
    """Most documents first, at most `MAX_FACET_VALUES`; selected values stay, even with nothing."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1].documents, item[0]))
    kept = dict(ranked[:MAX_FACET_VALUES])
    for value in selected:
        kept.setdefault(value, counts.get(value, FacetCount(0, 0)))
    return kept
