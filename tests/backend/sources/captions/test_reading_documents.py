"""Text and Word documents as people save and copy them: what is understood, and what is told."""

import pytest

from backend.sources.captions import read_captions
from tests.backend.sources.captions.written import body, cell, docx, paragraph, read, turns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Otter
        (
            "Speaker 1  0:00  \nHello there.\nHow are you?\n\n"
            "Anna Smith  1:02:03  \nFine.\n\nReally.",
            [
                (0, "Speaker 1", "Hello there. How are you?"),
                (3_723_000, "Anna Smith", "Fine."),
                (None, "Anna Smith", "Really."),
            ],
        ),
        ("Unknown Speaker  00:07\nHi.\n", [(7000, "Unknown Speaker", "Hi.")]),
        # Teams' copies
        (
            "Anna Smith   0:03\nHi.\nBob   0:05\nHo.",
            [(3000, "Anna Smith", "Hi."), (5000, "Bob", "Ho.")],
        ),
        (
            "Anna 0:03\nHi.\nBob 0:05\nHo.\nAnna 0:07\nHm.\nBob 0:09\nHa.",
            [
                (3000, "Anna", "Hi."),
                (5000, "Bob", "Ho."),
                (7000, "Anna", "Hm."),
                (9000, "Bob", "Ha."),
            ],
        ),
        # Meet
        (
            "Attendees\nAna, Ben\nTranscript\n00:05:00\n\nAna: Hi.\nBen: Ho.\nAna: Hm.\n"
            "Meeting ended after 00:32:10 👋",
            [(300_000, "Ana", "Hi."), (None, "Ben", "Ho."), (None, "Ana", "Hm.")],
        ),
        # Zoom
        ("00:00:05\tAna\tHi.\n00:00:07\tBen:\tHo.", [(5000, "Ana", "Hi."), (7000, "Ben", "Ho.")]),
        (
            "[Ana] 10:03:12\nHi.\n\n[Ben] 10:03:15\nHo.",
            [(36_192_000, "Ana", "Hi."), (36_195_000, "Ben", "Ho.")],
        ),
        # Times in front, behind the name, in round brackets
        (
            "[00:01:02] Ana: Hi.\n(00:01:03) Ben: Ho.",
            [(62_000, "Ana", "Hi."), (63_000, "Ben", "Ho.")],
        ),
        (
            "00:01:02 Ana: Hi.\n00:01:03 - Ben: Ho.",
            [(62_000, "Ana", "Hi."), (63_000, "Ben", "Ho.")],
        ),
        (
            "Ana [00:01:02]: Hi.\nBen (0:01:03) Ho.\nBen (0:01:04) Hm.",
            [(62_000, "Ana", "Hi."), (63_000, "Ben", "Ho."), (64_000, "Ben", "Hm.")],
        ),
        # The name on a line of its own
        (
            "Interviewer:\nHow?\nSince when?\n\nAna:\nBadly.\n\nAna:\nSix weeks.",
            [
                (None, "Interviewer", "How? Since when?"),
                (None, "Ana", "Badly."),
                (None, "Ana", "Six weeks."),
            ],
        ),
        (
            "[00:00:05] Ana:\nHi.\n\n00:00:07 Ben:\nHo.",
            [(5000, "Ana", "Hi."), (7000, "Ben", "Ho.")],
        ),
        ("We need:\nmilk", [(None, "", "We need:"), (None, "", "milk")]),
        # Words that look like times
        (
            "We came at 10:30.\nWe meet at 10:30\nbut late",
            [
                (None, "", "We came at 10:30."),
                (None, "", "We meet at 10:30"),
                (None, "", "but late"),
            ],
        ),
        ("We came (10:30) by bus", [(None, "", "We came (10:30) by bus")]),
        ("10:30 was too early", [(None, "", "10:30 was too early")]),
        (
            "P01: a\nInterviewer: b\nP01: c",
            [(None, "P01", "a"), (None, "Interviewer", "b"), (None, "P01", "c")],
        ),
        ("", []),
    ],
)
def test_plain_text(text, expected):
    captions = read(text)

    assert captions.format == "txt"
    assert turns(captions) == expected


def test_what_a_program_wrote_around_is_left_out_and_told():
    captions = read("Attendees\nAna, Ben\nTranscript\nAna: Hi.\nBen: Ho.\nAna: Hm.")

    assert [(skipped.line, "program" in skipped.reason) for skipped in captions.skipped] == [
        (1, True),
        (2, True),
        (3, True),
    ]


def test_titles_above_the_first_turn_are_left_out_and_told():
    captions = read("Meeting in General\nOctober 12, 2026, 2:00PM\n\nAna Smith   0:03\nHi.")

    assert turns(captions) == [(3000, "Ana Smith", "Hi.")]
    assert [skipped.line for skipped in captions.skipped] == [1, 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "One line.\n\nP01: a\n\nNote: b\n\nOne more."),
        ("a.srt", "0:01 --> 0:02\nOne line.\n\n0:02 --> 0:03\nP01: a\n\n0:03 --> 0:04\n>> Note"),
    ],
)
def test_a_known_name_counts_though_it_stands_once(name, text):
    assert {cue.speaker for cue in read(text, name).cues} == {""}

    known = read_captions(text.encode(), name=name, known_names=["p01"])

    assert [(cue.speaker, cue.text) for cue in known.cues if cue.speaker] == [("P01", "a")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # Words are torn apart by formatting, proofing and tracked changes.
        (
            paragraph("Ana", ": I wai", "ted.")
            + paragraph("Ben: R&amp;D.")
            + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
            + paragraph("Ana: Hm."),
            [(None, "Ana", "I waited."), (None, "Ben", "R&D."), (None, "Ana", "Hm.")],
        ),
        # Teams: name and time, a line break, the words.
        (
            "<w:p><w:r><w:t>Ana Smith</w:t></w:r><w:r><w:t xml:space='preserve'>   0:03</w:t></w:r>"
            "<w:r><w:br/><w:t>Hi there.</w:t></w:r></w:p>",
            [(3000, "Ana Smith", "Hi there.")],
        ),
        # Teams, earlier
        (
            paragraph("0:0:0.0 --&gt; 0:0:5.120")
            + paragraph("Ana Smith")
            + paragraph("Hi there.")
            + paragraph("0:0:5.120 --&gt; 0:0:6.0")
            + paragraph("Ben")
            + paragraph("Ho."),
            [(0, "Ana Smith", "Hi there."), (5120, "Ben", "Ho.")],
        ),
        # A table with columns
        (
            "<w:tbl>"
            f"<w:tr>{cell('00:00:05')}{cell('Ana')}{cell('Hi', 'there.')}</w:tr>"
            f"<w:tr>{cell('00:00:07')}{cell('Ben')}{cell('Ho.')}</w:tr>"
            "</w:tbl>",
            [(5000, "Ana", "Hi there."), (7000, "Ben", "Ho.")],
        ),
        # The same text twice, for older programs
        (
            "<mc:AlternateContent><mc:Choice>"
            + paragraph("once")
            + "</mc:Choice><mc:Fallback>"
            + paragraph("once")
            + "</mc:Fallback></mc:AlternateContent>",
            [(None, "", "once")],
        ),
    ],
)
def test_docx(content, expected):
    captions = read_captions(docx(body(content)), name="a.docx")

    assert captions.format == "docx"
    assert turns(captions) == expected
    assert captions.skipped == []
