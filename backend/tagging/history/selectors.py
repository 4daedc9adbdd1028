"""Reading the history: who changed what, what can be undone, and what is new since a number."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery, Value

from backend.common.errors import MissingError
from backend.sources.models import Segment
from backend.sources.selectors import shown_segments
from backend.studies.models import Session
from backend.tagging.history.concealing import is_somebody_withheld, without_quotes
from backend.tagging.history.recording import changes_in
from backend.tagging.models import Change, Excerpt
from backend.tagging.selectors import live_excerpts, with_details
from backend.workspaces.models import Workspace


@dataclass
class Standing:
    """How far a history has come, and what this person may undo or do again next."""

    latest: int
    has_withheld: bool  # Somebody is heard here who withdrew.
    undo: dict[str, Any] | None
    redo: dict[str, Any] | None


@dataclass
class News:
    """Some changes with the current state of what they touched. `segments` are rows of
    SEGMENT_COLUMNS and transcript_id."""

    changes: list[Change] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)
    deleted_excerpt_ids: list[str] = field(default_factory=list)
    segments: list[dict[str, Any]] = field(default_factory=list)
    deleted_segment_ids: list[str] = field(default_factory=list)
    has_speakers_changed: bool = False
    has_memos_changed: bool = False


def latest_to_undo(changes: QuerySet[Change], user_id: Any) -> QuerySet[Change]:
    """This person's changes of a session or codebook that stand, the last done first."""
    return changes.filter(created_by=user_id, undone_at__isnull=True).order_by("-number")


def latest_to_redo(changes: QuerySet[Change], user_id: Any) -> QuerySet[Change]:
    """This person's changes that they undid after whatever they did last, the last undone first."""
    mine = changes.filter(created_by=user_id)
    newest = mine.order_by("-first_number").values("first_number")[:1]
    undone = mine.filter(undone_at__isnull=False, undone_by=user_id)
    return undone.filter(number__gt=Subquery(newest)).order_by("-number")


def standing_in_session(*, workspace_id: UUID, session_id: UUID, user: Any) -> Standing:
    """Raises MissingError where there is no such session. One query."""
    sessions = Session.objects.kept().filter(
        workspace_id=workspace_id, id=session_id, study__deleted_at__isnull=True
    )
    changes = changes_in(workspace_id=workspace_id, session_id=session_id)
    return _read_standing(sessions.annotate(withheld=is_somebody_withheld()), changes, user.pk)


def standing_in_codebook(*, workspace_id: UUID, user: Any) -> Standing:
    """One query."""
    changes = changes_in(workspace_id=workspace_id, session_id=None)
    workspaces = Workspace.objects.filter(id=workspace_id).annotate(withheld=Value(False))
    return _read_standing(workspaces, changes, user.pk)


def _read_standing(scopes: QuerySet[Any], changes: QuerySet[Change], user_id: Any) -> Standing:
    columns: dict[str, QuerySet[Any, Any]] = {
        "latest": changes.order_by("-number").values("number")[:1]
    }
    for name, found in {
        "undo": latest_to_undo(changes, user_id),
        "redo": latest_to_redo(changes, user_id),
    }.items():
        columns[f"{name}_id"] = found.values("id")[:1]
        columns[f"{name}_summary"] = found.values("summary")[:1]
        columns[f"{name}_verb"] = found.values("verb")[:1]
    row = scopes.values(
        "withheld", **{name: Subquery(query) for name, query in columns.items()}
    ).first()
    if row is None:
        raise MissingError()
    return Standing(row["latest"] or 0, row["withheld"], _named(row, "undo"), _named(row, "redo"))


def _named(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    if row[f"{name}_id"] is None:
        return None
    summary = row[f"{name}_summary"]
    if row["withheld"]:
        summary = without_quotes(row[f"{name}_verb"], summary)
    return {"id": row[f"{name}_id"], "summary": summary}


def list_changes(workspace_id: UUID, filters: dict[str, Any]) -> QuerySet[Change]:
    """The history of a session, of the codebook, or of all, the newest first.

    `filters` as ChangeFiltersSerializer validates them.
    """
    changes = _with_people(Change.objects.filter(workspace_id=workspace_id))
    if filters.get("session"):
        changes = changes.filter(session_id=filters["session"])
    if filters.get("scope") == "codebook":
        changes = changes.filter(session__isnull=True)
    if filters.get("user"):
        changes = changes.filter(created_by=filters["user"])
    return changes.order_by("-created_at", "-first_number", "id")


def changes_of(workspace_id: UUID) -> QuerySet[Change]:
    """The changes of what is not deleted."""
    codebook = Change.objects.filter(workspace_id=workspace_id, session__isnull=True)
    in_sessions = Change.objects.filter(
        workspace_id=workspace_id,
        session__deleted_at__isnull=True,
        session__study__deleted_at__isnull=True,
        session__isnull=False,
    )
    return codebook | in_sessions


def read_news(*, workspace_id: UUID, session_id: UUID, after: int) -> News:
    """What changed in the session since that number, also by undoing. At most six queries."""
    changes = Change.objects.filter(session_id=session_id, number__gt=after)
    return news_of(workspace_id, list(_with_people(changes).order_by("number")))


def news_of(workspace_id: UUID, changes: list[Change]) -> News:
    """These changes, with what they touched as it is now."""
    news = News(changes=changes)
    excerpt_ids = _touched(changes, "excerpt_ids")
    if excerpt_ids:
        rows = with_details(live_excerpts(workspace_id).filter(id__in=excerpt_ids))
        news.excerpts = list(rows.order_by("source_id", "position", "created_at", "id"))
        news.deleted_excerpt_ids = _missing(excerpt_ids, {row.id for row in news.excerpts})
    segment_ids = _touched(changes, "segment_ids")
    if segment_ids:
        segments = Segment.objects.filter(workspace_id=workspace_id, id__in=segment_ids)
        segments = segments.order_by("transcript_id", "position")
        news.segments = shown_segments(segments, "transcript_id")
        news.deleted_segment_ids = _missing(segment_ids, {row["id"] for row in news.segments})
    news.has_speakers_changed = any(change.touched.get("has_speakers") for change in changes)
    news.has_memos_changed = any(change.touched.get("has_memos") for change in changes)
    return news


def _with_people(changes: QuerySet[Change]) -> QuerySet[Change]:
    """The rows themselves can be large, and nobody is shown them."""
    return changes.select_related("created_by", "undone_by").defer("rows")


def _touched(changes: list[Change], name: str) -> set[str]:
    return {row_id for change in changes for row_id in change.touched.get(name, [])}


def _missing(wanted: set[str], found: set[UUID]) -> list[str]:
    return sorted(wanted - {str(row_id) for row_id in found})
