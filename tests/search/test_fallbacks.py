"""What is shown when little or nothing has all the words."""

from collections.abc import Callable, Sequence

import pytest

from search.fallbacks import ENOUGH, Choice, CountEach, choices
from search.parsing import ParsedText, Term, Widening, parse_text

QUOTES = [
    "why do people say so",
    "people stop trusting the reminders",
    "the reminders came",
    "people came and people went",
    "on hold",
]


def counting(asked: list[int], quotes: Sequence[str] = QUOTES) -> CountEach:
    """Counts the quotes that have every word."""

    def count_each(parts: Sequence[ParsedText]) -> list[int]:
        asked.append(len(parts))
        return [sum(_has_all(quote, part) for quote in quotes) for part in parts]

    return count_each


def _has_all(quote: str, part: ParsedText) -> bool:
    words = quote.split()
    return all(word in words for term in part.terms for word in term.words) and not any(
        word in words for term in part.excluded for word in term.words
    )


def fallback(text: str, quotes: Sequence[str] = QUOTES) -> Choice | None:
    first, *others = choices(parse_text(text), counting([], quotes))
    assert first == Choice.of(parse_text(text), enough=first.enough)
    assert len(others) <= 1
    return others[0] if others else None


def shown(text: str) -> tuple[list[str], tuple[str, ...]] | None:
    """The parts, best first, and what no part has."""
    choice = fallback(text)
    return choice and ([part.parsed.to_query_string() for part in choice.parts], choice.dropped)


@pytest.mark.parametrize(
    ("text", "parts", "dropped"),
    [
        ("Stop zebra people", ["Stop people", "people"], ("zebra",)),
        ("zebra on hold", ["on hold"], ("zebra",)),
        ("why stop trusting reminders", ["stop trusting reminders", "reminders"], ("why",)),
        # Neither is in a quote with the other: the rarer of them says more.
        ("people hold", ["hold", "people"], ()),
        # As rare as each other: what was typed first comes first.
        ("hold trusting", ["hold", "trusting"], ()),
        # What lacks one word comes before what lacks two.
        (
            "reminders people say",
            ["people say", "reminders people", "reminders", "people"],
            (),
        ),
        # What has the three others is the only one that has any two of them.
        (
            "stop trusting reminders say",
            ["stop trusting reminders", "say", "reminders"],
            (),
        ),
        ('zebra "people came" hold', ['"people came"'], ("zebra", "hold")),
        ("zebra hold -trusting", ["hold -trusting"], ("zebra",)),
    ],
)
def test_the_best_parts_of_what_was_typed(
    text: str, parts: list[str], dropped: tuple[str, ...]
) -> None:
    assert shown(text) == (parts, dropped)


@pytest.mark.parametrize(
    "text", ["zebra unicorn", "zebra -people", '"on zebra"', 'hold "on zebra"', ""]
)
def test_nothing_can_be_shown(text: str) -> None:
    assert shown(text) is None


def test_what_has_all_the_words_stays_first_in_a_sentence() -> None:
    choice = fallback("people stop trusting reminders")
    assert choice is not None
    assert choice.parts[0].parsed == choice.whole == parse_text("people stop trusting reminders")
    assert (choice.parts[0].missing, choice.complete_count, choice.dropped) == ((), 1, ())
    assert all(part.missing for part in choice.parts[1:])


def test_a_part_names_the_telling_words_that_it_lacks() -> None:
    choice = fallback("why do people stop reminders zebra")
    assert choice is not None
    assert [part.missing for part in choice.parts][:2] == [(), ("people", "stop")]
    assert choice.dropped == ("why", "do", "zebra")


def test_where_enough_is_found_nothing_more_is_shown() -> None:
    quotes = ["one two three", *["one two"] * (ENOUGH - 1), *["two three"] * 30]
    choice = fallback("one two three four", quotes)
    assert choice is not None
    assert [part.parsed.to_query_string() for part in choice.parts] == ["one two three", "one two"]
    assert choice.complete_count == 1


def test_nothing_is_counted_unless_it_is_needed() -> None:
    asked: list[int] = []
    next(choices(parse_text("stop zebra"), counting(asked)))
    assert asked == []


@pytest.mark.parametrize(("text", "enough"), [("a b c", 1), ("a b c d", ENOUGH)])
def test_only_a_sentence_wants_more_than_one(text: str, enough: int) -> None:
    assert next(choices(parse_text(text), counting([]))).enough == enough


def test_the_price_of_many_words_has_a_bound() -> None:
    asked: list[int] = []
    text = "people say reminders came went hold stop trusting why do"
    parts = [len(choice.parts) for choice in choices(parse_text(text), counting(asked))]
    assert len(parts) == 2
    assert max(parts) <= ENOUGH
    assert sum(asked) <= 1 + 10 + 1 + 31


def test_only_the_word_that_was_typed_last_may_be_unfinished() -> None:
    def prefixes(text: str) -> list[list[str | None]]:
        found = choices(parse_text(text), counting([]))
        return [[part.parsed.prefix for part in choice.parts] for choice in found]

    assert prefixes("zebra hold") == [["hold"], ["hold"]]
    assert prefixes("hold zebra") == [["zebra"], [None]]


def test_words_that_share_synonyms_go_or_stay_together() -> None:
    [queue] = parse_text('"standing in line"').terms
    parsed = parse_text("zebra on hold")
    widened = ParsedText(parsed.terms, widenings=(Widening(1, 2, (queue,)),))
    asked: list[Sequence[ParsedText]] = []
    _, choice = choices(widened, _remembering(asked))
    assert [len(each.terms) for each in asked[0]] == [1, 2]
    assert [part.parsed.widenings for part in choice.parts] == [(Widening(0, 2, (queue,)),)]


def _remembering(asked: list[Sequence[ParsedText]]) -> Callable[[Sequence[ParsedText]], list[int]]:
    def count_each(parts: Sequence[ParsedText]) -> list[int]:
        asked.append(parts)
        return [int(Term(("zebra",), ("zebra",)) not in part.terms) for part in parts]

    return count_each
