"""The codebook as a tree: what is under each tag, and what may not be."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from backend.tagging.models import Tag
from backend.workspaces.models import Workspace


def lock_codebook(workspace_id: UUID) -> None:
    """Let nobody else change the tree until the commit: two moves at once could make a loop."""
    Workspace.objects.select_for_update(no_key=True).values_list("id").get(id=workspace_id)


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


def find_tree_fault(workspace_id: UUID, tag_ids: Collection[UUID]) -> str:
    """What is wrong with where these tags stand now; empty if nothing is. One query.

    Told to whoever put them there by undoing, as what stands in the way.
    """
    rows = Tag.objects.kept().filter(workspace_id=workspace_id)
    tags = {tag.id: tag for tag in rows.only("id", "name", "parent_id")}
    names = Counter((tag.parent_id, tag.name.casefold()) for tag in tags.values())
    for tag in (tags[tag_id] for tag_id in tag_ids if tag_id in tags):
        if tag.parent_id is not None and tag.parent_id not in tags:
            return f"what “{tag.name}” was under is deleted now"
        if names[tag.parent_id, tag.name.casefold()] > 1:
            return f"another tag is called “{tag.name}” there now"
        if _is_in_loop(tag, tags):
            return f"“{tag.name}” would be under itself now"
    return ""


def _is_in_loop(tag: Tag, tags: Mapping[UUID, Tag]) -> bool:
    seen = {tag.id}
    step = tag.parent_id
    while step is not None and step in tags:
        if step in seen:
            return True
        seen.add(step)
        step = tags[step].parent_id
    return False
