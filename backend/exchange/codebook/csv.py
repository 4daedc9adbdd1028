"""Codebooks as tables: a row for each code, with the path of what it is under."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from backend.exchange.codebook.codes import (
    MAX_CODES,
    MAX_DEPTH,
    Code,
    ReadCodebook,
    Skipped,
    fold_path,
    gather,
    tidy_name,
    tidy_text,
)

HEADER = ["Name", "Under", "Description", "When to use", "When not to use", "Colour", "Id"]
# What others call these columns.
_COLUMNS: dict[str, str] = {
    alias: column
    for column, aliases in {
        "name": "name,tag,code,label,code name,tag name,title",
        "under": "under,parent,parent code,parent tag,parent name,path,category,group",
        "description": "description,definition,meaning,comment,memo",
        "when_to_use": "when to use,use when,use,inclusion,inclusion criteria,include",
        "when_not_to_use": "when not to use,do not use,exclusion,exclusion criteria,exclude",
        "colour": "colour,color",
        "guid": "id,guid,uuid",
    }.items()
    for alias in aliases.split(",")
}
# A spreadsheet takes a cell that begins like this for a formula and runs it.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+\s*[=+\-@\t\r]")


def write_csv(codes: Iterable[Code]) -> bytes:
    """UTF-8 with a mark that spreadsheets know it by; cells that look like formulas are guarded."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for code in codes:
        cells = [
            tidy_name(code.name),
            join_path(code.path[:-1]),
            tidy_text(code.description),
            tidy_text(code.when_to_use),
            tidy_text(code.when_not_to_use),
            code.colour,
            code.guid,
        ]
        writer.writerow([guard(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def read_csv(content: bytes) -> ReadCodebook:
    """Read a table with or without a line of headings, split by commas, semicolons or tabs."""
    read = ReadCodebook()
    rows = _read_rows(_decode(content), read)
    if not rows:
        return read
    columns = _find_columns(rows[0][1])
    if columns:
        rows = rows[1:]
    else:
        columns = {"name": 0, "description": 1}
    if len(rows) > MAX_CODES:
        read.skipped.append(Skipped(rows[MAX_CODES][0], f"Only {MAX_CODES:,} rows are read."))
    found = [_read_row(line, cells, columns) for line, cells in rows[:MAX_CODES]]
    return gather(_find_paths(found, read), read)


def guard(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """As it was before guard."""
    return text[1:] if _GUARDED.match(text) else text


def join_path(names: Iterable[str]) -> str:
    """Names from the top down, split by “>”; one inside a name has a backslash before it."""
    return " > ".join(re.sub(r"([\\>])", r"\\\1", tidy_name(name)) for name in names)


def split_path(text: str) -> tuple[str, ...]:
    """The names that join_path joined."""
    names, name = [], ""
    for escaped, letter in re.findall(r"\\([\\>])|(.)", text, re.DOTALL):
        if letter == ">":
            names.append(name)
            name = ""
        else:
            name += escaped or letter
    return tuple(tidied for one in [*names, name] if (tidied := tidy_name(one)))


def _decode(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_rows(text: str, read: ReadCodebook) -> list[tuple[int, list[str]]]:
    """The rows that have anything in them, each with the line it begins on."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text))
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        reason = "The table can't be read from here on: perhaps a quotation mark is not closed."
        read.skipped.append(Skipped(line, reason))
    return rows


def _find_delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _find_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each column is; empty if these are no headings."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        column = _COLUMNS.get(tidy_name(cell).casefold().rstrip(":"))
        if column:
            columns.setdefault(column, index)
    return columns if "name" in columns else {}


def _read_row(line: int, cells: Sequence[str], columns: dict[str, int]) -> Code:
    """With what it is under as the file has it, before the name."""
    values = {column: _cell(cells, index) for column, index in columns.items()}
    name, under = values.pop("name"), values.pop("under", "")
    return Code(path=(*split_path(under), name), line=line, **values)


def _cell(cells: Sequence[str], index: int) -> str:
    return unguard(cells[index]).strip() if index < len(cells) else ""


def _find_paths(codes: list[Code], read: ReadCodebook) -> list[Code]:
    """Follow what others write as the mere name of a parent that is itself under something."""
    by_name: dict[str, list[Code]] = {}
    for code in codes:
        by_name.setdefault(tidy_name(code.name).casefold(), []).append(code)
    paths = {fold_path(code.path) for code in codes}
    found = []
    for code in codes:
        path = _follow(code, by_name, paths)
        if path is None:
            reason = f"“{tidy_name(code.name)}” is under itself."
            read.skipped.append(Skipped(code.line, reason))
        else:
            found.append(replace(code, path=path))
    return found


def _follow(
    code: Code, by_name: dict[str, list[Code]], paths: set[tuple[str, ...]]
) -> tuple[str, ...] | None:
    path, seen = code.path, {id(code)}
    while 1 < len(path) <= MAX_DEPTH and fold_path(path[:1]) not in paths:
        parents = by_name.get(path[0].casefold(), [])
        if len(parents) != 1:
            break
        if id(parents[0]) in seen:
            return None
        seen.add(id(parents[0]))
        path = (*parents[0].path[:-1], *path)
    return path
