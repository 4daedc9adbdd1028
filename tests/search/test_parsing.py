"""Reading what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing import MAX_WORDS, ParsedText, parse_text


def included(parsed: ParsedText) -> list[tuple[str, ...]]:
    return [term.words for term in parsed.terms]


@pytest.mark.parametrize(
    ("text", "terms", "excluded", "prefix"),
    [
        ("", [], [], None),
        ("Two Weeks", [("two",), ("weeks",)], [], "weeks"),
        ('"on hold" twenty', [("on", "hold"), ("twenty",)], [], "twenty"),
        ('twenty "on hold"', [("twenty",), ("on", "hold")], [], None),
        ('"reminder"', [("reminder",)], [], None),
        ("“on hold”", [("on", "hold")], [], None),
        ('"on hold', [("on",), ("hold",)], [], "hold"),
        ("reminder -wrong", [("reminder",)], [("wrong",)], None),
        ('-"on hold" app', [("app",)], [("on", "hold")], "app"),
        ("-", [], [], None),
        ("self-service", [("self",), ("service",)], [], "service"),
        ("well - maybe", [("well",), ("maybe",)], [], "maybe"),
        ("don't", [("dont",)], [], "dont"),
        ("予約 app", [("予", "約"), ("app",)], [], "app"),
        ("!?", [], [], None),
        ("a\x00b\x07c", [("a",), ("b",), ("c",)], [], "c"),
        ("a\ud800b", [("a",), ("b",)], [], "b"),
    ],
)
def test_words_phrases_and_exclusions(
    text: str, terms: list[tuple[str, ...]], excluded: list[tuple[str, ...]], prefix: str | None
) -> None:
    parsed = parse_text(text)
    assert included(parsed) == terms
    assert [term.words for term in parsed.excluded] == excluded
    assert parsed.prefix == prefix


def test_only_ten_words_and_512_letters_are_read() -> None:
    assert len(parse_text("one two three " * 10).terms) == MAX_WORDS
    assert len(parse_text('"' + "one two three " * 10 + '"').terms[0].words) == MAX_WORDS
    assert parse_text("a" * 10_000).prefix == "a" * 64
    assert included(parse_text(" " * 512 + "late")) == []


@pytest.mark.parametrize(
    ("text", "query_string"),
    [
        ("Don't wait", "Don't wait"),
        ('app “on  hold” -wrong -"last minute"', 'app "on hold" -wrong -"last minute"'),
        ("予約", "予約"),
        ("--a -b-c", '-a -"b c"'),
    ],
)
def test_meilisearch_is_sent_the_words_as_typed(text: str, query_string: str) -> None:
    assert parse_text(text).to_query_string() == query_string


@given(st.text(max_size=600))
def test_any_text_can_be_read_and_reads_the_same_again(text: str) -> None:
    parsed = parse_text(text)
    again = parse_text(parsed.to_query_string())
    assert included(again) == included(parsed)
    assert [term.words for term in again.excluded] == [term.words for term in parsed.excluded]
