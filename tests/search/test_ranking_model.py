"""The embedded engine's scores put documents in the stated order, whatever they say."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.matching import typos_between
from tests.search.corpus import NOON_S, ask, make_document

MONTH_S = 30 * 86_400
# Each in its form, mistyped, and as the beginning of a longer word.
FAMILIES = {
    "reminder": ("reminders", "remindir", "remindermail"),
    "calendar": ("calendars", "calendur", "calendarmail"),
    "kitchen": ("kitchens", "kitchan", "kitchenmail"),
}
FILLERS = ("zoo", "plum", "moss", "oak")
# By these a text is known to be English.
ENGLISH = ("the", "was", "with", "and")

Words = tuple[str, ...]

some_words = st.lists(
    st.sampled_from([*FAMILIES, *(each for family in FAMILIES.values() for each in family)])
    | st.sampled_from(FILLERS),
    max_size=9,
).map(tuple)
some_documents = st.lists(
    st.fixed_dictionaries(
        {
            "text": some_words,
            "title": st.just(()) | some_words,
            "is_key_quote": st.booleans(),
            "month": st.integers(0, 40),
        }
    ),
    min_size=1,
    max_size=12,
)
some_queries = st.lists(st.sampled_from([*FAMILIES]), min_size=1, max_size=3, unique=True)


@settings(max_examples=25)
@example(
    # One step closer against two words that are the words themselves.
    [
        {"text": ("calendar",), "title": ("reminder",), "is_key_quote": False, "month": 0},
        {"text": ("remindermail", "calendars"), "title": (), "is_key_quote": False, "month": 0},
    ],
    [["calendar", "reminder"]],
)
@given(some_documents, st.lists(some_queries, min_size=1, max_size=4))
def test_order_agrees_with_the_plain_model(
    rows: list[dict[str, Any]], queries: list[list[str]]
) -> None:
    # Every word is said somewhere, so that none is taken for a typo of another.
    rows = [*rows, {"text": tuple(FAMILIES), "title": (), "is_key_quote": False, "month": 0}]
    with TemporaryDirectory() as directory:
        engine = EmbeddedEngine(Path(directory))
        engine.rebuild(_document(number, row) for number, row in enumerate(rows))
        for query in queries:
            found = [rows[int(hit.id)] for hit in ask(engine, " ".join(query), limit=100).hits]
            places = [_place(row, query) for row in found]
            assert places == sorted(places), query


def _document(number: int, row: dict[str, Any]) -> SearchDocument:
    return make_document(
        str(number),
        " ".join((*ENGLISH, *row["text"])),
        title=" ".join((*ENGLISH, *row["title"])) if row["title"] else "",
        is_key_quote=row["is_key_quote"],
        created_at_s=NOON_S + row["month"] * MONTH_S,
    )


def _place(row: dict[str, Any], query: Sequence[str]) -> tuple[float, ...]:
    """What the order goes by, rule by rule; less stands before more."""
    # Between text and title is a gap, and the title's own words for English.
    words = (*row["text"], *[""] * (1 + len(ENGLISH)), *row["title"])
    matches = [_match(words, word, is_last=word == query[-1]) for word in query]
    first = (
        sum(typos for typos, _ in matches),
        not all(_is_in_title(row["title"], word, is_last=word == query[-1]) for word in query),
    )
    if len(query) > 2:
        # In more words closeness and forms are weighed against each other.
        return first
    return (
        *first,
        sum(_distance(words, left, right) for left, right in pairwise(query)),
        sum(form for _, form in matches),
        not row["is_key_quote"],
        -row["month"],
    )


def _match(words: Words, word: str, *, is_last: bool) -> tuple[int, int]:
    """Typos, and how far from the word itself, of the best match."""
    form, _, longer = FAMILIES[word]
    found = {(0, 0) for each in words if each == word}
    found |= {(0, 1) for each in words if each == form}
    found |= {(0, 2) for each in words if is_last and each == longer}
    typos = {typos_between(word, each, is_prefix=is_last) for each in words if each}
    found |= {(count, 0) for count in typos if count}
    return min(found)


def _is_in_title(title: Words, word: str, *, is_last: bool) -> bool:
    form, _, longer = FAMILIES[word]
    return any(each in (word, form) or (is_last and each == longer) for each in title)


def _distance(words: Words, left: str, right: str) -> int:
    """Steps from next to each other (0) to far apart (3)."""
    lefts, rights = _places(words, left), _places(words, right)
    between = [b - a - 1 if b > a else a - b + 1 for a in lefts for b in rights]
    nearest = min(between, default=99)
    return sum(nearest > step for step in (0, 3, 8))


def _places(words: Words, word: str) -> list[int]:
    """Where it stands in any form, mistyped or not: the first four letters tell."""
    return [place for place, each in enumerate(words) if each[:4] == word[:4]]
