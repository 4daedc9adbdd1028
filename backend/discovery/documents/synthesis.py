"""Insights and personas as documents."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Prefetch

from backend.discovery.documents.shape import number_document, texts
from backend.personas.models import Persona
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.selectors import live
from search.documents import SearchDocument

# The order in which a persona's story is indexed, and its highlights are counted.
CLAIMS = Prefetch("claims", Claim.objects.order_by("section", "position", "id"))


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
        yield number_document(
            id=str(insight.id),
            kind="insight",
            workspace_id=str(workspace_id),
            text=text_of_insight(insight),
            title=insight.statement,
            study_ids=texts(excerpt.session.study_id for excerpt in excerpts),
            participant_ids=texts(excerpt.participant_id for excerpt in excerpts),
            persona_ids=texts(persona.id for persona in insight.personas.all()),
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
        yield number_document(
            id=str(persona.id),
            kind="persona",
            workspace_id=str(workspace_id),
            text=text_of_persona(persona),
            title=persona.name,
            participant_ids=texts(link.participant_id for link in persona.people.all()),
            persona_ids=(str(persona.id),),
            created_at_s=int(persona.created_at.timestamp()),
        )


def text_of_insight(insight: Insight) -> str:
    """What is searched of an insight; highlights are ranges of this."""
    return "\n".join(part for part in (insight.statement, insight.summary) if part)


def text_of_persona(persona: Persona) -> str:
    """What is searched of a persona with its claims; highlights are ranges of this."""
    story = [claim.text for claim in persona.claims.all()]
    return "\n".join(part for part in (persona.summary, *story) if part)
