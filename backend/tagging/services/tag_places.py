"""Where a tag stands in the tree: its order among siblings, what is under it, no loops."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from backend.common.errors import InvalidInputError
from backend.tagging.history import Recording
from backend.tagging.models import Tag

# Room between siblings, so that moving one seldom touches the others.
POSITION_STEP = 64


def subtree_ids(tag: Tag) -> set[UUID]:
    """The tag's id and those of everything under it, deleted or not. One query."""
    pairs = Tag.objects.filter(workspace_id=tag.workspace_id).values_list("id", "parent_id")
    children: dict[UUID | None, list[UUID]] = {}
    for child_id, parent_id in pairs:
        children.setdefault(parent_id, []).append(child_id)
    found, waiting = {tag.id}, [tag.id]
    while waiting:
        new = [child for child in children.get(waiting.pop(), []) if child not in found]
        found.update(new)
        waiting.extend(new)
    return found


def refuse_cycle(tag: Tag) -> None:
    """Raise InvalidInputError if the tag's parent is the tag or under it."""
    if tag.parent_id is not None and tag.parent_id in subtree_ids(tag):
        raise InvalidInputError(
            "A tag can't be moved under itself or under one of its own tags.",
            remedy="Choose another place for it.",
            fields={"parent_id": ["Is inside this tag."]},
        )


def last_position(tag: Tag) -> int:
    """A position after all its siblings."""
    siblings = Tag.objects.kept().filter(workspace_id=tag.workspace_id, parent_id=tag.parent_id)
    last = siblings.exclude(id=tag.id).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def place_tag(tag: Tag, index: int, act: Recording) -> None:
    """Set the tag's position so that it comes before the sibling at `index`.

    Where there is no room between two siblings, all of them get new positions. Not saved.
    """
    siblings = list(
        Tag.objects.kept()
        .filter(workspace_id=tag.workspace_id, parent_id=tag.parent_id)
        .exclude(id=tag.id)
        .order_by("position", "name", "id")
    )
    before = siblings[index - 1].position if 0 < index <= len(siblings) else None
    if index >= len(siblings):
        tag.position = siblings[-1].position + POSITION_STEP if siblings else 0
        return
    low, high = (-1 if before is None else before), siblings[index].position
    if high - low > 1:
        tag.position = (low + high) // 2
        return
    act.watch(*siblings)
    for place, sibling in enumerate([*siblings[:index], tag, *siblings[index:]], start=1):
        sibling.position = place * POSITION_STEP
        sibling.updated_at = timezone.now()
    Tag.objects.bulk_update(siblings, ["position", "updated_at"])
