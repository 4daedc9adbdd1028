"""Writing insights, and putting evidence for and against under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.personas.models import Persona
from backend.synthesis.models import Evidence, Insight, InsightStatus, Stance
from backend.tagging.models import Excerpt
from backend.tagging.services import refuse_unheard


@dataclass(frozen=True)
class EvidenceDraft:
    """An excerpt somebody wants under an insight."""

    excerpt: Excerpt
    stance: str = Stance.FOR
    note: str = ""


@transaction.atomic
def create_insight(
    *,
    workspace_id: UUID,
    user: Any,
    statement: str,
    summary: str = "",
    status: str = InsightStatus.AWARE,
    opportunity: str = "",
    action_note: str = "",
    personas: Sequence[Persona] = (),
    evidence: Sequence[EvidenceDraft] = (),
) -> Insight:
    """Write an insight with its personas and evidence. Raises ListenFirstError."""
    refuse_unheard(draft.excerpt.id for draft in evidence)
    insight = Insight.objects.create(
        workspace_id=workspace_id,
        statement=statement,
        summary=summary,
        status=status,
        opportunity=opportunity,
        action_note=action_note,
        created_by=user,
    )
    insight.personas.set(personas)
    for draft in evidence:
        _save_evidence(insight, draft, user)
    _record(insight)
    return insight


@transaction.atomic
def update_insight(*, insight: Insight, changes: dict[str, Any]) -> Insight:
    """Change statement, summary, status, opportunity or action_note; what is not named stays."""
    for name, value in changes.items():
        setattr(insight, name, value)
    insight.save(update_fields=[*changes, "updated_at"])
    _record(insight)
    return insight


@transaction.atomic
def delete_insight(*, insight: Insight) -> None:
    """Take the insight off every page; restore_insight brings it back with its evidence."""
    update_insight(insight=insight, changes={"deleted_at": timezone.now()})


@transaction.atomic
def restore_insight(*, insight: Insight) -> Insight:
    """Undo delete_insight."""
    return update_insight(insight=insight, changes={"deleted_at": None})


@transaction.atomic
def set_insight_personas(*, insight: Insight, personas: Sequence[Persona]) -> Insight:
    """Link the insight to exactly these personas. Links to deleted personas wait for them."""
    shown = set(insight.personas.kept())
    insight.personas.remove(*(shown - set(personas)))
    insight.personas.add(*personas)
    return _touch(insight)


@transaction.atomic
def add_evidence(*, insight: Insight, draft: EvidenceDraft, user: Any) -> Insight:
    """Put an excerpt under the insight; if it is there already, its stance and note change.

    Raises ListenFirstError, unless it is there already.
    """
    if not insight.evidence.filter(excerpt=draft.excerpt).exists():
        refuse_unheard([draft.excerpt.id])
    _save_evidence(insight, draft, user)
    return _touch(insight)


@transaction.atomic
def update_evidence(*, evidence: Evidence, changes: dict[str, Any]) -> Insight:
    """Change stance or note; what is not named stays."""
    for name, value in changes.items():
        setattr(evidence, name, value)
    evidence.save()
    return _touch(evidence.insight)


@transaction.atomic
def remove_evidence(*, evidence: Evidence) -> Insight:
    """Take the excerpt from under the insight. The excerpt stays."""
    evidence.delete()
    record_change(
        workspace_id=evidence.workspace_id,
        subject_kind=SubjectKind.EXCERPT,
        subject_ids=[evidence.excerpt_id],
    )
    return _touch(evidence.insight)


def _save_evidence(insight: Insight, draft: EvidenceDraft, user: Any) -> None:
    values = {"stance": draft.stance, "note": draft.note}
    Evidence.objects.update_or_create(
        insight=insight,
        excerpt=draft.excerpt,
        defaults=values,
        create_defaults={
            **values,
            "workspace_id": insight.workspace_id,
            "created_by": user,
        },
    )


def _touch(insight: Insight) -> Insight:
    insight.save(update_fields=["updated_at"])
    _record(insight)
    return insight


def _record(insight: Insight) -> None:
    record_change(
        workspace_id=insight.workspace_id,
        subject_kind=SubjectKind.INSIGHT,
        subject_ids=[insight.id],
    )
