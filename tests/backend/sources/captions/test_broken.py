"""No bytes at all make a reader raise, and nothing it gives would break the rows made of it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.sources.captions import FORMATS, Cue, fill_times, reading, words_of
from backend.sources.captions.writing import docx, srt, txt, vtt, whisper_json

CUES = [
    Cue(0, 1500, "Ana", "I waited <six> weeks & more"),
    Cue(1500, 4000, "Moderator", "For what? 10:30 --> 11:00"),
    Cue(3000, 9000, "", "nobody's"),
]
WRITTEN = {
    "vtt": vtt.write_vtt(CUES, language="en")
    + b"\nNOTE x\n\n00:10.000 --> 00:12.000\n<v A>a<00:11.000><c> b</c></v> <v B>c\n",
    "srt": srt.write_srt(CUES),
    "sbv": b"0:00:00.000,0:00:01.500\nAna: a\n\n0:00:01.500,0:00:02.000\n>> Ben: b\n",
    "txt": txt.write_txt(CUES)
    + b"\nAna Smith  0:12\nHi.\n\n00:05:00\nBen: b\n0:01 --> 0:02\nAna\nb\n",
    "docx": docx.write_docx(CUES, title="Title"),
    "json": whisper_json.write_json(
        [Cue(c.start_ms, c.end_ms, c.speaker, c.text, words_of(c)) for c in CUES], language="en"
    ),
}
NAMES = st.sampled_from([f"a.{format}" for format in FORMATS] + ["a", ""])
STRANGE = st.sampled_from(
    [
        b"",
        b"\0",
        b"\n\n",
        b"-->",
        b"\xff\xfe",
        b"<v ",
        b"&#xd800;",
        b"99999999999:59:59,999",
        b"NaN",
        b"1e999",
        b"9" * 400,
        b'"\\ud800"',
        b"null",
        b"[" * 50,
        b">>",
        b"\r",
        b"\xef\xbb\xbf",
        b"{\\",
    ]
)


def require_sound(content: bytes, name: str) -> None:
    # Without the net that read_captions spreads below: that must never be needed.
    captions = reading._read(content, name.rpartition(".")[2])
    assert captions.format in FORMATS
    assert all(skipped.line >= 1 and skipped.reason for skipped in captions.skipped)
    for cue in fill_times(captions.cues):
        assert cue.text == " ".join(cue.text.split())
        assert len(cue.speaker) <= 100
        (cue.text + cue.speaker).encode()
        assert "\0" not in cue.text + cue.speaker
        assert cue.start_ms is None or 0 <= cue.start_ms <= 4 * 10**9
        assert cue.end_ms is None or cue.start_ms <= cue.end_ms
        words = words_of(cue)
        assert " ".join(word.text for word in words) == cue.text
        assert all(w.start_ms is None or 0 <= w.start_ms <= w.end_ms for w in words)


@given(st.binary(max_size=300), NAMES)
def test_random_bytes(content, name):
    require_sound(content, name)


@given(st.text(max_size=200), NAMES, st.sampled_from(["utf-8", "utf-16", "utf-32-be"]))
def test_random_text(text, name, encoding):
    require_sound(text.encode(encoding, errors="replace"), name)


LINES = st.sampled_from(
    [
        "WEBVTT",
        "NOTE a",
        "STYLE",
        "",
        "1",
        "00:00:01.000 --> 00:00:02.000",
        "0:1,5-->0:0",
        "--> 3",
        "<v Ana>a",
        "<v B>b</v> c",
        "Ana: hello",
        ">> BEN: hi",
        ">>",
        "Ana  0:12",
        "0:12",
        "[00:01:02] Ana: a",
        "(0:3) b",
        "0:01\tAna\ta",
        "a<00:01.5>b",
        "0:00:01.000,0:00:02.000",
        "Attendees",
        "Note: x",
        "&amp;&lt;",
        "\u2028",
        " ",
    ]
)


@given(st.lists(LINES, max_size=25), NAMES)
def test_lines_of_all_formats_in_any_order(lines, name):
    require_sound("\n".join(lines).encode(), name)


@settings(max_examples=60)
@pytest.mark.parametrize("format", FORMATS)
@given(data=st.data())
def test_mutations_of_valid_files(format, data):
    content = WRITTEN[format]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        content = content[:start] + data.draw(STRANGE | st.binary(max_size=6)) + content[end:]
    require_sound(content, f"a.{format}")


@pytest.mark.parametrize("format", FORMATS)
def test_files_cut_short_anywhere(format):
    content = WRITTEN[format]

    for end in range(len(content)):
        require_sound(content[:end], f"a.{format}")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "segments",
                    "words",
                    "word",
                    "text",
                    "start",
                    "end",
                    "offsets",
                    "from",
                    "to",
                    "timestamp",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json(document):
    require_sound(json.dumps({"segments": [document]}).encode(), "a.json")
    require_sound(json.dumps(document).encode(), "a.json")


def test_a_fault_of_our_own_costs_the_file_and_not_the_worker(monkeypatch):
    def fail(*arguments):
        raise AssertionError

    monkeypatch.setattr(reading, "read_txt", fail)
    captions = reading.read_captions(b"a", name="a.txt")

    assert captions.cues == []
    assert "damaged" in captions.skipped[0].reason


def test_a_cue_that_lost_its_times_is_kept_and_told():
    written = [
        *("1", "00:00:01,000 --> 00:00:02,000", "First.", ""),
        *("2", "Second.", ""),
        *("3", "00:00:03,000 --> 00:00:04,000", "End."),
    ]
    captions = reading.read_captions("\n".join(written).encode(), name="a.srt")

    assert "Second." in captions.cues[0].text
    assert [skipped.line for skipped in captions.skipped] == [5]
