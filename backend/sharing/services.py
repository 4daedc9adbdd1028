"""Making reels: what they are called, which excerpts are in them, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.common.errors import InvalidInputError
from backend.sharing.models import Reel, ReelItem
from backend.tagging.models import Excerpt

# Hours of listening; a page shows them all.
MAX_ITEMS = 500


@dataclass(frozen=True)
class Added:
    """What came into a reel, and how many excerpts were in it already."""

    items: list[ReelItem]
    known_count: int


@transaction.atomic
def create_reel(
    *,
    workspace_id: UUID,
    user: Any,
    title: str,
    description: str = "",
    excerpts: Sequence[Excerpt] = (),
) -> tuple[Reel, Added]:
    """Make a reel of these excerpts, in their order."""
    reel = Reel.objects.create(
        workspace_id=workspace_id, title=title, description=description, created_by=user
    )
    return reel, add_to_reel(reel=reel, excerpts=excerpts)


@transaction.atomic
def update_reel(*, reel: Reel, changes: dict[str, Any]) -> Reel:
    """Change title or description; what is not named stays."""
    for name, value in changes.items():
        setattr(reel, name, value)
    reel.save(update_fields=[*changes, "updated_at"])
    return reel


@transaction.atomic
def delete_reel(*, reel: Reel) -> None:
    """Take the reel off every page; restore_reel brings it back with its excerpts."""
    update_reel(reel=reel, changes={"deleted_at": timezone.now()})


@transaction.atomic
def restore_reel(*, reel: Reel) -> Reel:
    """Undo delete_reel."""
    return update_reel(reel=reel, changes={"deleted_at": None})


@transaction.atomic
def add_to_reel(*, reel: Reel, excerpts: Sequence[Excerpt], before: UUID | None = None) -> Added:
    """Put excerpts into the reel, in their order; those that are in it already stay where they are.

    They stand before the item with the id `before`, or at the end. Raises InvalidInputError if
    the reel would be too long. Six queries at most.
    """
    items = _lock_items(reel)
    known = {item.excerpt_id for item in items}
    new = [
        ReelItem(workspace_id=reel.workspace_id, reel=reel, excerpt=excerpt)
        for excerpt in excerpts
        if excerpt.id not in known
    ]
    if len(items) + len(new) > MAX_ITEMS:
        raise InvalidInputError(
            f"A reel holds at most {MAX_ITEMS} excerpts.",
            remedy="Choose fewer, or put them into another reel.",
        )
    index = next((at for at, item in enumerate(items) if item.id == before), len(items))
    ReelItem.objects.bulk_create(new)
    _number([*items[:index], *new, *items[index:]])
    _touch(reel)
    return Added(items=new, known_count=len(excerpts) - len(new))


@transaction.atomic
def remove_from_reel(*, reel: Reel, item_ids: Sequence[UUID]) -> int:
    """Take items out of the reel; the excerpts stay. Ids that are not in it are passed over.

    Returns how many were taken out.
    """
    _lock_items(reel)
    count, _ = reel.items.filter(id__in=item_ids).delete()
    _touch(reel)
    return count


@transaction.atomic
def order_reel(*, reel: Reel, item_ids: Sequence[UUID]) -> None:
    """Bring items into this order, among the places that they hold.

    Others keep theirs: what somebody else has added meanwhile, and what is not shown.
    """
    items = _lock_items(reel)
    found = {item.id: item for item in items}
    ordered = [found[one] for one in dict.fromkeys(item_ids) if one in found]
    places = [at for at, item in enumerate(items) if item in set(ordered)]
    for at, item in zip(places, ordered, strict=True):
        items[at] = item
    _number(items)
    _touch(reel)


def _lock_items(reel: Reel) -> list[ReelItem]:
    """The reel's items in their order, while nobody else can change them."""
    Reel.objects.select_for_update(no_key=True).get(id=reel.id)
    return list(reel.items.order_by("position", "created_at", "id"))


def _number(items: Sequence[ReelItem]) -> None:
    moved = []
    for position, item in enumerate(items):
        if item.position != position:
            item.position = position
            moved.append(item)
    ReelItem.objects.bulk_update(moved, ["position"])


def _touch(reel: Reel) -> None:
    reel.save(update_fields=["updated_at"])
