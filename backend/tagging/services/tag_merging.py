"""Merging one tag into another: what would move is planned first, shown, then done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from backend.common.errors import InvalidInputError
from backend.tagging.history import Recording, recording
from backend.tagging.models import Change, Tag, Tagging
from backend.tagging.services.tag_places import last_position
from backend.tagging.services.tags import record_tags, refuse_taken_name, save_tag
from backend.tagging.tag_selectors import count_people, read_evidence
from backend.tagging.tag_tree import lock_codebook


@dataclass
class MergePlan:
    """What merging does: tags that go into others, and tags that only get another parent.

    The first of `merges` is the one asked for; the others are tags under it that have the name of
    a tag under the one it goes into. `rises`: the tag that stays was under the one that goes, and
    takes its place.
    """

    merges: list[tuple[Tag, Tag]] = field(default_factory=list)
    moves: list[tuple[Tag, Tag]] = field(default_factory=list)
    rises: bool = False


@dataclass(frozen=True)
class MergePreview:
    """How many excerpts carry the tag that goes, of how many people; `both`: how many of them
    carry the other already. `children` tags come under the other, `merged_children` are merged
    with one of the same name there.
    """

    excerpts: int
    people: int
    both: int
    children: int
    merged_children: list[str]
    into_excerpts_after: int
    into_people_after: int


def preview_merge(*, tag: Tag, into: Tag) -> MergePreview:
    """What merge_tags would do. Two queries. Raises InvalidInputError."""
    plan = _plan(tag, into)
    carried = read_evidence([tag.id, into.id])
    going, staying = carried[tag.id], carried[into.id]
    after = going | staying
    return MergePreview(
        excerpts=len(going),
        people=count_people(going),
        both=len(going.keys() & staying.keys()),
        children=len(plan.moves) + len(plan.merges) - 1,
        merged_children=[gone.name for gone, _ in plan.merges[1:]],
        into_excerpts_after=len(after),
        into_people_after=count_people(after),
    )


@transaction.atomic
def merge_tags(*, tag: Tag, into: Tag, user: Any) -> Change | None:
    """Give what carries `tag` the tag `into`, put what is under it there, and delete it.

    Tags under both with the same name are merged too. An excerpt that carried both keeps one
    tagging. Returns what undoes it. Raises InvalidInputError, and ConflictError for a taken name.
    """
    lock_codebook(tag.workspace_id)
    plan = _plan(tag, into)
    summary = f"Merged “{tag.name}” into “{into.name}”"
    with recording(
        workspace_id=tag.workspace_id, user=user, verb="tag.merge", summary=summary
    ) as act:
        for gone, kept in plan.merges:
            _move_taggings(gone, kept, act)
        act.watch(into, *[gone for gone, _ in plan.merges], *[moved for moved, _ in plan.moves])
        _delete([gone for gone, _ in plan.merges])
        if plan.rises:
            into.parent, into.position = tag.parent, tag.position
            refuse_taken_name(into)
            save_tag(into)
        for moved, parent in plan.moves:
            moved.parent = parent
            moved.position = last_position(moved)
            save_tag(moved)
        record_tags(*[one for pair in plan.merges for one in pair])
    return act.change


class _Planner:
    """The tree as it is, and the plan as it grows."""

    def __init__(self, workspace_id: UUID) -> None:
        self.plan = MergePlan()
        self.parents: dict[UUID, UUID | None] = {}
        self.children: dict[UUID | None, list[Tag]] = defaultdict(list)
        rows = Tag.objects.kept().filter(workspace_id=workspace_id)
        for row in rows.order_by("position", "name", "id"):
            self.parents[row.id] = row.parent_id
            self.children[row.parent_id].append(row)

    def merge(self, tag: Tag, into: Tag) -> None:
        self.plan.merges.append((tag, into))
        gone = {gone.id for gone, _ in self.plan.merges}
        there = {
            child.name.casefold(): child for child in self.children[into.id] if child.id not in gone
        }
        for child in self.children[tag.id]:
            namesake = there.get(child.name.casefold())
            if self.is_within(into, child):
                # What stays is in this branch: it rises, and the rest of the branch follows it.
                self.plan.rises = True
                if child.id != into.id:
                    self.plan.moves.append((child, into))
            elif namesake is None:
                self.plan.moves.append((child, into))
            else:
                self.merge(child, namesake)

    def is_within(self, tag: Tag, other: Tag) -> bool:
        """Whether `tag` is the other or under it."""
        ancestor: UUID | None = tag.id
        while ancestor is not None and ancestor != other.id:
            ancestor = self.parents.get(ancestor)
        return ancestor is not None


def _plan(tag: Tag, into: Tag) -> MergePlan:
    if tag.id == into.id:
        raise InvalidInputError(
            "A tag can't be merged into itself.",
            remedy="Choose another tag.",
            fields={"into_id": ["Is the same tag."]},
        )
    planner = _Planner(tag.workspace_id)
    planner.merge(tag, into)
    return planner.plan


def _move_taggings(tag: Tag, into: Tag, act: Recording) -> None:
    """Taggings of excerpts that carry `into` already stay on the tag that goes, out of sight."""
    both = Tagging.objects.filter(tag=into, excerpt=OuterRef("excerpt"))
    moving = list(Tagging.objects.filter(~Exists(both), tag=tag))
    act.watch(*moving)
    ids = [tagging.id for tagging in moving]
    Tagging.objects.filter(id__in=ids).update(tag=into, updated_at=timezone.now())


def _delete(tags: Iterable[Tag]) -> None:
    now = timezone.now()
    Tag.objects.filter(id__in=[tag.id for tag in tags]).update(deleted_at=now, updated_at=now)
