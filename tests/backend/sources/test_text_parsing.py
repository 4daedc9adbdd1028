"""Pasted text: which lines are turns of whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.models import SpeakerRole
from backend.sources.text_parsing import parse_turns, role_of


def read(text: str, *known: str) -> list[tuple[str, str]]:
    return [(turn.label, " ".join(turn.words)) for turn in parse_turns(text, known_labels=known)]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("One line.", (), [("", "One line.")]),
        ("One.\n\n\nTwo.\r\nThree.", (), [("", "One."), ("", "Two."), ("", "Three.")]),
        ("Moderator: How?\nP01: Badly.", ("P01",), [("Moderator", "How?"), ("P01", "Badly.")]),
        ("p01: Badly.", ("P01",), [("p01", "Badly.")]),
        # A name that stands twice is a speaker, and in a dialogue so is every other name.
        (
            "Ana: Hi.\nBen: Hello.\nAna: Bye.",
            (),
            [("Ana", "Hi."), ("Ben", "Hello."), ("Ana", "Bye.")],
        ),
        # Elsewhere one that stands once is a word with a colon.
        (
            "Ana: Hi.\nNote: hm.\na\nb\nc\nAna: Bye.",
            (),
            [
                ("Ana", "Hi."),
                ("Ana", "Note: hm."),
                ("Ana", "a"),
                ("Ana", "b"),
                ("Ana", "c"),
                ("Ana", "Bye."),
            ],
        ),
        ("Note: she sighed.", (), [("", "Note: she sighed.")]),
        (
            "Meet at 10:30 then.\nMeet at 10:30 then.",
            (),
            [("", "Meet at 10:30 then."), ("", "Meet at 10:30 then.")],
        ),
        (
            "see http://a.example\nsee http://a.example",
            (),
            [("", "see http://a.example"), ("", "see http://a.example")],
        ),
        # A turn goes on over lines until a blank one.
        (
            "P01: One.\nTwo.\n\nNobody's.",
            ("P01",),
            [("P01", "One."), ("P01", "Two."), ("", "Nobody's.")],
        ),
        # The same name in another case is the same speaker, as first written.
        ("Ana: a\nANA: b", (), [("Ana", "a"), ("Ana", "b")]),
        (
            "Dr. O'Neill-Ruiz (GP): a\nDr. O'Neill-Ruiz (GP): b",
            (),
            [("Dr. O'Neill-Ruiz (GP)", "a"), ("Dr. O'Neill-Ruiz (GP)", "b")],
        ),
        ("דנה: שלום\nדנה: להתראות", (), [("דנה", "שלום"), ("דנה", "להתראות")]),
        ("Zoë: a 🎉\nZoë: b", (), [("Zoë", "a 🎉"), ("Zoë", "b")]),
        ("P01:\nBadly.", ("P01",), [("", "P01:"), ("", "Badly.")]),
        ("nul\0l", (), [("", "null")]),
        (" \n\t\n", (), []),
        ("", (), []),
    ],
)
def test_lines_are_turns(text, known, expected):
    assert read(text, *known) == expected


@given(st.text())
def test_no_word_is_lost_or_made_up(text):
    words = [word for turn in parse_turns(text) for word in turn.words]

    assert all(word.strip() == word and word for word in words)
    if ":" not in text:
        assert words == text.replace("\0", "").split()


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Moderator", SpeakerRole.MODERATOR),
        ("INTERVIEWER", SpeakerRole.MODERATOR),
        ("Note  taker", SpeakerRole.OBSERVER),
        ("Observer", SpeakerRole.OBSERVER),
        ("Ana", SpeakerRole.PARTICIPANT),
    ],
)
def test_a_name_says_the_role(label, role):
    assert role_of(label) == role
