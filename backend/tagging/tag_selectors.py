"""Reading the codebook: its tags, and how many excerpts and people each was heard from."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from backend.tagging.models import Tag, Tagging
from backend.tagging.near_duplicates import (
    NEAR_DUPLICATE,
    Likeness,
    NearDuplicate,
    find_alike_names,
    find_shared_excerpts,
    name_pair,
)
from backend.tagging.selectors import live
from backend.tagging.tag_tree import branches_of, path_of, read_branches
from backend.workspaces.models import Dismissal

# A tag's live excerpts, and the participant behind each.
Carried = dict[UUID, UUID | None]


def list_tags(workspace_id: UUID) -> list[Tag]:
    """The whole codebook, counted as by add_counts. Two queries."""
    tags = list(
        Tag.objects.kept().filter(workspace_id=workspace_id).order_by("position", "name", "id")
    )
    _set_counts(tags, branches_of({tag.id: tag.parent_id for tag in tags}))
    return tags


def add_counts(tags: list[Tag], workspace_id: UUID) -> list[Tag]:
    """Set on each tag how many live excerpts carry it and of how many people (`excerpt_count`,
    `people_count`), and the same for it and all under it together (`branch_…`). Two queries.
    """
    _set_counts(tags, read_branches(workspace_id))
    return tags


def read_evidence(tag_ids: Iterable[UUID]) -> dict[UUID, Carried]:
    """What carries each of these tags. One query."""
    carried: dict[UUID, Carried] = defaultdict(dict)
    rows = Tagging.objects.filter(live("excerpt__"), tag_id__in=list(tag_ids))
    for tag_id, excerpt_id, person in rows.values_list(
        "tag_id", "excerpt_id", "excerpt__participant_id"
    ):
        carried[tag_id][excerpt_id] = person
    return carried


def count_people(carried: Carried) -> int:
    """How many different participants are behind them."""
    return len({person for person in carried.values() if person is not None})


def _set_counts(tags: list[Tag], branches: dict[UUID, set[UUID]]) -> None:
    wanted = set().union(*(branches.get(tag.id, {tag.id}) for tag in tags))
    evidence = read_evidence(wanted)
    for tag in tags:
        own = evidence.get(tag.id, {})
        branch: Carried = {}
        for tag_id in branches.get(tag.id, {tag.id}):
            branch.update(evidence.get(tag_id, {}))
        tag.excerpt_count, tag.people_count = len(own), count_people(own)  # type: ignore[attr-defined]
        tag.branch_excerpt_count = len(branch)  # type: ignore[attr-defined]
        tag.branch_people_count = count_people(branch)  # type: ignore[attr-defined]


def list_near_duplicates(workspace_id: UUID) -> list[NearDuplicate]:
    """Pairs of tags that may mean the same and that nobody has told apart. Three queries.

    A tag and one above it are no pair: many teams give an excerpt both.
    """
    tags = list(Tag.objects.kept().filter(workspace_id=workspace_id).order_by("name", "id"))
    parents = {tag.id: tag.parent_id for tag in tags}
    told_apart = set(
        Dismissal.objects.filter(workspace_id=workspace_id, kind=NEAR_DUPLICATE).values_list(
            "about", flat=True
        )
    )
    alike = find_alike_names([(tag.id, tag.name) for tag in tags])
    shared = find_shared_excerpts(read_evidence(parents))
    found: dict[frozenset[UUID], NearDuplicate] = {}
    for near in alike + shared:
        one, other = near.tag_id, near.other_id
        is_one_branch = one in path_of(other, parents) or other in path_of(one, parents)
        is_by_name = near.reason is not Likeness.SAME_EXCERPTS
        if name_pair(one, other) not in told_apart and (is_by_name or not is_one_branch):
            found.setdefault(near.pair, near)
    return list(found.values())
