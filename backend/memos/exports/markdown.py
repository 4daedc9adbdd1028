"""Memos as Markdown: a heading for what each is about; answers are quoted below it."""

import re
from collections.abc import Iterable, Iterator

from backend.memos.exports.rows import ExportedMemo

_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")
# What people write is left as it is, but for what would begin a heading, and so another memo.
_HEADING = re.compile(r"^(\s{0,3})(#|=+\s*$|-+\s*$)")


def write_markdown(rows: Iterable[ExportedMemo], *, title: str) -> bytes:
    """UTF-8."""
    lines = [f"# {_plain(title)}", *(line for row in rows for line in _lines(row))]
    return ("\n".join(lines) + "\n").encode()


def _lines(row: ExportedMemo) -> Iterator[str]:
    if not row.answer_to:
        yield ""
        yield f"## {row.kind}: {_plain(row.subject)}"
        yield ""
        place = f"{_plain(row.place)} · " if row.place else ""
        yield f"{place}[Open](<{row.link}>)"
    indent = "> " if row.answer_to else ""
    yield ""
    yield f"{indent}**{_plain(row.author)}**, {row.when}"
    yield indent.rstrip()
    for line in row.text.splitlines():
        yield (indent + _HEADING.sub(r"\1\\\2", line)).rstrip()


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
