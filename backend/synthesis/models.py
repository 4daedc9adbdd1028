"""What is made of evidence: the claims of a persona's story, and insights."""

from django.conf import settings
from django.db import models

from backend.common.entity import Deletable, KeptQuerySet
from backend.personas.models import Persona
from backend.tagging.models import Excerpt
from backend.workspaces.models import WorkspaceEntity


class StorySection(models.TextChoices):
    """The parts of a persona's story, in reading order."""

    AGE = "age"
    LIFE_STAGE = "life_stage"
    WORK = "work"
    WHY_WORK = "why_work"
    ADMIRES = "admires"
    LIKES = "likes"
    GOALS = "goals"
    WORRIES = "worries"


class Stance(models.TextChoices):
    """Whether a piece of evidence speaks for a statement or against it."""

    FOR = "for"
    AGAINST = "against"


class Claim(WorkspaceEntity):
    """One sentence of a persona's story. Without an excerpt that supports it, an assumption."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="claims")
    section = models.CharField(max_length=20, choices=StorySection.choices)
    text = models.TextField()
    position = models.PositiveIntegerField(default=0)


class ClaimEvidence(WorkspaceEntity):
    """An excerpt under a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="claim_evidence")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.FOR)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "excerpt"], name="claim_evidence_once"),
        ]


class InsightStatus(models.TextChoices):
    """The 4 A's: how far an insight has been followed."""

    AWARE = "aware"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    ADVOCATED = "advocated"


class Insight(WorkspaceEntity, Deletable):
    """A statement with evidence for and against, and what was done about it."""

    statement = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    status = models.CharField(
        max_length=20, choices=InsightStatus.choices, default=InsightStatus.AWARE
    )
    opportunity = models.TextField(blank=True)
    action_note = models.TextField(blank=True)
    personas = models.ManyToManyField(Persona, related_name="insights")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "created_at"])]


class Evidence(WorkspaceEntity):
    """An excerpt under an insight, for or against it."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="evidence")
    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="evidence")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.FOR)
    note = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "excerpt"], name="evidence_once"),
        ]
