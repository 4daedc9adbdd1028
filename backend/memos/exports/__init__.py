"""Memos as files to take away: every thread that was asked for, as CSV, DOCX or Markdown."""

from collections.abc import Callable

from backend.memos.exports.markdown import write_markdown
from backend.memos.exports.rows import ExportedMemo, rows_of
from backend.memos.exports.spreadsheet import write_csv
from backend.memos.exports.word import write_docx

EXPORT_FORMATS = ["csv", "docx", "md"]
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}


def export_memos(rows: list[ExportedMemo], *, format: str, title: str) -> bytes:
    """The bytes of a file in one of EXPORT_FORMATS."""
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: write_csv(rows),
        "docx": lambda: write_docx(rows, title=title),
        "md": lambda: write_markdown(rows, title=title),
    }
    return writers[format]()


__all__ = ["CONTENT_TYPES", "EXPORT_FORMATS", "ExportedMemo", "export_memos", "rows_of"]
