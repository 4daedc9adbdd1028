"""Caption files as programs write them: what is understood, and what is said of the rest."""

import json

import pytest

from backend.sources.captions import Captions, CueWord, fill_times, read_captions, words_of
from tests.backend.sources.captions.written import body, docx, paragraph, read, said, turns

ZOOM = """WEBVTT

1
00:00:16.239 --> 00:00:27.079
Anna Smith (she/her): Thanks for coming.
It won't take long.

2
00:00:27.259 --> 00:00:29.000
P01: Sure.
"""

TEAMS = """WEBVTT

0b7c9a7e-6f4b-4e6e-8df8-2f6f1a2b3c4d/12-0
00:00:03.120 --> 00:00:05.600
<v Anna Smith>Hello everyone,
thanks for coming.</v>

0b7c9a7e-6f4b-4e6e-8df8-2f6f1a2b3c4d/15-0
00:00:05.600 --> 00:00:07.000
<v O&#39;Neill, Bob>R&amp;D is fine.</v>
"""

# A line of one blank does not end a cue.
BLANK = " "
YOUTUBE = f"""WEBVTT
Kind: captions
Language: en-GB

00:00:00.160 --> 00:00:02.389 align:start position:0%
{BLANK}
we<00:00:00.480><c> waited</c><00:00:01.000><c> six</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
we waited six
{BLANK}

00:00:02.399 --> 00:00:04.950 align:start position:0%
we waited six
weeks<00:00:03.000><c> for</c><00:00:03.500><c> it</c>

00:00:04.950 --> 00:00:04.960 align:start position:0%
weeks for it
{BLANK}

00:00:04.960 --> 00:00:05.500 align:start position:0%
weeks for it
yes
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ZOOM,
            [
                (16239, 27079, "Anna Smith (she/her)", "Thanks for coming. It won't take long."),
                (27259, 29000, "P01", "Sure."),
            ],
        ),
        (
            TEAMS,
            [
                (3120, 5600, "Anna Smith", "Hello everyone, thanks for coming."),
                (5600, 7000, "O'Neill, Bob", "R&D is fine."),
            ],
        ),
        (
            YOUTUBE,
            [
                (160, 2389, "", "we waited six"),
                (2399, 4950, "", "weeks for it"),
                (4960, 5500, "", "yes"),
            ],
        ),
        # Hours may be missing, cues may have names and settings, classes and emphasis say nothing.
        (
            "WEBVTT - title\n\nNOTE\nnot said\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
            "intro\n00:01.000 --> 00:02.000 line:0 position:50%\n"
            "<v.loud.first Ana>I <i>really</i> <c.yellow>waited</c></v>\n\n"
            "NOTE also not said\n\n00:02.000 --> 00:03.000\nage &lt; 30 & <30 < 40",
            [(1000, 2000, "Ana", "I really waited"), (2000, 3000, "", "age < 30 & <30 < 40")],
        ),
        # Two voices in one cue share its time by length.
        (
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>abcde</v> <v B>fghij</v>",
            [(0, 500, "A", "abcde"), (500, 1000, "B", "fghij")],
        ),
        (
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>one\n<v B>two",
            [(0, 500, "A", "one"), (500, 1000, "B", "two")],
        ),
        # No blank lines, and a blank line inside a text.
        (
            "WEBVTT\n00:00.000 --> 00:01.000\na\n00:01.000 --> 00:02.000\nb\n\nc",
            [(0, 1000, "", "a"), (1000, 2000, "", "b c")],
        ),
        ("WEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\na\r\n", [(0, 1000, "", "a")]),
        ("WEBVTT\r\r00:00.000 --> 00:01.000\ra", [(0, 1000, "", "a")]),
        ("WEBVTT", []),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n\n", []),
    ],
)
def test_webvtt(text, expected):
    captions = read(text, "a.vtt")

    assert captions.format == "vtt"
    assert said(captions) == expected
    told = [(skipped.line, "shown twice" in skipped.reason) for skipped in captions.skipped]
    assert told == ([(9, True)] if text == YOUTUBE else [])


def test_youtube_s_words_have_their_own_times():
    captions = read(YOUTUBE, "a.vtt")

    assert captions.language == "en"
    assert captions.cues[0].words == (
        CueWord("we", 160, 480),
        CueWord("waited", 480, 1000),
        CueWord("six", 1000, 2389),
    )


def test_two_who_say_the_same_are_not_lines_that_roll():
    text = "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:02,000 --> 00:00:03,000\nYes.\nNo."

    assert [cue.text for cue in read(text, "a.srt").cues] == ["Yes.", "Yes. No."]


def test_a_short_file_of_rolling_lines_is_known_by_them():
    text = (
        "1\n00:00:00,160 --> 00:00:02,389\nwe waited six\n\n"
        "2\n00:00:02,389 --> 00:00:02,399\nwe waited six\n\n"
        "3\n00:00:02,399 --> 00:00:04,950\nwe waited six\nweeks for it\n"
    )

    assert turns(read(text, "a.srt")) == [(160, "", "we waited six"), (2399, "", "weeks for it")]


def test_rolling_lines_in_srt_are_said_once():
    shown = ["a b", "a b\nc d", "c d\ne f", "e f\ng h"]
    text = "\n\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{lines}" for n, lines in enumerate(shown)
    )

    assert turns(read(text, "a.srt")) == [
        (0, "", "a b"),
        (1000, "", "c d"),
        (2000, "", "e f"),
        (3000, "", "g h"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1\n00:00:01,500 --> 00:00:02,000\na\nb\n", [(1500, 2000, "", "a b")]),
        # No numbers, points, no hours, one digit, settings, arrows of one dash.
        ("0:1.5 --> 0:2\na", [(1500, 2000, "", "a")]),
        ("00:00:01.500 -> 00:00:02,000 X1:40 X2:600\na", [(1500, 2000, "", "a")]),
        # Cues may overlap and stand in any order.
        (
            "2\n00:00:05,000 --> 00:00:09,000\nb\n\n1\n00:00:01,000 --> 00:00:06,000\na",
            [(5000, 9000, "", "b"), (1000, 6000, "", "a")],
        ),
        # A number that is said, a blank line inside, a number right below the text.
        (
            "1\n00:00:01,000 --> 00:00:02,000\n42\n\n43\n\n2\n00:00:02,000 --> 00:00:03,000\nb\n"
            "3\n00:00:03,000 --> 00:00:04,000\nc",
            [(1000, 2000, "", "42 43"), (2000, 3000, "", "b"), (3000, 4000, "", "c")],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Hm</i> <b> if x<y",
            [(1000, 2000, "", "Hm if x<y")],
        ),
        # “>>” changes the speaker, with and without a name; a name counts until the next.
        (
            "1\n00:00:01,000 --> 00:00:02,000\n>> ANNA: Hi.\n\n"
            "2\n00:00:02,000 --> 00:00:03,000\nSo.\n\n"
            "3\n00:00:03,000 --> 00:00:04,000\n>> Hello.",
            [(1000, 2000, "ANNA", "Hi."), (2000, 3000, "ANNA", "So."), (3000, 4000, "", "Hello.")],
        ),
        (
            "1\n00:00:00,000 --> 00:00:01,000\nAnna: abcde\nBob: fghij",
            [(0, 500, "Anna", "abcde"), (500, 1000, "Bob", "fghij")],
        ),
        (
            "1\n00:00:00,000 --> 00:00:01,000\n[SPEAKER_00]: Hi\n\n"
            "2\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_01]: Ho",
            [(0, 1000, "SPEAKER_00", "Hi"), (1000, 2000, "SPEAKER_01", "Ho")],
        ),
    ],
)
def test_srt(text, expected):
    captions = read(text, "a.srt")

    assert captions.format == "srt"
    assert said(captions) == expected
    assert captions.skipped == []


def test_words_with_a_colon_are_no_speakers():
    lines = ["Remember: be kind.", *["And so on."] * 30, "Remember: be brief."]
    text = "\n\n".join(f"00:00:01,000 --> 00:00:02,000\n{line}" for line in lines)

    captions = read(text, "a.srt")

    assert [cue.text for cue in captions.cues] == lines
    assert {cue.speaker for cue in captions.cues} == {""}


def test_sbv():
    captions = read("0:00:01.000,0:00:02.500\nAna: a\nb\n\n1:00:00.000,1:00:01.000\nBen: c\n")

    assert captions.format == "sbv"
    assert said(captions) == [
        (1000, 2500, "Ana", "a b"),
        (3_600_000, 3_601_000, "Ben", "c"),
    ]


def test_whisper_s_json_with_words():
    document = {
        "language": "en",
        "segments": [
            {
                "start": 0.0,
                "end": 1.5,
                "text": " I waited.",
                "words": [
                    {"word": " I", "start": 0.1, "end": 0.3, "probability": 0.9},
                    {"word": " waited.", "start": 0.3, "end": 1.4, "probability": 0.5},
                ],
            },
            {"start": 2.0, "end": 3.0, "text": " Six weeks.", "speaker": "SPEAKER_01"},
        ],
    }

    captions = read(json.dumps(document), "a.json")

    assert (captions.format, captions.language) == ("json", "en")
    assert said(captions) == [(0, 1500, "", "I waited."), (2000, 3000, "SPEAKER_01", "Six weeks.")]
    assert captions.cues[0].words == (
        CueWord("I", 100, 300, 0.9),
        CueWord("waited.", 300, 1400, 0.5),
    )
    assert captions.cues[1].words is None


@pytest.mark.parametrize(
    "document",
    [
        {"transcription": [{"offsets": {"from": 1000, "to": 2500}, "text": " Hi."}]},
        {
            "transcription": [
                {"timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"}, "text": " Hi."}
            ]
        },
        {"chunks": [{"timestamp": [1.0, 2.5], "text": " Hi."}]},
        [{"start": 1, "end": 2.5, "text": "Hi."}],
    ],
)
def test_json_of_whisper_s_relatives(document):
    captions = read(json.dumps(document), "a.json")

    assert said(captions) == [(1000, 2500, "", "Hi.")]


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "WEBVTT\n\n00:00.000 --> 00:01.000\na", "vtt"),
        ("a.vtt", "1\n00:00:00,000 --> 00:00:01,000\na", "vtt"),
        ("a.srt", "0:00:00.000,0:00:01.000\na", "sbv"),
        ("a.srt", '{"segments": [{"start": 0, "end": 1, "text": "a"}]}', "json"),
        ("a.srt", "Moderator: a", "txt"),
        ("a", "a", "txt"),
    ],
)
def test_content_says_what_a_file_is(name, text, format):
    captions = read(text, name)

    assert captions.format == format
    assert captions.cues[-1].text == "a"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_in_all_its_forms(encoding):
    text = (
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Zoë>it cost €5, naïve 🎉 enough to go on a little\n"
    )

    captions = read_captions(text.encode(encoding), name="a.vtt")

    assert said(captions) == [(0, 1000, "Zoë", "it cost €5, naïve 🎉 enough to go on a little")]


def test_windows_letters():
    captions = read_captions(
        "1\n00:00:01,000 --> 00:00:02,000\n“Café” – 5 €…".encode("cp1252"), name="a.srt"
    )

    assert captions.cues[0].text == "“Café” – 5 €…"


@pytest.mark.parametrize(
    ("content", "name", "line", "words", "cues"),
    [
        (b"WEBVTT\n\n00:0x:01.000 --> 00:00:02.000\na", "a.vtt", 3, "times could not be read", 1),
        (b"1\n00:00:01:12:3 --> 00:00:02,000\na", "a.srt", 2, "times could not be read", 1),
        (b"1\n00:00:09,000 --> 00:00:02,000\na", "a.srt", 2, "ends before it begins", 1),
        (b"hello\n\n1\n00:00:01,000 --> 00:00:02,000\na", "a.srt", 1, "before the first times", 1),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:02.000 --> 00:03.000\nb\nc\n"
            b"00:03.000 --> 00:04.000\nd\n",
            *("a.vtt", 8, "no blank line", 3),
        ),
        (b'{"segments": [{"start": 0, "end": 1}, {"text": "a"}]}', "a.json", 1, "Segment 1", 1),
        (b'{"segments": [', "a.json", 1, "no JSON", 0),
        (b'{"text": "a"}', "a.json", 1, "no list of segments", 0),
        (b"[" * 100_000, "a.json", 1, "too deeply", 0),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "a.txt", 1, "not text", 0),
        (b"\xd0\xcf\x11\xe0old", "a.docx", 1, ".docx", 0),
        (b"PK\x03\x04broken", "a.docx", 1, "no Word document", 0),
        (docx("<a/>", name="other.xml"), "a.docx", 1, "no Word document", 0),
        (docx(body(paragraph("a") + "<w:p>")), "a.docx", 2, "damaged here", 1),
        (docx('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'), "a.docx", 1, "entities", 0),
        (docx(body(paragraph("a") + " " * (70 << 20))), "a.docx", 2, "larger unpacked", 1),
    ],
)
def test_what_is_not_understood_is_told_by_line(content, name, line, words, cues):
    captions = read_captions(content, name=name)

    assert len(captions.cues) == cues
    assert [skipped.line for skipped in captions.skipped][:1] == [line]
    assert words in captions.skipped[0].reason


def test_a_word_too_long_for_a_row_is_cut():
    captions = read("a" * 700)

    assert captions.cues[0].text.split() == ["a" * 300, "a" * 300, "a" * 100]


def test_more_words_than_a_day_of_speech_are_left_out():
    captions = read("a " * 299_999 + "\nb c\nd")

    assert len(captions.cues) == 1
    assert "300,000" in captions.skipped[0].reason


def test_words_share_the_time_of_their_cue_by_length():
    captions = read("WEBVTT\n\n00:01.000 --> 00:02.000\na bbb cccc dd")

    assert words_of(captions.cues[0]) == (
        CueWord("a", 1000, 1100),
        CueWord("bbb", 1100, 1400),
        CueWord("cccc", 1400, 1800),
        CueWord("dd", 1800, 2000),
    )


def test_missing_ends_are_guessed_but_never_beyond_the_next_start():
    captions = read("[00:00:01] one two\n[00:00:10] three four five\n[00:00:11] six")

    assert said(Captions("txt", fill_times(captions.cues))) == [
        (1000, 2200, "", "one two"),
        (10_000, 11_000, "", "three four five"),
        (11_000, 11_600, "", "six"),
    ]
