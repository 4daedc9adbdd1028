"""Excerpts as documents, with all that people put on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.discovery.documents.codebook import read_ancestors
from backend.discovery.documents.shape import Content, Where, as_text, of, pairs, spelled, texts
from backend.personas.models import Persona
from backend.synthesis.models import Evidence
from backend.tagging.models import Excerpt, Placing, Tagging
from backend.tagging.selectors import live

_FIELDS = (
    as_text("id"),
    as_text("workspace_id"),
    "text",
    as_text("session_id"),
    as_text("session__study_id"),
    "session__kind",
    "session__study__product_area",
    "speaker__role",
    as_text("participant_id"),
    as_text("participant__attributes"),
    as_text("participant__persona_link__persona_id"),
    "is_key_quote",
    "created_at",
)


@dataclass(slots=True)
class Marks:
    """What people put on one excerpt."""

    tag_ids: set[str] = field(default_factory=set)
    quadrants: set[str] = field(default_factory=set)
    aspects: set[str] = field(default_factory=set)
    persona_ids: set[str | None] = field(default_factory=set)
    intensities: set[int] = field(default_factory=set)
    has_insight: bool = False


def read_excerpts(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these excerpts that may be found. Six queries."""
    workspace = str(workspace_id)
    marks = _read_marks(workspace_id, where)
    personas = Persona.objects.kept().filter(workspace_id=workspace_id)
    kept_personas = {spelled(each) for each in personas.values_list(as_text("id"), flat=True)}
    # Without the workspace: asked for it as well, SQLite reads all of its rows for each batch.
    rows = Excerpt.objects.filter(live(), **where).order_by().values_list(*_FIELDS)
    for row in rows:
        row_id, owner, text, session, study, kind, area, role, person, attributes, *rest = row
        linked_persona, is_key_quote, created_at = rest
        if spelled(owner) != workspace:
            continue
        mark = marks[row_id]
        # The personas it was placed on, and the one its speaker stands behind.
        personas_behind = {*mark.persona_ids, spelled(linked_persona)} & kept_personas
        yield {
            "id": spelled(row_id),
            "kind": "excerpt",
            "workspace_id": workspace,
            "text": text,
            "study_ids": (spelled(study),),
            "session_id": spelled(session),
            "session_kind": kind,
            "participant_ids": (spelled(person),) if person else (),
            "quadrants": texts(mark.quadrants),
            "aspects": texts(mark.aspects),
            "persona_ids": texts(personas_behind),
            "tag_ids": texts(mark.tag_ids),
            "attributes": pairs(attributes),
            "product_area": area,
            "speaker_role": role or "",
            "intensities": texts(mark.intensities),
            "has_insight": mark.has_insight,
            "is_key_quote": is_key_quote,
            "created_at_s": int(created_at.timestamp()),
        }


def _read_marks(workspace_id: UUID, where: Where) -> Mapping[str, Marks]:
    """By the excerpt's id as the database keeps it."""
    marks: dict[str, Marks] = defaultdict(Marks)
    ancestors = read_ancestors(workspace_id)
    excerpt_id, of_excerpts = as_text("excerpt_id"), of("excerpt", where)
    taggings = Tagging.objects.filter(**of_excerpts).values_list(excerpt_id, as_text("tag_id"))
    for marked, tag_id in taggings:
        marks[marked].tag_ids.update(ancestors.get(tag_id, ()))
    placings = Placing.objects.filter(**of_excerpts)
    for marked, quadrant, aspect, persona_id, intensity in placings.values_list(
        excerpt_id, "quadrant", "aspect", as_text("persona_id"), "intensity"
    ):
        mark = marks[marked]
        mark.quadrants.add(quadrant)
        if aspect:
            mark.aspects.add(aspect)
        mark.persona_ids.add(spelled(persona_id))
        if intensity is not None:
            mark.intensities.add(intensity)
    held = Evidence.objects.filter(**of_excerpts, insight__deleted_at__isnull=True)
    for marked in held.values_list(excerpt_id, flat=True):
        marks[marked].has_insight = True
    return marks
