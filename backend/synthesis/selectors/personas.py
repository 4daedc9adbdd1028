"""Personas with their counts, their story and their people."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet

from backend.personas.models import Persona, PersonaParticipant
from backend.studies.models import ConsentState
from backend.synthesis.models import Claim, ClaimEvidence, Insight, Stance, StorySection
from backend.tagging.models import Excerpt, Placing
from backend.tagging.selectors import live, with_details


def list_personas(workspace_id: UUID) -> QuerySet[Persona]:
    """Kept personas by name."""
    return Persona.objects.kept().filter(workspace_id=workspace_id).order_by("name", "id")


def get_personas_in_order(workspace_id: UUID, ids: Iterable[UUID]) -> list[Persona]:
    """The kept personas with these ids, in their order, summarised. Four queries."""
    wanted = list(ids)
    found = {row.id: row for row in list_personas(workspace_id).filter(id__in=wanted)}
    return summarise_personas([found[row_id] for row_id in wanted if row_id in found])


def summarise_personas(personas: Sequence[Persona]) -> list[Persona]:
    """Set people_count, excerpt_count, insight_count and newest_at on each. Three queries.

    People are those assigned to the persona; newest is when its newest evidence was marked.
    """
    ids = [persona.id for persona in personas]
    people = _counts(people_of(ids), "persona_id", number=Count("id"))
    placed = _counts(
        Placing.objects.filter(live("excerpt__"), persona_id__in=ids),
        "persona_id",
        number=Count("excerpt", distinct=True),
        newest=Max("excerpt__created_at"),
    )
    insights = _counts(
        Insight.personas.through.objects.filter(
            persona_id__in=ids, insight__deleted_at__isnull=True
        ),
        "persona_id",
        number=Count("id"),
    )
    for persona in personas:
        summary = {
            "people_count": people.get(persona.id, {}).get("number", 0),
            "excerpt_count": placed.get(persona.id, {}).get("number", 0),
            "insight_count": insights.get(persona.id, {}).get("number", 0),
            "newest_at": placed.get(persona.id, {}).get("newest"),
        }
        vars(persona).update(summary)
    return list(personas)


def _counts(rows: QuerySet, key: str, **numbers: Any) -> dict[UUID, dict[str, Any]]:
    return {row[key]: row for row in rows.order_by().values(key).annotate(**numbers)}


def people_of(persona_ids: Iterable[UUID]) -> QuerySet[PersonaParticipant]:
    """Links to the participants behind these personas who have not withdrawn, by code name."""
    return (
        PersonaParticipant.objects.filter(persona_id__in=persona_ids)
        .exclude(participant__consent=ConsentState.WITHDRAWN)
        .select_related("participant", "persona")
        .order_by("participant__code_name")
    )


def read_story(persona: Persona) -> list[dict[str, Any]]:
    """All sections in reading order, each with its claims and their live evidence."""
    claims: dict[str, list[Claim]] = {section: [] for section in StorySection.values}
    for claim in claims_with_evidence().filter(persona=persona):
        claims[claim.section].append(claim)
    return [{"section": section, "claims": rows} for section, rows in claims.items()]


def claims_with_evidence() -> QuerySet[Claim]:
    """Claims in the order they are told, with the evidence that counts. Six queries."""
    evidence = (
        ClaimEvidence.objects.filter(live("excerpt__"))
        .order_by("created_at", "id")
        .prefetch_related(Prefetch("excerpt", with_details(Excerpt.objects.all())))
    )
    return Claim.objects.order_by("position", "created_at", "id").prefetch_related(
        Prefetch("evidence", evidence)
    )


def get_claims_in_order(workspace_id: UUID, ids: Iterable[UUID]) -> list[Claim]:
    """The claims with these ids whose persona is kept, in their order, each with its persona, and
    with `excerpts_for` and `people_for`: how many excerpts support it, of how many people. Two
    queries.
    """
    wanted = list(ids)
    rows = Claim.objects.filter(
        workspace_id=workspace_id, id__in=wanted, persona__deleted_at__isnull=True
    ).select_related("persona")
    found = {claim.id: claim for claim in rows}
    support = _counts(
        ClaimEvidence.objects.filter(live("excerpt__"), stance=Stance.FOR, claim_id__in=found),
        "claim_id",
        excerpts_for=Count("id"),
        people_for=Count("excerpt__participant", distinct=True),
    )
    for claim in found.values():
        counted = support.get(claim.id, {})
        for name in ("excerpts_for", "people_for"):
            vars(claim)[name] = counted.get(name, 0)
    return [found[claim_id] for claim_id in wanted if claim_id in found]
