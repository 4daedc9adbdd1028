"""Field notes: what Markdown becomes, and that it comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.anchoring import tidy_word
from backend.sources.notes import Block, parse_notes, render_notes


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("", []),
        ("# Visit\n\nA cold *kitchen*.", [("heading", "Visit"), ("", "A cold *kitchen*.")]),
        ("## One\n### Two", [("subheading", "One"), ("subheading", "Two")]),
        ("two lines\nof one", [("", "two lines of one")]),
        ("- a\n- b\n  goes on\n\nafter", [("bullet", "a"), ("bullet", "b goes on"), ("", "after")]),
        ("1. a\n2) b", [("numbered", "a"), ("numbered", "b")]),
        ("> she said\n> that\n\n> other", [("quote", "she said that"), ("quote", "other")]),
        ("# Title\ntext", [("heading", "Title"), ("", "text")]),
        ("*emphasis* first", [("", "*emphasis* first")]),
        ("\\# no heading", [("", "# no heading")]),
        ("\\\\- two", [("", "\\- two")]),
        ("#hashtag\n2024 was long", [("", "#hashtag 2024 was long")]),
        ("- \n\n-", [("", "-")]),
    ],
)
def test_what_markdown_becomes(markdown: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.style, block.text) for block in parse_notes(markdown)] == blocks


def test_what_blocks_become() -> None:
    blocks = [
        Block("heading", "Visit"),
        Block("", "Cold."),
        Block("bullet", "a"),
        Block("bullet", "b"),
        Block("numbered", "one"),
        Block("numbered", "two"),
        Block("", "1. of May"),
        Block("quote", "brr"),
        Block("quote", "warm"),
    ]
    assert render_notes(blocks) == (
        "# Visit\n\nCold.\n\n- a\n- b\n\n1. one\n2. two\n\n\\1. of May\n\n> brr\n\n> warm"
    )


STYLES = st.sampled_from(["", "heading", "subheading", "bullet", "numbered", "quote"])
TEXTS = st.text(st.sampled_from("ab #-*+>1.)\\\n\té👍"), min_size=1, max_size=12)


@given(st.lists(st.tuples(STYLES, TEXTS.map(tidy_word).filter(bool)), max_size=6))
def test_blocks_come_back(pairs: list[tuple[str, str]]) -> None:
    blocks = [Block(style, text) for style, text in pairs]
    assert parse_notes(render_notes(blocks)) == blocks


@given(st.lists(TEXTS, max_size=8).map("\n".join))
def test_markdown_settles_after_one_turn(markdown: str) -> None:
    blocks = parse_notes(markdown)
    assert parse_notes(render_notes(blocks)) == blocks
    letters = [letter for letter in markdown if letter in "abé👍"]
    assert [x for block in blocks for x in block.text if x in "abé👍"] == letters
