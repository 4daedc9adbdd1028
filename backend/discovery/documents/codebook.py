"""Tags as documents, and the tree they stand in."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from backend.discovery.documents.shape import Content, Where, as_text, spelled
from backend.tagging.models import Tag

PATH_SIGN = " › "

Id = TypeVar("Id")


def read_tags(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these tags that are kept. Two queries.

    Found by what it is for, too; how many carry it is counted when it is shown, so that tagging
    an excerpt changes no document but the excerpt's.
    """
    paths = read_paths(workspace_id)
    for tag in Tag.objects.kept().filter(workspace_id=workspace_id, **where):
        path = paths.get(tag.id, [(tag.id, tag.name)])
        yield {
            "id": str(tag.id),
            "kind": "tag",
            "workspace_id": str(workspace_id),
            "text": text_of_tag(tag, [name for _, name in path]),
            "title": PATH_SIGN.join(name for _, name in path),
            "tag_ids": tuple(str(step) for step, _ in reversed(path)),
            "created_at_s": int(tag.created_at.timestamp()),
        }


def text_of_tag(tag: Tag, path: Collection[str]) -> str:
    """What is searched of a tag: its path, and below it what it is for and when it is used."""
    parts = [PATH_SIGN.join(path), tag.description, tag.when_to_use]
    return "\n".join(part for part in parts if part)


def read_paths(workspace_id: UUID) -> dict[UUID, list[tuple[UUID, str]]]:
    """Of each kept tag: id and name of its kept ancestors from the top, and of itself. A query."""
    rows = Tag.objects.kept().filter(workspace_id=workspace_id).order_by()
    tags = {
        tag_id: (parent, name)
        for tag_id, parent, name in rows.values_list("id", "parent_id", "name")
    }
    parents = {tag_id: parent for tag_id, (parent, _) in tags.items()}
    return {
        tag_id: [(step, tags[step][1]) for step in reversed(_climb(tag_id, parents))]
        for tag_id in tags
    }


def read_ancestors(workspace_id: UUID) -> dict[str, tuple[str, ...]]:
    """Each kept tag, by its id as the database keeps it, with its kept ancestors, itself first.

    One query.
    """
    rows = Tag.objects.kept().filter(workspace_id=workspace_id).order_by()
    parents = dict(rows.values_list(as_text("id"), as_text("parent_id")))
    return {
        tag_id: tuple(spelled(step) or "" for step in _climb(tag_id, parents)) for tag_id in parents
    }


def _climb(tag_id: Id, parents: Mapping[Id, Id | None]) -> list[Id]:
    climbed: list[Id] = []
    step: Id | None = tag_id
    # Two moves at once might make a ring, in which this must not run forever.
    while step is not None and step in parents and step not in climbed:
        climbed.append(step)
        step = parents[step]
    return climbed
