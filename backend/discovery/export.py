"""Excerpts that were found as a table: a row each, read in batches as they are by then."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from backend.common.errors import EarshotError
from backend.common.spreadsheets import guard_cell
from backend.discovery.facets import QUADRANT_LABELS
from backend.discovery.selectors import find_excerpts
from backend.sources.captions.cues import printable
from backend.tagging.models import Aspect, Excerpt, Placing, Quadrant
from backend.tagging.selectors import get_excerpts_in_order

MAX_ROWS = 10_000
BATCH_ROWS = 200
IN_MEMORY_BYTES = 2**20
COLUMNS = [
    "quote",
    "participant",
    "study",
    "session",
    "date",
    "time",
    "quadrants",
    "aspects",
    "personas",
    "tags",
    "feelings",
    "key_quote",
    "link",
    "id",
]

Batches = Iterator[list[Excerpt] | str]
LinkTo = Callable[[Excerpt], str]


def batches_of_chosen(workspace_id: UUID, ids: Iterable[UUID]) -> Batches:
    """These excerpts in their order, without those that are gone. Three queries a batch."""
    left = iter(dict.fromkeys(ids))
    while some := list(islice(left, BATCH_ROWS)):
        yield get_excerpts_in_order(workspace_id, some)


def batches_of_search(workspace_id: UUID, question: Mapping[str, Any]) -> Batches:
    """What the question finds, best first, each once; at last a sentence if something is left out.

    One search and four queries a batch. Where the index changes in between, what moves to a later
    batch is not repeated, but what moves to an earlier one is missed. Raises UnavailableError
    before anything else.
    """
    seen: set[UUID] = set()
    for offset in range(0, MAX_ROWS, BATCH_ROWS):
        try:
            found = find_excerpts(workspace_id, question, offset=offset, limit=BATCH_ROWS)
        except EarshotError as error:
            if not offset:
                raise
            yield f"This file ends here, although more was found. {error.message}"
            return
        new = [excerpt_id for excerpt_id in found.ids if excerpt_id not in seen]
        seen.update(new)
        yield get_excerpts_in_order(workspace_id, new)
        if offset + BATCH_ROWS >= found.total:
            return
    yield (
        f"Only the first {MAX_ROWS:,} of {found.total:,} excerpts are in this file. "
        "Narrow the search to get the others."
    )


def write_table(batches: Batches, *, link_to: LinkTo) -> IO[bytes]:
    """A temporary file with all of it, left at its end: rewind it, and close it.

    UTF-8 with the mark by which spreadsheet programs know it. No cell runs as a formula. Large ones
    are kept on disk, so memory holds a batch of rows.
    """
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(SpooledTemporaryFile(IN_MEMORY_BYTES))
        file.write(_lines([COLUMNS]).encode("utf-8-sig"))
        for batch in batches:
            rows = [[batch]] if isinstance(batch, str) else [_cells(one, link_to) for one in batch]
            file.write(_lines(rows).encode())
        unless_whole.pop_all()
    return file


def _lines(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([guard_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _cells(excerpt: Excerpt, link_to: LinkTo) -> list[str]:
    session, participant = excerpt.session, excerpt.participant
    placings = list(excerpt.placings.all())
    personas = [placing.persona for placing in placings]
    cells = [
        excerpt.text,
        participant.code_name if participant else "",
        session.study.title,
        session.title,
        session.held_on.isoformat() if session.held_on else "",
        _clock(excerpt.start_ms),
        _joined(QUADRANT_LABELS[Quadrant(one.quadrant)] for one in placings),
        _joined(Aspect(one.aspect).label for one in placings if one.aspect),
        _joined(one.name for one in personas if one and one.deleted_at is None),
        _joined(tagging.tag.name for tagging in excerpt.taggings.all()),
        _joined(_feeling(placing) for placing in placings),
        "yes" if excerpt.is_key_quote else "",
        link_to(excerpt),
        str(excerpt.id),
    ]
    return [printable(cell) for cell in cells]


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _feeling(placing: Placing) -> str:
    """What was felt and how strongly, such as “annoyed −2”."""
    if placing.intensity is None:
        return placing.emotion
    strength = f"{placing.intensity:+d}".replace("-", "−")
    return f"{placing.emotion or 'strength'} {strength}"


def _clock(position_ms: int | None) -> str:
    """Hours, minutes and seconds: a form that spreadsheet programs sort and add up."""
    if position_ms is None:
        return ""
    minutes, seconds = divmod(position_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
