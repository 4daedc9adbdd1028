"""Memos as a Word document: what each is about in bold, then what was written and answered."""

from collections.abc import Iterable, Iterator

from backend.common.word_document import BOLD, GREY, paragraph, run, write_document
from backend.memos.exports.rows import ExportedMemo


def write_docx(rows: Iterable[ExportedMemo], *, title: str) -> bytes:
    """The title stands in the page's header."""
    return write_document(_paragraphs(rows), header=title)


def _paragraphs(rows: Iterable[ExportedMemo]) -> Iterator[str]:
    for row in rows:
        if not row.answer_to:
            yield paragraph(run(f"{row.kind}: {row.subject}", BOLD))
            place = "  ".join(part for part in (row.place, row.link) if part)
            yield paragraph(run(place, GREY))
        sign = "↳ " if row.answer_to else ""
        yield paragraph(run(sign), run(row.author, BOLD), run(f"  {row.when}", GREY))
        for line in row.text.splitlines():
            yield paragraph(run(line))
