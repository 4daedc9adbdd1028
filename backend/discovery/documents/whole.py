"""All rows of a workspace that may have a document, in batches of rows that lie together."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Model

from backend.discovery.documents.shape import Where
from backend.memos.models import Memo
from backend.personas.models import Persona
from backend.sources.models import Transcript
from backend.studies.models import Session
from backend.synthesis.models import Claim, Insight
from backend.tagging.models import Tag

BATCH_ROWS = 1_000

# Excerpts by session and passages by transcript: nothing need be read of a million rows to tell
# them apart, what belongs to a transcript is read once, and none of it is named in a query.
_BY_PARENT: dict[str, tuple[type[Model], str, str]] = {
    "excerpt": (Session, "excerpts", "session__in"),
    "passage": (Transcript, "segments", "transcript__in"),
}
_ONE_BY_ONE: dict[str, type[Model]] = {
    "insight": Insight,
    "persona": Persona,
    "claim": Claim,
    "tag": Tag,
    "memo": Memo,
}


class Batch(NamedTuple):
    """Rows of one kind of document."""

    kind: str
    where: Where
    row_count: int


def cut_workspace(workspace_id: UUID) -> Iterator[Batch]:
    """Batches of about a thousand rows; a session or transcript is in one batch, however long."""
    for kind, (model, relation, condition) in _BY_PARENT.items():
        parents = model._default_manager.filter(workspace_id=workspace_id)
        counts = parents.order_by().values_list("id", Count(relation))
        yield from _together(kind, condition, counts)
    for kind, model in _ONE_BY_ONE.items():
        rows = model._default_manager.filter(workspace_id=workspace_id).order_by()
        ids = list(rows.values_list("id", flat=True))
        yield from _together(kind, "id__in", ((row_id, 1) for row_id in ids))


def _together(kind: str, condition: str, counts: Iterable[tuple[UUID, int]]) -> Iterator[Batch]:
    ids: list[UUID] = []
    row_count = 0
    for row_id, count in counts:
        if not count:
            continue
        ids.append(row_id)
        row_count += count
        if row_count >= BATCH_ROWS:
            yield Batch(kind, {condition: ids}, row_count)
            ids, row_count = [], 0
    if ids:
        yield Batch(kind, {condition: ids}, row_count)
