"""Keeping the codebook: a tree of tags; what is done to it is recorded and can be undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.tagging.history import recording
from backend.tagging.models import Tag
from backend.tagging.services.tag_places import (
    last_position,
    place_tag,
    refuse_cycle,
    subtree_ids,
)
from backend.tagging.tag_tree import lock_codebook


@transaction.atomic
def create_tag(
    *,
    workspace_id: UUID,
    name: str,
    user: Any = None,
    description: str = "",
    when_to_use: str = "",
    when_not_to_use: str = "",
    colour: str = "",
    parent: Tag | None = None,
    position: int | None = None,
) -> Tag:
    """Add a tag, last among its siblings unless told; without a colour it takes its parent's.

    Raises ConflictError if a sibling has the name.
    """
    tag = Tag(
        workspace_id=workspace_id,
        name=tidy_name(name),
        description=description,
        when_to_use=when_to_use,
        when_not_to_use=when_not_to_use,
        parent=parent,
    )
    if colour or parent:
        tag.colour = colour or parent.colour  # type: ignore[union-attr]
    summary = f"Made the tag “{tag.name}”"
    with recording(workspace_id=workspace_id, user=user, verb="tag.create", summary=summary) as act:
        refuse_taken_name(tag)
        tag.position = last_position(tag) if position is None else position
        save_tag(tag)
        record_tags(tag)
        act.made(tag)
    return tag


@transaction.atomic
def update_tag(*, tag: Tag, changes: dict[str, Any], user: Any = None) -> Tag:
    """Change any of its columns, and its parent or position; what is not named stays.

    Raises InvalidInputError if the tag would come under itself, ConflictError for a taken name.
    """
    is_moved = "parent" in changes and changes["parent"] != tag.parent
    name = tidy_name(changes.get("name", tag.name))
    summary = (
        f"Changed the tag “{tag.name}”" if name == tag.name else f"Renamed “{tag.name}” to “{name}”"
    )
    lock_codebook(tag.workspace_id)
    with recording(
        workspace_id=tag.workspace_id, user=user, verb="tag.update", summary=summary
    ) as act:
        act.watch(tag)
        for column, value in (changes | {"name": name}).items():
            setattr(tag, column, value)
        if is_moved:
            refuse_cycle(tag)
            tag.position = changes.get("position", last_position(tag))
        refuse_taken_name(tag)
        save_tag(tag)
        record_tags(tag)
    return tag


@transaction.atomic
def move_tag(*, tag: Tag, parent: Tag | None, position: int, user: Any = None) -> Tag:
    """Put it under `parent` (none: at the top), before the sibling that is there at `position`,
    counted from 0 without the tag itself; beyond the last: last.

    Raises InvalidInputError if the tag would come under itself, ConflictError for a taken name.
    """
    where = f"under “{parent.name}”" if parent else "to the top of the codebook"
    if parent == tag.parent:
        where = "among its siblings"
    summary = f"Moved “{tag.name}” {where}"
    lock_codebook(tag.workspace_id)
    with recording(
        workspace_id=tag.workspace_id, user=user, verb="tag.move", summary=summary
    ) as act:
        act.watch(tag)
        tag.parent = parent
        refuse_cycle(tag)
        refuse_taken_name(tag)
        place_tag(tag, position, act)
        save_tag(tag)
        record_tags(tag)
    return tag


@transaction.atomic
def delete_tag(*, tag: Tag, user: Any = None) -> None:
    """Take the tag and what is under it out of the codebook; taggings are kept for restore_tag."""
    lock_codebook(tag.workspace_id)
    branch = list(Tag.objects.kept().filter(id__in=subtree_ids(tag)))
    summary = f"Deleted the tag “{tag.name}”"
    if len(branch) > 1:
        summary += f" and {len(branch) - 1} under it"
    with recording(
        workspace_id=tag.workspace_id, user=user, verb="tag.delete", summary=summary
    ) as act:
        act.watch(*branch)
        # One moment for all: restore_tag brings back what went together.
        now = timezone.now()
        ids = [one.id for one in branch]
        Tag.objects.filter(id__in=ids).update(deleted_at=now, updated_at=now)
        tag.deleted_at = now
        record_tags(tag)


@transaction.atomic
def restore_tag(*, tag: Tag, user: Any = None) -> Tag:
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
    lock_codebook(tag.workspace_id)
    refuse_taken_name(tag)
    moment: datetime = tag.deleted_at
    branch = list(Tag.objects.filter(id__in=subtree_ids(tag), deleted_at=moment))
    summary = f"Brought the tag “{tag.name}” back"
    with recording(
        workspace_id=tag.workspace_id, user=user, verb="tag.restore", summary=summary
    ) as act:
        act.watch(*branch)
        ids = [one.id for one in branch]
        Tag.objects.filter(id__in=ids).update(deleted_at=None, updated_at=timezone.now())
        tag.deleted_at = None
        record_tags(tag)
    return tag


def refuse_taken_name(tag: Tag) -> None:
    """Raise ConflictError if a sibling has the tag's name, whatever its case."""
    # In Python: SQLite's LOWER() knows only unaccented letters.
    siblings = Tag.objects.kept().filter(workspace_id=tag.workspace_id, parent_id=tag.parent_id)
    names = siblings.exclude(id=tag.id).values_list("name", flat=True)
    if tag.name.casefold() in {name.casefold() for name in names}:
        raise _name_taken(tag)


def save_tag(tag: Tag) -> None:
    """Save it; ConflictError where somebody else took its name at the same moment."""
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as error:
        raise _name_taken(tag) from error


def tidy_name(name: str) -> str:
    """Without spaces around it, and with single ones inside."""
    return " ".join(name.split())


def record_tags(*tags: Tag) -> None:
    """Note that search must look again at what carries these tags of one workspace."""
    record_change(
        workspace_id=tags[0].workspace_id,
        subject_kind=SubjectKind.TAG,
        subject_ids=[tag.id for tag in tags],
    )


def _name_taken(tag: Tag) -> ConflictError:
    return ConflictError(
        f"There is a tag called “{tag.name}” there already.",
        remedy="Use that tag, or choose another name.",
        fields={"name": ["Taken."]},
    )
