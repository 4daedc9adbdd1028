"""What a change touches: from the subjects in the outbox to the rows whose documents may differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.jobs.models import SubjectKind
from backend.personas.models import Persona, PersonaParticipant
from backend.synthesis.models import Evidence, Insight
from backend.tagging.models import Excerpt, Tag

BATCH_SIZE = 500
Value = TypeVar("Value")


@dataclass
class Touched:
    """Ids of rows whose documents must be looked at again, by kind of document."""

    excerpts: set[UUID] = field(default_factory=set)
    insights: set[UUID] = field(default_factory=set)
    personas: set[UUID] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[str, UUID]]:
        """(kind of document, id) of each."""
        yield from (("excerpt", row_id) for row_id in self.excerpts)
        yield from (("insight", row_id) for row_id in self.insights)
        yield from (("persona", row_id) for row_id in self.personas)

    def __len__(self) -> int:
        return len(self.excerpts) + len(self.insights) + len(self.personas)


def find_touched(workspace_id: UUID, subjects: Iterable[tuple[str, UUID]]) -> Touched:
    """Expand subjects other than the whole workspace. Queries grow with batches, not with rows."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for kind, subject_id in subjects:
        ids[kind].add(subject_id)
    touched = Touched(
        excerpts=set(ids[SubjectKind.EXCERPT]),
        insights=set(ids[SubjectKind.INSIGHT]),
        personas=set(ids[SubjectKind.PERSONA]),
    )
    people, personas = ids[SubjectKind.PARTICIPANT], ids[SubjectKind.PERSONA]
    if people:
        links = PersonaParticipant.objects.filter(participant_id__in=people)
        touched.personas |= set(links.values_list("persona_id", flat=True))
    if condition := _excerpts_behind(workspace_id, ids):
        rows = Excerpt.objects.filter(condition, workspace_id=workspace_id)
        touched.excerpts |= _ids_of(rows)
    touched.insights |= _insights_behind(workspace_id, touched.excerpts, personas)
    # What an insight rests on says so of itself; no other insight changes by that.
    held = Evidence.objects.filter(insight__in=ids[SubjectKind.INSIGHT])
    touched.excerpts |= set(held.values_list("excerpt_id", flat=True))
    return touched


def find_all(workspace_id: UUID) -> Touched:
    """Every row of the workspace that may have a document."""
    return Touched(
        excerpts=_ids_of(Excerpt.objects.filter(workspace_id=workspace_id)),
        insights=_ids_of(Insight.objects.filter(workspace_id=workspace_id)),
        personas=_ids_of(Persona.objects.filter(workspace_id=workspace_id)),
    )


def _excerpts_behind(workspace_id: UUID, ids: dict[str, set[UUID]]) -> Q:
    condition = Q()
    if tags := ids[SubjectKind.TAG]:
        condition |= Q(taggings__tag__in=_with_descendants(workspace_id, tags))
    if studies := ids[SubjectKind.STUDY]:
        condition |= Q(session__study__in=studies)
    if sessions := ids[SubjectKind.SESSION]:
        condition |= Q(session__in=sessions)
    if people := ids[SubjectKind.PARTICIPANT]:
        condition |= Q(participant__in=people)
    if personas := ids[SubjectKind.PERSONA]:
        condition |= Q(placings__persona__in=personas)
        condition |= Q(participant__persona_link__persona__in=personas)
    return condition


def _insights_behind(workspace_id: UUID, excerpts: set[UUID], personas: set[UUID]) -> set[UUID]:
    rows = Insight.objects.filter(workspace_id=workspace_id)
    found = _ids_of(rows.filter(personas__in=personas)) if personas else set()
    for batch in cut(excerpts):
        found |= _ids_of(rows.filter(evidence__excerpt__in=batch))
    return found


def _with_descendants(workspace_id: UUID, tags: set[UUID]) -> set[UUID]:
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    rows = Tag.objects.filter(workspace_id=workspace_id).values_list("parent_id", "id")
    for parent_id, tag_id in rows:
        children[parent_id].append(tag_id)
    found, waiting = set(tags), list(tags)
    while waiting:
        young = [tag_id for tag_id in children[waiting.pop()] if tag_id not in found]
        found.update(young)
        waiting.extend(young)
    return found


def cut(values: Collection[Value]) -> Iterator[list[Value]]:
    """The values in lists of at most BATCH_SIZE: a query takes a limited number of parameters."""
    remaining = iter(values)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def _ids_of(rows: QuerySet) -> set[UUID]:
    return set(rows.values_list("id", flat=True).distinct())
