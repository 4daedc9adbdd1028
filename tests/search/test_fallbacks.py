"""Which words are left out when nothing has all of them."""

from collections.abc import Callable, Sequence

import pytest

from search.fallbacks import CountEach, fallbacks
from search.parsing import ParsedText, Term, Widening, parse_text

QUOTES = [
    "why do people say so",
    "people stop trusting the reminders",
    "the reminders came",
    "people came and people went",
    "on hold",
]


def counting(asked: list[int]) -> CountEach:
    """Counts the quotes that have every word."""

    def count_each(parts: Sequence[ParsedText]) -> list[int]:
        asked.append(len(parts))
        return [sum(_has_all(quote, part) for quote in QUOTES) for part in parts]

    return count_each


def _has_all(quote: str, part: ParsedText) -> bool:
    words = quote.split()
    return all(word in words for term in part.terms for word in term.words) and not any(
        word in words for term in part.excluded for word in term.words
    )


def best_part(text: str) -> tuple[str, tuple[str, ...]] | None:
    tries = list(fallbacks(parse_text(text), counting([])))
    assert tries[0] == (parse_text(text), ())
    return (tries[1][0].to_query_string(), tries[1][1]) if tries[1:] else None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Stop zebra people", ("Stop people", ("zebra",))),
        ("zebra on hold", ("on hold", ("zebra",))),
        ("why stop trusting reminders", ("stop trusting reminders", ("why",))),
        ("why do people stop reminders", ("people stop reminders", ("why", "do"))),
        # Neither is in a quote with the other: the rarer of them says more.
        ("people hold", ("hold", ("people",))),
        ("reminders people say", ("people say", ("reminders",))),
        # As rare as each other: what was typed first stays.
        ("hold trusting", ("hold", ("trusting",))),
        ('zebra "people came" hold', ('"people came"', ("zebra", "hold"))),
        ("zebra hold -trusting", ("hold -trusting", ("zebra",))),
        ("zebra unicorn", None),
        ("zebra -people", None),
        ('"on zebra"', None),
        ('hold "on zebra"', None),
        ("", None),
    ],
)
def test_the_best_part_of_what_was_typed(
    text: str, part: tuple[str, tuple[str, ...]] | None
) -> None:
    assert best_part(text) == part


def test_nothing_is_counted_unless_it_is_needed() -> None:
    asked: list[int] = []
    tries = fallbacks(parse_text("stop zebra"), counting(asked))
    next(tries)
    assert asked == []


def test_the_price_of_many_words_has_a_bound() -> None:
    asked: list[int] = []
    text = "people say reminders came went hold stop trusting why do"
    assert len(list(fallbacks(parse_text(text), counting(asked)))) == 2
    assert sum(asked) <= 10 + 1 + 15


def test_only_the_word_that_was_typed_last_may_be_unfinished() -> None:
    def prefixes(text: str) -> list[str | None]:
        return [part.prefix for part, _ in fallbacks(parse_text(text), counting([]))]

    assert prefixes("zebra hold") == ["hold", "hold"]
    assert prefixes("hold zebra") == ["zebra", None]


def test_words_that_share_synonyms_go_or_stay_together() -> None:
    [queue] = parse_text('"standing in line"').terms
    parsed = parse_text("zebra on hold")
    widened = ParsedText(parsed.terms, widenings=(Widening(1, 2, (queue,)),))
    asked: list[Sequence[ParsedText]] = []
    part = list(fallbacks(widened, _remembering(asked)))[1][0]
    assert [len(each.terms) for each in asked[0]] == [1, 2]
    assert part.widenings == (Widening(0, 2, (queue,)),)


def _remembering(asked: list[Sequence[ParsedText]]) -> Callable[[Sequence[ParsedText]], list[int]]:
    def count_each(parts: Sequence[ParsedText]) -> list[int]:
        asked.append(parts)
        return [int(Term(("zebra",), ("zebra",)) not in part.terms) for part in parts]

    return count_each
