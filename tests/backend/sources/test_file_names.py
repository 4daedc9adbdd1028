"""Names of uploaded files: kept for people, never a path."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.file_names import (
    content_type_of,
    display_name,
    download_name,
    known_extension,
    read_metadata,
    transcript_extension,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("interview.wav", "interview.wav"),
        ("🎙️ Gespräch mit 👩‍⚕️.mp3", "🎙️ Gespräch mit 👩‍⚕️.mp3"),
        ("ראיון ראשון.m4a", "ראיון ראשון.m4a"),
        ("مقابلة.ogg", "مقابلة.ogg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\take 1.wav", "take 1.wav"),
        ("a\0b\x07c.wav", "abc.wav"),
        ("\u202egpj.exe", "gpj.exe"),
        ("two\nlines.wav", "two lines.wav"),
        ("..", "recording"),
        ("", "recording"),
        ("folder/", "recording"),
    ],
)
def test_a_name_is_shown_as_it_came_without_what_could_mislead(name, expected):
    assert display_name(name) == expected


@given(st.text())
def test_any_name_can_be_shown(name):
    shown = display_name(name)

    assert 0 < len(shown) <= 300
    assert "/" not in shown
    assert "\0" not in shown
    assert display_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "extension", "content_type"),
    [
        ("a.WAV", ".wav", "audio/wav"),
        ("a.b.mp4", ".mp4", "video/mp4"),
        ("playback.m4a", ".m4a", "audio/mp4"),
        ("page.html", "", "application/octet-stream"),
        ("a.svg", "", "application/octet-stream"),
        ("mp3", "", "application/octet-stream"),
        ("a.mp3/..", "", "application/octet-stream"),
        ("", "", "application/octet-stream"),
    ],
)
def test_only_endings_of_recordings_are_kept(name, extension, content_type):
    assert known_extension(name) == extension
    assert content_type_of(name) == content_type


@pytest.mark.parametrize(
    ("name", "extension", "content_type"),
    [
        ("Meeting.VTT", ".vtt", "text/vtt"),
        ("a.b.srt", ".srt", "application/x-subrip"),
        ("a.json", ".json", "application/json"),
        ("a.doc", "", "application/octet-stream"),
        ("a.wav", "", "audio/wav"),
        ("vtt", "", "application/octet-stream"),
    ],
)
def test_endings_of_transcripts_are_known(name, extension, content_type):
    assert transcript_extension(name) == extension
    assert content_type_of(name) == content_type


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ana, March", "Ana, March – transcript.vtt"),
        ("What/why: \\ a|b?", "What why a b – transcript.vtt"),
        ("../../etc", "etc – transcript.vtt"),
        ("רָאָיוֹן 🎙", "רָאָיוֹן 🎙 – transcript.vtt"),
        ("???", "recording – transcript.vtt"),
        ("a" * 300, "a" * 120 + " – transcript.vtt"),
    ],
)
def test_a_file_is_named_for_what_it_is_of(title, expected):
    assert download_name(title, of="transcript", extension=".vtt") == expected


def encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"filename {encode('a.wav')}", {"filename": "a.wav"}),
        (
            f"filename {encode('🎙.wav')},filetype {encode('audio/wav')}",
            {"filename": "🎙.wav", "filetype": "audio/wav"},
        ),
        (
            f" filename {encode('a.wav')} , is_confidential",
            {"filename": "a.wav", "is_confidential": ""},
        ),
        (f"filename {encode('ab').rstrip('=')}", {"filename": "ab"}),
        ("filename !!!,filetype YQ==", {"filetype": "a"}),
        ("filename é", {}),
        (f"filename {base64.b64encode(bytes([0xFF, 0x61])).decode()}", {"filename": "\ufffda"}),
        ("", {}),
        (",,,", {}),
    ],
)
def test_metadata_is_read_as_far_as_it_can_be(header, expected):
    assert read_metadata(header) == expected


@given(st.text(max_size=300))
def test_no_metadata_header_is_an_error(header):
    read_metadata(header)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,10}", fullmatch=True), st.text(max_size=50)))
def test_metadata_comes_back_as_it_was_written(metadata):
    header = ",".join(f"{key} {encode(value)}" for key, value in metadata.items())

    assert read_metadata(header) == metadata
