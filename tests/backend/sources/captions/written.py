"""Files as programs write them, and what is said in them, for the tests beside this."""

import io
import zipfile

from backend.sources.captions import Captions, read_captions


def read(text: str, name: str = "a.txt") -> Captions:
    return read_captions(text.encode(), name=name)


def said(captions: Captions) -> list[tuple[int | None, int | None, str, str]]:
    return [(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in captions.cues]


def turns(captions: Captions) -> list[tuple[int | None, str, str]]:
    return [(cue.start_ms, cue.speaker, cue.text) for cue in captions.cues]


def docx(document: str, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return file.getvalue()


def body(content: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    more = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<?xml version="1.0"?><w:document xmlns:w="{space}" xmlns:mc="{more}">'
        f"<w:body>{content}</w:body></w:document>"
    )


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def cell(*texts: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"
