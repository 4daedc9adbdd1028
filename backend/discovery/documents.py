"""Rows → search documents, a batch at a time and in the same number of queries for any batch.

A row that must not be found (deleted, in a deleted session or study, of a participant who withdrew)
has no document.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from backend.personas.models import Persona
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.models import Placing, Tag, Tagging
from backend.tagging.selectors import live, live_excerpts
from search.documents import MAX_VALUE_LETTERS, SearchDocument

# Meilisearch reads numbers as JavaScript does: whole up to 53 bits.
VERSION_BITS = 53

# The order in which a persona's story is indexed, and its highlights are counted.
CLAIMS = Prefetch("claims", Claim.objects.order_by("section", "position", "id"))

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
    for row in live_excerpts(workspace_id).filter(id__in=ids).values(*_EXCERPT_FIELDS):
        mark = marks[row["id"]]
        # The personas it was placed on, and the one its speaker stands behind.
        persona_ids = mark.persona_ids | {row["participant__persona_link__persona_id"]}
        yield _document(
            id=str(row["id"]),
            kind="excerpt",
            workspace_id=str(workspace_id),
            text=row["text"],
            study_ids=_texts([row["session__study_id"]]),
            session_id=str(row["session_id"]),
            session_kind=row["session__kind"],
            participant_ids=_texts([row["participant_id"]]),
            quadrants=_texts(mark.quadrants),
            aspects=_texts(mark.aspects),
            persona_ids=_texts(persona_ids & kept_personas),
            tag_ids=_texts(mark.tag_ids),
            attributes=_pairs(row["participant__attributes"] or {}),
            product_area=row["session__study__product_area"],
            speaker_role=row["speaker__role"] or "",
            intensities=_texts(mark.intensities),
            has_insight=mark.has_insight,
            is_key_quote=row["is_key_quote"],
            created_at_s=int(row["created_at"].timestamp()),
        )


def build_insights(workspace_id: UUID, ids: Collection[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these insights that are kept. Three queries."""
    evidence = Evidence.objects.filter(live("excerpt__")).select_related("excerpt__session")
    rows = (
        Insight.objects.kept()
        .filter(workspace_id=workspace_id, id__in=ids)
        .prefetch_related(
            Prefetch("personas", Persona.objects.kept()), Prefetch("evidence", evidence)
        )
    )
    for insight in rows:
        excerpts = [evidence.excerpt for evidence in insight.evidence.all()]
        yield _document(
            id=str(insight.id),
            kind="insight",
            workspace_id=str(workspace_id),
            text=text_of_insight(insight),
            title=insight.statement,
            study_ids=_texts(excerpt.session.study_id for excerpt in excerpts),
            participant_ids=_texts(excerpt.participant_id for excerpt in excerpts),
            persona_ids=_texts(persona.id for persona in insight.personas.all()),
            created_at_s=int(insight.created_at.timestamp()),
        )


def build_personas(workspace_id: UUID, ids: Collection[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these personas that are kept, with their story. Three queries."""
    rows = (
        Persona.objects.kept()
        .filter(workspace_id=workspace_id, id__in=ids)
        .prefetch_related(CLAIMS, "people")
    )
    for persona in rows:
        yield _document(
            id=str(persona.id),
            kind="persona",
            workspace_id=str(workspace_id),
            text=text_of_persona(persona),
            title=persona.name,
            participant_ids=_texts(link.participant_id for link in persona.people.all()),
            persona_ids=(str(persona.id),),
            created_at_s=int(persona.created_at.timestamp()),
        )


BUILDERS = {"excerpt": build_excerpts, "insight": build_insights, "persona": build_personas}


def text_of_insight(insight: Insight) -> str:
    """What is searched of an insight; highlights are ranges of this."""
    return "\n".join(part for part in (insight.statement, insight.summary) if part)


def text_of_persona(persona: Persona) -> str:
    """What is searched of a persona with its claims; highlights are ranges of this."""
    story = [claim.text for claim in persona.claims.all()]
    return "\n".join(part for part in (persona.summary, *story) if part)


def _read_marks(workspace_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, Marks]:
    marks: dict[UUID, Marks] = defaultdict(Marks)
    ancestors = _read_ancestors(workspace_id)
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


def _read_ancestors(workspace_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """Each kept tag with its kept ancestors, itself first."""
    rows = Tag.objects.kept().filter(workspace_id=workspace_id).order_by()
    parents = dict(rows.values_list("id", "parent_id"))
    return {tag_id: tuple(_climb(tag_id, parents)) for tag_id in parents}


def _climb(tag_id: UUID, parents: Mapping[UUID, UUID | None]) -> list[UUID]:
    climbed: list[UUID] = []
    step: UUID | None = tag_id
    # Two moves at once might make a ring, in which this must not run forever.
    while step is not None and step in parents and step not in climbed:
        climbed.append(step)
        step = parents[step]
    return climbed


def _pairs(attributes: Mapping[str, str]) -> tuple[str, ...]:
    return _texts(f"{key}={value}"[:MAX_VALUE_LETTERS] for key, value in attributes.items())


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    """Distinct, without None, and in a fixed order, so that equal rows make equal documents."""
    return tuple(sorted({str(value) for value in values if value is not None}))


def _document(**content: Any) -> SearchDocument:
    """Numbered by its content: equal versions are equal documents."""
    written = repr(sorted(content.items())).encode()
    digest = int.from_bytes(blake2b(written, digest_size=8).digest())
    return SearchDocument(**content, version=digest >> (64 - VERSION_BITS))
