"""Documents are read behind walls, and only what has the right shape comes through."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from backend.sources.captions import Captions, Cue, CueWord, Skipped, write_docx
from worker.documents import DOCUMENT_LIMITS, read_document
from worker.documents.message import BrokenMessageError, pack, unpack
from worker.media import MediaCrashError, MediaLimitError

MEBIBYTE = 1 << 20
CAPTIONS = Captions(
    "json",
    [
        Cue(0, 1000, "Zoë", "a b", (CueWord("a", 0, 500, 0.5), CueWord("b"))),
        Cue(None, None, "", "c 🎉"),
    ],
    [Skipped(3, "why")],
    "en",
)


def never() -> None:
    pass


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "imported.txt"


def test_a_document_is_read_in_another_process(file: Path) -> None:
    file.write_bytes(write_docx([Cue(1000, None, "Ana", "Hi & bye.")]))

    captions = read_document(file, name="imported.docx", check=never)

    assert captions == Captions("docx", [Cue(1000, None, "Ana", "Hi & bye.")])


def test_the_name_decides_where_the_content_does_not(file: Path) -> None:
    file.write_text("Moderator: hi", encoding="utf-8")

    assert read_document(file, name="a.vtt", check=never).cues == []
    assert read_document(file, name="a.txt", check=never).cues[0].speaker == "Moderator"


def test_a_bomb_costs_neither_memory_nor_time(file: Path) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(b"<a>")
        for _ in range(70):
            part.write(b" " * MEBIBYTE)
    file.write_bytes(packed.getvalue())

    captions = read_document(file, name="a.docx", check=never)

    assert captions.cues == []
    assert "larger unpacked" in captions.skipped[0].reason


@pytest.mark.parametrize(
    "limits",
    [
        replace(DOCUMENT_LIMITS, memory_bytes=120 * MEBIBYTE),
        replace(DOCUMENT_LIMITS, output_bytes=1000),
        replace(DOCUMENT_LIMITS, wall_seconds=0),
    ],
)
def test_a_document_that_takes_too_much_is_stopped(file: Path, limits: object) -> None:
    file.write_text("ab\n" * 100_000, encoding="utf-8")

    with pytest.raises(MediaLimitError):
        read_document(file, name="a.txt", check=never, limits=limits)  # type: ignore[arg-type]


def test_reading_can_be_stopped_before_it_begins(file: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_document(file, name="a.txt", check=stop)


def test_a_file_that_is_gone_is_a_crash_told_to_the_log(file: Path) -> None:
    with pytest.raises(MediaCrashError) as caught:
        read_document(file, name="a.txt", check=never)

    assert "FileNotFoundError" in caught.value.detail


def test_what_is_handed_over_arrives_as_it_was() -> None:
    assert unpack(pack(CAPTIONS)) == CAPTIONS


@pytest.mark.parametrize(
    "change",
    [
        {"format": "exe"},
        {"format": 1},
        {"cues": [[0, 1, "", "a"]]},
        {"cues": [[0.5, 1, "", "a", None]]},
        {"cues": [[True, 1, "", "a", None]]},
        {"cues": [[0, 1, None, "a", None]]},
        {"cues": [[0, 1, "", "a", [["a", 0, 1]]]]},
        {"cues": [[0, 1, "", "a", [[["a"], 0, 1, None]]]]},
        {"cues": "abc"},
        {"skipped": [[1]]},
        {"skipped": [["1", "why"]]},
        {"language": None},
    ],
)
def test_a_message_of_another_shape_is_refused(change: dict[str, object]) -> None:
    message = json.dumps(json.loads(pack(CAPTIONS)) | change)

    with pytest.raises(BrokenMessageError):
        unpack(message)


@pytest.mark.parametrize("message", ["", "[]", "null", "{}", "[" * 100_000])
def test_what_is_no_message_is_refused(message: str) -> None:
    with pytest.raises(BrokenMessageError):
        unpack(message)
