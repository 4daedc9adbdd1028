"""Keeping the codebook: a tree of tags whose deletion can be undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from backend.common.errors import ConflictError, InvalidInputError
from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.tagging.models import Tag


@transaction.atomic
def create_tag(
    *,
    workspace_id: UUID,
    name: str,
    description: str = "",
    colour: str = "",
    parent: Tag | None = None,
    position: int | None = None,
) -> Tag:
    """Add a tag, last among its siblings unless told; without a colour it takes its parent's.

    Raises ConflictError if a sibling has the name.
    """
    tag = Tag(workspace_id=workspace_id, name=_tidy(name), description=description, parent=parent)
    if colour or parent:
        tag.colour = colour or parent.colour  # type: ignore[union-attr]
    _check_name(tag)
    tag.position = _next_position(tag) if position is None else position
    _save(tag)
    return tag


@transaction.atomic
def update_tag(*, tag: Tag, changes: dict[str, Any]) -> Tag:
    """Change any of name, description, colour, parent, position; what is not named stays.

    Raises InvalidInputError if the tag would come under itself, ConflictError for a taken name.
    """
    is_moved = "parent" in changes and changes["parent"] != tag.parent
    for name, value in changes.items():
        setattr(tag, name, _tidy(value) if name == "name" else value)
    if is_moved:
        _check_cycle(tag)
        if "position" not in changes:
            tag.position = _next_position(tag)
    _check_name(tag)
    _save(tag)
    _record(tag)
    return tag


@transaction.atomic
def delete_tag(*, tag: Tag) -> None:
    """Take the tag and what is under it out of the codebook; taggings are kept for restore_tag."""
    ids = subtree_ids(tag)
    # One moment for all: restore_tag brings back what went together.
    now = timezone.now()
    Tag.objects.kept().filter(id__in=ids).update(deleted_at=now, updated_at=now)
    tag.deleted_at = now
    _record(tag)


@transaction.atomic
def restore_tag(*, tag: Tag) -> Tag:
    """Undo delete_tag: the tag and what was deleted with it, back on its excerpts.

    Raises ConflictError if its parent is still deleted or a sibling has taken its name.
    """
    if tag.deleted_at is None:
        return tag
    if tag.parent is not None and tag.parent.deleted_at is not None:
        raise ConflictError(
            f"“{tag.name}” was under “{tag.parent.name}”, which is deleted too.",
            remedy=f"Restore “{tag.parent.name}” first.",
        )
    _check_name(tag)
    moment: datetime = tag.deleted_at
    ids = subtree_ids(tag)
    Tag.objects.filter(id__in=ids, deleted_at=moment).update(
        deleted_at=None, updated_at=timezone.now()
    )
    tag.deleted_at = None
    _record(tag)
    return tag


def subtree_ids(tag: Tag) -> set[UUID]:
    """The tag's id and those of everything under it, deleted or not. One query."""
    children: dict[UUID | None, list[UUID]] = {}
    for child_id, parent_id in Tag.objects.filter(workspace_id=tag.workspace_id).values_list(
        "id", "parent_id"
    ):
        children.setdefault(parent_id, []).append(child_id)
    found, waiting = {tag.id}, [tag.id]
    while waiting:
        new = [child for child in children.get(waiting.pop(), []) if child not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _check_cycle(tag: Tag) -> None:
    # The lock keeps two moves at once from each putting one tag under the other.
    list(Tag.objects.select_for_update().filter(workspace_id=tag.workspace_id).values_list("id"))
    if tag.parent_id is not None and tag.parent_id in subtree_ids(tag):
        raise InvalidInputError(
            "A tag can't be moved under itself or under one of its own tags.",
            remedy="Choose another place for it.",
            fields={"parent_id": ["Is inside this tag."]},
        )


def _check_name(tag: Tag) -> None:
    # In Python: SQLite's LOWER() knows only unaccented letters.
    siblings = Tag.objects.kept().filter(workspace_id=tag.workspace_id, parent_id=tag.parent_id)
    names = siblings.exclude(id=tag.id).values_list("name", flat=True)
    if tag.name.casefold() in {name.casefold() for name in names}:
        raise _name_taken(tag)


def _save(tag: Tag) -> None:
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as error:
        raise _name_taken(tag) from error


def _name_taken(tag: Tag) -> ConflictError:
    return ConflictError(
        f"There is a tag called “{tag.name}” there already.",
        remedy="Use that tag, or choose another name.",
        fields={"name": ["Taken."]},
    )


def _next_position(tag: Tag) -> int:
    siblings = Tag.objects.kept().filter(workspace_id=tag.workspace_id, parent_id=tag.parent_id)
    last = siblings.exclude(id=tag.id).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _record(tag: Tag) -> None:
    record_change(workspace_id=tag.workspace_id, subject_kind=SubjectKind.TAG, subject_ids=[tag.id])
