"""The codebook as a tree, in memory: what is under each tag."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from backend.tagging.models import Tag


def read_branches(workspace_id: UUID) -> dict[UUID, set[UUID]]:
    """Of every kept tag: its id and those of all under it. One query."""
    rows = Tag.objects.kept().filter(workspace_id=workspace_id)
    return branches_of(dict(rows.values_list("id", "parent_id")))


def branches_of(parents: Mapping[UUID, UUID | None]) -> dict[UUID, set[UUID]]:
    """As read_branches, from each tag's parent. A parent that is not named counts as none."""
    branches: dict[UUID, set[UUID]] = {tag_id: set() for tag_id in parents}
    for tag_id in parents:
        for ancestor in path_of(tag_id, parents):
            branches[ancestor].add(tag_id)
    return branches


def path_of(tag_id: UUID, parents: Mapping[UUID, UUID | None]) -> Iterable[UUID]:
    """The tag, its parent, and so on to the top."""
    step: UUID | None = tag_id
    while step is not None and step in parents:
        yield step
        step = parents[step]
