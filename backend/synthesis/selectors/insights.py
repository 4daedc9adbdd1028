"""Insights with their evidence counted in people."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from backend.personas.models import Persona
from backend.synthesis.models import Evidence, Insight, Stance
from backend.tagging.models import Excerpt
from backend.tagging.selectors import live, with_details


def list_insights(
    workspace_id: UUID, *, persona_id: UUID | None = None, status: str = ""
) -> QuerySet[Insight]:
    """Kept insights, newest first, with author and personas at hand."""
    insights = Insight.objects.kept().filter(workspace_id=workspace_id)
    if persona_id is not None:
        insights = insights.filter(personas=persona_id)
    if status:
        insights = insights.filter(status=status)
    personas = Persona.objects.kept().order_by("name", "id")
    return (
        insights.select_related("created_by")
        .prefetch_related(Prefetch("personas", personas))
        .order_by("-created_at", "id")
    )


def get_insights_in_order(workspace_id: UUID, ids: Iterable[UUID]) -> list[Insight]:
    """The kept insights with these ids, in their order, summarised. Three queries."""
    wanted = list(ids)
    found = {row.id: row for row in list_insights(workspace_id).filter(id__in=wanted)}
    return summarise_insights([found[row_id] for row_id in wanted if row_id in found])


def summarise_insights(insights: Sequence[Insight]) -> list[Insight]:
    """Set on each how many people and excerpts speak for and against it, from how many studies,
    and when the newest was marked. One query."""
    rows: Any = (
        Evidence.objects.filter(
            live("excerpt__"), insight_id__in=[insight.id for insight in insights]
        )
        .order_by()
        .values("insight_id")
        .annotate(**_NUMBERS)
    )
    counted = {row["insight_id"]: row for row in rows}
    for insight in insights:
        row = counted.get(insight.id, {"newest_at": None})
        vars(insight).update({name: row.get(name, 0) for name in _NUMBERS})
    return list(insights)


_FOR, _AGAINST = Q(stance=Stance.FOR), Q(stance=Stance.AGAINST)
_NUMBERS: dict[str, Any] = {
    "people_for": Count("excerpt__participant", distinct=True, filter=_FOR),
    "people_against": Count("excerpt__participant", distinct=True, filter=_AGAINST),
    "excerpts_for": Count("id", filter=_FOR),
    "excerpts_against": Count("id", filter=_AGAINST),
    "study_count": Count("excerpt__session__study", distinct=True),
    "newest_at": Max("excerpt__created_at"),
}


def evidence_of(insight: Insight) -> list[Evidence]:
    """The evidence of an insight that counts, oldest first, with details. Four queries."""
    return list(
        Evidence.objects.filter(live("excerpt__"), insight=insight)
        .prefetch_related(Prefetch("excerpt", with_details(Excerpt.objects.all())))
        .order_by("created_at", "id")
    )
