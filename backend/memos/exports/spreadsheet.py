"""Memos as CSV: a line for each memo and each answer."""

import csv
import io
from collections.abc import Iterable

from backend.common.spreadsheets import guard_cell
from backend.memos.exports.rows import ExportedMemo

_COLUMNS = [
    "written_at",
    "author",
    "about",
    "subject",
    "study",
    "session",
    "time",
    "text",
    "mentions",
    "link",
    "id",
    "answer_to",
]


def write_csv(rows: Iterable[ExportedMemo]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it. No cell runs as a formula."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for row in rows:
        cells = (
            row.written_at.isoformat(timespec="seconds"),
            row.author,
            row.kind,
            row.subject,
            row.study,
            row.session,
            row.clock,
            row.text,
            ", ".join(row.mentions),
            row.link,
            row.id,
            row.answer_to,
        )
        table.writerow([guard_cell(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")
