"""A page of hits with the rows behind them, each kind loaded at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from backend.discovery.documents import (
    build_documents,
    live_passages,
    read_paths,
    text_of_insight,
    text_of_tag,
)
from backend.memos.models import Memo
from backend.memos.selectors import with_subjects
from backend.personas.models import Persona
from backend.sources.anchoring import text_of
from backend.sources.models import Segment
from backend.studies.models import Participant
from backend.studies.selectors import with_persona
from backend.synthesis.models import Claim, Insight
from backend.synthesis.selectors import (
    get_claims_in_order,
    get_insights_in_order,
    get_personas_in_order,
)
from backend.tagging.models import Excerpt, Tag
from backend.tagging.selectors import get_excerpts_in_order
from backend.tagging.tag_selectors import add_counts
from search.result import Hit

Row = Excerpt | Insight | Persona | Claim | Tag | Segment | Memo


@dataclass(frozen=True)
class LoadedHit:
    """A hit with its row; `highlights` are half-open ranges of code points in `text`.

    `missing_words` of the question, as typed, are not in it.
    """

    kind: str
    text: str
    highlights: list[tuple[int, int]]
    row: Row
    missing_words: tuple[str, ...] = ()

    @property
    def excerpt(self) -> Row | None:
        return self.row if self.kind == "excerpt" else None

    @property
    def insight(self) -> Row | None:
        return self.row if self.kind == "insight" else None

    @property
    def persona(self) -> Row | None:
        return self.row if self.kind == "persona" else None

    @property
    def claim(self) -> Row | None:
        return self.row if self.kind == "claim" else None

    @property
    def tag(self) -> Row | None:
        return self.row if self.kind == "tag" else None

    @property
    def passage(self) -> Row | None:
        return self.row if self.kind == "passage" else None

    @property
    def memo(self) -> Row | None:
        return self.row if self.kind == "memo" else None


def load_hits(workspace_id: UUID, hits: Sequence[Hit]) -> list[LoadedHit]:
    """The hits in their order. A row that was deleted a moment ago, but is still in the index, is
    left out. The number of queries is that of the kinds among them, however many hits.
    """
    ids: dict[str, list[UUID]] = defaultdict(list)
    for hit in hits:
        ids[hit.kind].append(UUID(hit.id))
    rows: Mapping[tuple[str, str], Row] = {
        (kind, str(row.id)): row
        for kind, load in _LOADERS.items()
        if ids[kind]
        for row in load(workspace_id, ids[kind])
    }
    return [_loaded(hit, rows[hit.kind, hit.id]) for hit in hits if (hit.kind, hit.id) in rows]


def _load_tags(workspace_id: UUID, ids: list[UUID]) -> list[Tag]:
    """Counted with the tags under them, each with its `path`. Four queries."""
    tags = add_counts(
        list(Tag.objects.kept().filter(workspace_id=workspace_id, id__in=ids)), workspace_id
    )
    paths = read_paths(workspace_id)
    for tag in tags:
        vars(tag)["path"] = [name for _, name in paths.get(tag.id, [(tag.id, tag.name)])]
    return tags


def _load_passages(workspace_id: UUID, ids: list[UUID]) -> list[Segment]:
    """Those that are still no evidence. Four queries."""
    unmarked = {
        document.id for document in build_documents("passage", workspace_id, {"id__in": ids})
    }
    rows = live_passages(workspace_id).filter(id__in=unmarked)
    people = with_persona(Participant.objects.all())
    return list(
        rows.select_related("transcript__source__session__study", "speaker").prefetch_related(
            Prefetch("speaker__participant", people)
        )
    )


def _load_memos(workspace_id: UUID, ids: list[UUID]) -> list[Memo]:
    rows = Memo.objects.kept().filter(workspace_id=workspace_id, id__in=ids)
    memos = with_subjects(workspace_id, rows.select_related("created_by"))
    return [memo for memo in memos if not vars(memo)["subject"].is_gone]


_LOADERS: dict[str, Any] = {
    "excerpt": get_excerpts_in_order,
    "insight": get_insights_in_order,
    "persona": get_personas_in_order,
    "claim": get_claims_in_order,
    "tag": _load_tags,
    "passage": _load_passages,
    "memo": _load_memos,
}
_TEXTS: dict[str, Any] = {
    "excerpt": lambda excerpt: excerpt.text,
    "insight": text_of_insight,
    "persona": lambda persona: persona.summary,
    "claim": lambda claim: claim.text,
    "tag": lambda tag: text_of_tag(tag, tag.path),
    "passage": lambda segment: text_of(segment.words),
    "memo": lambda memo: memo.text,
}


def _loaded(hit: Hit, row: Row) -> LoadedHit:
    text = _TEXTS[hit.kind](row)
    # The text may have become shorter since it was indexed.
    ranges = [(start, min(end, len(text))) for start, end in hit.text_highlight]
    shown = [(start, end) for start, end in ranges if start < end]
    return LoadedHit(hit.kind, text, shown, row, hit.missing_words)
