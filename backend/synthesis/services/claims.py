"""Telling the story of a persona, claim by claim."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.personas.models import Persona
from backend.synthesis.models import Claim, ClaimEvidence, Stance
from backend.tagging.models import Excerpt
from backend.tagging.services import refuse_unheard


@transaction.atomic
def create_claim(
    *, persona: Persona, section: str, text: str, excerpts: Sequence[Excerpt] = ()
) -> Claim:
    """Add a sentence at the end of a section; without excerpts it is an assumption.

    Raises ListenFirstError.
    """
    section_claims = Claim.objects.filter(persona=persona, section=section)
    last = section_claims.aggregate(last=Max("position"))["last"]
    claim = Claim.objects.create(
        workspace_id=persona.workspace_id,
        persona=persona,
        section=section,
        text=text.strip(),
        position=0 if last is None else last + 1,
    )
    _set_support(claim, excerpts)
    _record(claim)
    return claim


@transaction.atomic
def update_claim(
    *, claim: Claim, text: str | None = None, excerpts: Iterable[Excerpt] | None = None
) -> Claim:
    """Change its text, or put these excerpts in place of those that supported it.

    Raises ListenFirstError for those that did not support it before.
    """
    if text is not None:
        claim.text = text.strip()
    claim.save()
    if excerpts is not None:
        _set_support(claim, excerpts)
    _record(claim)
    return claim


@transaction.atomic
def delete_claim(*, claim: Claim) -> None:
    """Strike the sentence from the story. Its excerpts stay."""
    _record(claim)
    claim.delete()


def _set_support(claim: Claim, excerpts: Iterable[Excerpt]) -> None:
    wanted = {excerpt.id: excerpt for excerpt in excerpts}
    support = ClaimEvidence.objects.filter(claim=claim, stance=Stance.FOR)
    refuse_unheard(wanted.keys() - set(support.values_list("excerpt_id", flat=True)))
    support.exclude(excerpt_id__in=wanted).delete()
    # An excerpt that spoke against the claim and is now named as support changes sides.
    held = ClaimEvidence.objects.filter(claim=claim, excerpt_id__in=wanted)
    held.update(stance=Stance.FOR)
    known = set(held.values_list("excerpt_id", flat=True))
    ClaimEvidence.objects.bulk_create(
        ClaimEvidence(workspace_id=claim.workspace_id, claim=claim, excerpt=excerpt)
        for excerpt in wanted.values()
        if excerpt.id not in known
    )


def _record(claim: Claim) -> None:
    record_change(
        workspace_id=claim.workspace_id,
        subject_kind=SubjectKind.CLAIM,
        subject_ids=[claim.id],
    )
