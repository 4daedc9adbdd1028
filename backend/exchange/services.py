"""Taking a codebook from a file, and giving one out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.exchange.codebook import Code, ReadCodebook, Skipped, read_codebook
from backend.exchange.codebook.codes import fold_path
from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.tagging.history import Recording, recording
from backend.tagging.models import Change, Tag
from backend.tagging.tag_tree import lock_codebook, path_of

_TEXTS = ("description", "when_to_use", "when_not_to_use", "colour")
_Place = tuple[UUID | None, str]


@dataclass(frozen=True)
class TagOutcome:
    """What became of one code: "created", "updated" or "unchanged"; `differences` name columns."""

    path: tuple[str, ...]
    outcome: str
    differences: list[str] = field(default_factory=list)


@dataclass
class ImportOutcome:
    """What an import did, or would do. `change` undoes it; none for a preview."""

    tags: list[TagOutcome]
    skipped: list[Skipped]
    notes: list[Skipped]
    change: Change | None = None

    def count(self, outcome: str) -> int:
        return sum(tag.outcome == outcome for tag in self.tags)


@transaction.atomic
def import_codebook(
    *, workspace_id: UUID, content: bytes, name: str, user: Any, is_preview: bool
) -> ImportOutcome:
    """Make and change tags as the file says; nothing is deleted, and no text becomes empty.

    A code is the tag with its id, else the one in its place with its name. A preview does all of
    it and takes it back, so that it says what would happen.
    """
    read = read_codebook(content)
    lock_codebook(workspace_id)
    summary = f"Imported tags from “{name[:120]}”"
    with recording(workspace_id=workspace_id, user=user, verb="tag.import", summary=summary) as act:
        outcome = _Import(workspace_id, act).take(read)
    outcome.change = None if is_preview else act.change
    if is_preview:
        transaction.set_rollback(True)
    return outcome


def export_codes(workspace_id: UUID) -> list[Code]:
    """The codebook from top to bottom, what is under a tag right after it. One query."""
    children: dict[UUID | None, list[Tag]] = {}
    for tag in Tag.objects.kept().filter(workspace_id=workspace_id).order_by("position", "name"):
        children.setdefault(tag.parent_id, []).append(tag)
    return list(_walk(None, (), children))


def _walk(
    parent_id: UUID | None, path: tuple[str, ...], children: dict[UUID | None, list[Tag]]
) -> Iterator[Code]:
    for tag in children.get(parent_id, []):
        yield Code(
            path=(*path, tag.name),
            description=tag.description,
            when_to_use=tag.when_to_use,
            when_not_to_use=tag.when_not_to_use,
            colour=tag.colour.lower(),
            guid=str(tag.id),
        )
        yield from _walk(tag.id, (*path, tag.name), children)


class _Import:
    """The codebook as it grows while codes are taken, parents first."""

    def __init__(self, workspace_id: UUID, act: Recording) -> None:
        self.workspace_id, self.act = workspace_id, act
        self.by_id: dict[str, Tag] = {}
        self.parents: dict[UUID, UUID | None] = {}
        self.by_place: dict[_Place, Tag] = {}
        self.last_positions: dict[UUID | None, int] = {}
        for tag in Tag.objects.kept().filter(workspace_id=workspace_id):
            self.by_id[str(tag.id)] = tag
            self._put(tag)
        self.taken: dict[tuple[str, ...], Tag] = {}
        self.taken_ids: set[UUID] = set()
        self.made: list[Tag] = []
        self.changed: list[Tag] = []
        self.outcomes: list[TagOutcome] = []

    def take(self, read: ReadCodebook) -> ImportOutcome:
        skipped = list(read.skipped)
        self.act.watch(*self.by_id.values())
        for code in read.codes:
            if fault := self._take_code(code):
                skipped.append(Skipped(code.line, fault))
        self._save()
        skipped.sort(key=lambda one: one.line)
        return ImportOutcome(self.outcomes, skipped, read.notes)

    def _take_code(self, code: Code) -> str:
        """Returns why it was left out; empty if it was taken."""
        parent = self._find_parent(code)
        tag = self.by_id.get(code.guid)
        if tag is None or tag.id in self.taken_ids:
            tag = self.by_place.get(_place(parent, code.name))
        if tag is None:
            self._make(code, parent)
            return ""
        there = self.by_place.get(_place(parent, code.name), tag)
        if there is not tag:
            self.taken[fold_path(code.path)] = there
            return f"Another tag is called “{code.name}” there: it stays as it is."
        self._note_taken(code, tag)
        if parent and tag.id in path_of(parent.id, self.parents):
            return f"“{code.name}” would be under itself: it stays as it is."
        self._change(tag, code, parent)
        return ""

    def _note_taken(self, code: Code, tag: Tag) -> None:
        self.taken[fold_path(code.path)] = tag
        self.taken_ids.add(tag.id)

    def _find_parent(self, code: Code) -> Tag | None:
        """The tag it comes under; made where it has no row of its own."""
        parent: Tag | None = None
        for depth in range(1, len(code.path)):
            path = code.path[:depth]
            known = self.taken.get(fold_path(path)) or self.by_place.get(_place(parent, path[-1]))
            parent = known or self._make(Code(path=path), parent)
        return parent

    def _make(self, code: Code, parent: Tag | None) -> Tag:
        tag = Tag(workspace_id=self.workspace_id, parent=parent, name=code.name)
        for column in _TEXTS:
            setattr(tag, column, getattr(code, column) or getattr(tag, column))
        if not code.colour and parent:
            tag.colour = parent.colour
        tag.position = self.last_positions.get(tag.parent_id, -1) + 1
        self._put(tag)
        self.made.append(tag)
        self._note_taken(code, tag)
        self.outcomes.append(TagOutcome(code.path, "created"))
        return tag

    def _change(self, tag: Tag, code: Code, parent: Tag | None) -> None:
        wanted: dict[str, Any] = {column: getattr(code, column) for column in _TEXTS}
        wanted = {column: text for column, text in wanted.items() if text}
        is_named_by_id = str(tag.id) == code.guid
        if is_named_by_id:
            wanted["name"] = code.name
        differences = [
            column
            for column, value in wanted.items()
            if (getattr(tag, column).lower() if column == "colour" else getattr(tag, column))
            != value
        ]
        is_moved = tag.parent_id != (parent.id if parent else None)
        outcome = "updated" if differences or is_moved else "unchanged"
        names = differences + ["parent"] * is_moved
        self.outcomes.append(TagOutcome(code.path, outcome, names))
        if outcome == "unchanged":
            return
        self.by_place.pop((tag.parent_id, tag.name.casefold()), None)
        for column in differences:
            setattr(tag, column, wanted[column])
        if is_moved:
            tag.parent = parent
            tag.position = self.last_positions.get(tag.parent_id, -1) + 1
        self._put(tag)
        self.changed.append(tag)

    def _put(self, tag: Tag) -> None:
        self.by_place[tag.parent_id, tag.name.casefold()] = tag
        last = self.last_positions.get(tag.parent_id, -1)
        self.last_positions[tag.parent_id] = max(last, tag.position)
        self.parents[tag.id] = tag.parent_id

    def _save(self) -> None:
        # Out of the way until all is there: names that change places must not meet.
        changed_ids = [tag.id for tag in self.changed]
        now = timezone.now()
        Tag.objects.filter(id__in=changed_ids).update(deleted_at=now)
        Tag.objects.bulk_create(self.made, batch_size=500)
        for tag in self.changed:
            tag.updated_at = now
        columns = [*_TEXTS, "name", "parent", "position", "deleted_at", "updated_at"]
        Tag.objects.bulk_update(self.changed, columns, batch_size=200)
        self.act.made(*self.made)
        record_change(
            workspace_id=self.workspace_id,
            subject_kind=SubjectKind.TAG,
            subject_ids=[*changed_ids, *(tag.id for tag in self.made)],
        )


def _place(parent: Tag | None, name: str) -> _Place:
    return (parent.id if parent else None, name.casefold())
