"""Reading reels, with what counts of them: excerpts, people, and how long they take to hear."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from backend.sharing.models import Reel, ReelItem
from backend.tagging.models import Excerpt
from backend.tagging.selectors import live, with_details


def list_reels(workspace_id: UUID) -> QuerySet[Reel]:
    """Kept reels, those changed last first, with their authors."""
    reels = Reel.objects.kept().filter(workspace_id=workspace_id)
    return reels.select_related("created_by").order_by("-updated_at", "id")


def summarise_reels(reels: Sequence[Reel]) -> list[Reel]:
    """Set on each what can still be heard and read of it, and how much of it is gone. Two queries.

    `missing_count`: excerpts that were deleted, or whose people have withdrawn.
    """
    items = ReelItem.objects.filter(reel_id__in=[reel.id for reel in reels]).order_by()
    all_counts = dict(items.values_list("reel_id").annotate(Count("id")))
    rows: Any = items.filter(live("excerpt__")).values("reel_id").annotate(**_NUMBERS)
    counted = {row["reel_id"]: row for row in rows}
    for reel in reels:
        row = counted.get(reel.id, {})
        vars(reel).update({name: row.get(name) or 0 for name in _NUMBERS})
        vars(reel)["missing_count"] = all_counts.get(reel.id, 0) - row.get("excerpt_count", 0)
    return list(reels)


_NUMBERS: dict[str, Any] = {
    "excerpt_count": Count("id"),
    "people_count": Count("excerpt__participant", distinct=True),
    "length_ms": Sum(
        F("excerpt__end_ms") - F("excerpt__start_ms"),
        filter=Q(excerpt__start_ms__isnull=False, excerpt__end_ms__isnull=False),
    ),
}


def items_of(reel: Reel) -> list[ReelItem]:
    """What counts of the reel, in its order, with details of the excerpts. Four queries."""
    return list(
        ReelItem.objects.filter(live("excerpt__"), reel=reel)
        .prefetch_related(Prefetch("excerpt", with_details(Excerpt.objects.all())))
        .order_by("position", "created_at", "id")
    )
