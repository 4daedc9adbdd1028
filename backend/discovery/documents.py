"""Rows → search documents, a batch at a time and in the same number of queries for any batch.

A row that must not be found (deleted, in a deleted session or study, of a participant who withdrew)
has no document.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from hashlib import blake2b
from uuid import UUID

from django.db.models import Prefetch

from backend.personas.models import Persona
from backend.studies.models import Participant
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.models import Excerpt, Placing, Tag, Tagging
from backend.tagging.selectors import live, live_excerpts
from search.documents import MAX_VALUE_LETTERS, SearchDocument

# Meilisearch reads numbers as JavaScript does: whole up to 53 bits.
VERSION_BITS = 53

# The order in which a persona's story is indexed, and its highlights are counted.
CLAIMS = Prefetch("claims", Claim.objects.order_by("section", "position", "id"))

Ancestors = dict[UUID, tuple[UUID, ...]]


def build_excerpts(workspace_id: UUID, ids: Iterable[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these excerpts that may be found."""
    rows = (
        live_excerpts(workspace_id)
        .filter(id__in=list(ids))
        .select_related("session", "participant__persona_link__persona")
        .prefetch_related(*_marks())
    )
    ancestors = _ancestors_of_tags(workspace_id)
    for excerpt in rows:
        yield _versioned(_excerpt_document(excerpt, ancestors))


def build_insights(workspace_id: UUID, ids: Iterable[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these insights that are kept."""
    evidence = Evidence.objects.filter(live("excerpt__")).select_related("excerpt__session")
    rows = (
        Insight.objects.kept()
        .filter(workspace_id=workspace_id, id__in=list(ids))
        .prefetch_related(
            Prefetch("personas", Persona.objects.kept()), Prefetch("evidence", evidence)
        )
    )
    for insight in rows:
        yield _versioned(_insight_document(insight))


def build_personas(workspace_id: UUID, ids: Iterable[UUID]) -> Iterator[SearchDocument]:
    """Documents of those of these personas that are kept, with their story."""
    rows = (
        Persona.objects.kept()
        .filter(workspace_id=workspace_id, id__in=list(ids))
        .prefetch_related(CLAIMS, "people")
    )
    for persona in rows:
        yield _versioned(_persona_document(persona))


BUILDERS = {"excerpt": build_excerpts, "insight": build_insights, "persona": build_personas}


def _marks() -> list[Prefetch]:
    placings = Placing.objects.select_related("persona")
    return [Prefetch("taggings", Tagging.objects.all()), Prefetch("placings", placings)]


def _excerpt_document(excerpt: Excerpt, ancestors: Ancestors) -> SearchDocument:
    placings = list(excerpt.placings.all())
    tags = [ancestors.get(tagging.tag_id, ()) for tagging in excerpt.taggings.all()]
    person = excerpt.participant
    return SearchDocument(
        id=str(excerpt.id),
        kind="excerpt",
        workspace_id=str(excerpt.workspace_id),
        text=excerpt.text,
        study_ids=_texts([excerpt.session.study_id]),
        session_id=str(excerpt.session_id),
        session_kind=excerpt.session.kind,
        participant_ids=_texts([person.id] if person else []),
        quadrants=_texts(placing.quadrant for placing in placings),
        aspects=_texts(placing.aspect for placing in placings if placing.aspect),
        persona_ids=_texts(_personas_of(excerpt, placings)),
        tag_ids=_texts(tag_id for branch in tags for tag_id in branch),
        attributes=_attributes_of(person),
        is_key_quote=excerpt.is_key_quote,
        created_at_s=int(excerpt.created_at.timestamp()),
        version=0,
    )


def _personas_of(excerpt: Excerpt, placings: list[Placing]) -> Iterator[UUID]:
    """The personas it was placed on, and the one its speaker stands behind."""
    for placing in placings:
        if placing.persona and placing.persona.deleted_at is None:
            yield placing.persona.id
    link = getattr(excerpt.participant, "persona_link", None)
    if link and link.persona.deleted_at is None:
        yield link.persona_id


def _attributes_of(person: Participant | None) -> tuple[str, ...]:
    attributes = person.attributes if person else {}
    return _texts(f"{key}={value}"[:MAX_VALUE_LETTERS] for key, value in attributes.items())


def _insight_document(insight: Insight) -> SearchDocument:
    excerpts = [evidence.excerpt for evidence in insight.evidence.all()]
    return SearchDocument(
        id=str(insight.id),
        kind="insight",
        workspace_id=str(insight.workspace_id),
        text=text_of_insight(insight),
        title=insight.statement,
        study_ids=_texts(excerpt.session.study_id for excerpt in excerpts),
        participant_ids=_texts(e.participant_id for e in excerpts if e.participant_id),
        persona_ids=_texts(persona.id for persona in insight.personas.all()),
        created_at_s=int(insight.created_at.timestamp()),
        version=0,
    )


def _persona_document(persona: Persona) -> SearchDocument:
    return SearchDocument(
        id=str(persona.id),
        kind="persona",
        workspace_id=str(persona.workspace_id),
        text=text_of_persona(persona),
        title=persona.name,
        participant_ids=_texts(link.participant_id for link in persona.people.all()),
        persona_ids=(str(persona.id),),
        created_at_s=int(persona.created_at.timestamp()),
        version=0,
    )


def text_of_insight(insight: Insight) -> str:
    """What is searched of an insight; highlights are ranges of this."""
    return "\n".join(part for part in (insight.statement, insight.summary) if part)


def text_of_persona(persona: Persona) -> str:
    """What is searched of a persona with its claims; highlights are ranges of this."""
    story = [claim.text for claim in persona.claims.all()]
    return "\n".join(part for part in (persona.summary, *story) if part)


def _ancestors_of_tags(workspace_id: UUID) -> Ancestors:
    """Each kept tag with its kept ancestors, itself first."""
    rows = Tag.objects.kept().filter(workspace_id=workspace_id)
    parents = dict(rows.values_list("id", "parent_id"))
    return {tag_id: tuple(_climb(tag_id, parents)) for tag_id in parents}


def _climb(tag_id: UUID, parents: dict[UUID, UUID | None]) -> Iterator[UUID]:
    step: UUID | None = tag_id
    while step in parents:
        yield step
        step = parents[step]


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    """Distinct and in a fixed order, so that equal rows make equal documents."""
    return tuple(sorted({str(value) for value in values}))


def _versioned(document: SearchDocument) -> SearchDocument:
    """Numbered by its content: equal versions are equal documents."""
    content = json.dumps(asdict(document), sort_keys=True).encode()
    digest = int.from_bytes(blake2b(content, digest_size=8).digest())
    return replace(document, version=digest >> (64 - VERSION_BITS))
