"""Insights, personas and their claims as documents."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Prefetch

from backend.discovery.documents.shape import Content, Where, texts
from backend.personas.models import Persona
from backend.synthesis.models import Claim, ClaimEvidence, Evidence, Insight, Stance
from backend.tagging.selectors import live


def read_insights(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these insights that are kept. Three queries."""
    evidence = Evidence.objects.filter(live("excerpt__")).select_related("excerpt__session")
    rows = (
        Insight.objects.kept()
        .filter(workspace_id=workspace_id, **where)
        .prefetch_related(
            Prefetch("personas", Persona.objects.kept()), Prefetch("evidence", evidence)
        )
    )
    for insight in rows:
        excerpts = [evidence.excerpt for evidence in insight.evidence.all()]
        yield {
            "id": str(insight.id),
            "kind": "insight",
            "workspace_id": str(workspace_id),
            "text": text_of_insight(insight),
            "title": insight.statement,
            "study_ids": texts(excerpt.session.study_id for excerpt in excerpts),
            "participant_ids": texts(excerpt.participant_id for excerpt in excerpts),
            "persona_ids": texts(persona.id for persona in insight.personas.all()),
            "created_at_s": int(insight.created_at.timestamp()),
        }


def read_personas(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these personas that are kept. Two queries."""
    rows = Persona.objects.kept().filter(workspace_id=workspace_id, **where)
    for persona in rows.prefetch_related("people"):
        yield {
            "id": str(persona.id),
            "kind": "persona",
            "workspace_id": str(workspace_id),
            "text": persona.summary,
            "title": persona.name,
            "participant_ids": texts(link.participant_id for link in persona.people.all()),
            "persona_ids": (str(persona.id),),
            "created_at_s": int(persona.created_at.timestamp()),
        }


def read_claims(workspace_id: UUID, where: Where) -> Iterator[Content]:
    """Those of these claims whose persona is kept. Two queries.

    The people behind a claim are those whose excerpts support it; an assumption has none.
    """
    support = ClaimEvidence.objects.filter(live("excerpt__"), stance=Stance.FOR)
    rows = Claim.objects.filter(
        workspace_id=workspace_id, persona__deleted_at__isnull=True, **where
    ).prefetch_related(Prefetch("evidence", support.select_related("excerpt__session")))
    for claim in rows:
        excerpts = [evidence.excerpt for evidence in claim.evidence.all()]
        yield {
            "id": str(claim.id),
            "kind": "claim",
            "workspace_id": str(workspace_id),
            "text": claim.text,
            "study_ids": texts(excerpt.session.study_id for excerpt in excerpts),
            "participant_ids": texts(excerpt.participant_id for excerpt in excerpts),
            "persona_ids": (str(claim.persona_id),),
            "created_at_s": int(claim.created_at.timestamp()),
        }


def text_of_insight(insight: Insight) -> str:
    """What is searched of an insight; highlights are ranges of this."""
    return "\n".join(part for part in (insight.statement, insight.summary) if part)
