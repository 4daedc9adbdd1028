"""Excerpts as documents, with all that people put on them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.discovery.documents.codebook import read_ancestors
from backend.discovery.documents.shape import number_document, pairs, texts
from backend.personas.models import Persona
from backend.synthesis.models import Evidence
from backend.tagging.models import Excerpt, Placing, Tagging
from backend.tagging.selectors import live
from search.documents import SearchDocument

# A hundred thousand excerpts are read at a time when the index is rebuilt: plain values are read
# three times as fast as model instances.
_EXCERPT_FIELDS = (
    "id",
    "text",
    "session_id",
    "session__study_id",
    "session__kind",
    "session__study__product_area",
    "speaker__role",
    "participant_id",
    "participant__attributes",
    "participant__persona_link__persona_id",
    "is_key_quote",
    "created_at",
)


@dataclass
class Marks:
    """What people put on one excerpt."""

    tag_ids: set[UUID] = field(default_factory=set)
    quadrants: set[str] = field(default_factory=set)
    aspects: set[str] = field(default_factory=set)
    persona_ids: set[UUID] = field(default_factory=set)
    intensities: set[int] = field(default_factory=set)
    has_insight: bool = False


def build_excerpts(workspace_id: UUID, ids: Collection[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these excerpts that may be found. Six queries."""
    marks = _read_marks(workspace_id, ids)
    personas = Persona.objects.kept().filter(workspace_id=workspace_id)
    kept_personas = set(personas.values_list("id", flat=True))
    # By id alone: asked for the workspace as well, SQLite reads all of its rows for each batch.
    rows = Excerpt.objects.filter(live(), id__in=ids).values("workspace_id", *_EXCERPT_FIELDS)
    for row in rows:
        if row["workspace_id"] != workspace_id:
            continue
        mark = marks[row["id"]]
        # The personas it was placed on, and the one its speaker stands behind.
        persona_ids = mark.persona_ids | {row["participant__persona_link__persona_id"]}
        yield number_document(
            id=str(row["id"]),
            kind="excerpt",
            workspace_id=str(workspace_id),
            text=row["text"],
            study_ids=texts([row["session__study_id"]]),
            session_id=str(row["session_id"]),
            session_kind=row["session__kind"],
            participant_ids=texts([row["participant_id"]]),
            quadrants=texts(mark.quadrants),
            aspects=texts(mark.aspects),
            persona_ids=texts(persona_ids & kept_personas),
            tag_ids=texts(mark.tag_ids),
            attributes=pairs(row["participant__attributes"] or {}),
            product_area=row["session__study__product_area"],
            speaker_role=row["speaker__role"] or "",
            intensities=texts(mark.intensities),
            has_insight=mark.has_insight,
            is_key_quote=row["is_key_quote"],
            created_at_s=int(row["created_at"].timestamp()),
        )


def _read_marks(workspace_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, Marks]:
    marks: dict[UUID, Marks] = defaultdict(Marks)
    ancestors = read_ancestors(workspace_id)
    taggings = Tagging.objects.filter(excerpt_id__in=ids).values_list("excerpt_id", "tag_id")
    for excerpt_id, tag_id in taggings:
        marks[excerpt_id].tag_ids.update(ancestors.get(tag_id, ()))
    placings = Placing.objects.filter(excerpt_id__in=ids)
    for excerpt_id, quadrant, aspect, persona_id, intensity in placings.values_list(
        "excerpt_id", "quadrant", "aspect", "persona_id", "intensity"
    ):
        mark = marks[excerpt_id]
        mark.quadrants.add(quadrant)
        if aspect:
            mark.aspects.add(aspect)
        mark.persona_ids.add(persona_id)
        if intensity is not None:
            mark.intensities.add(intensity)
    held = Evidence.objects.filter(excerpt_id__in=ids, insight__deleted_at__isnull=True)
    for excerpt_id in held.values_list("excerpt_id", flat=True):
        marks[excerpt_id].has_insight = True
    return marks
