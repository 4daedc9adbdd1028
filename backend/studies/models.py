"""Studies, their sessions, and the people who were heard."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from backend.common.entity import Deletable, KeptQuerySet
from backend.workspaces.models import WorkspaceEntity


class Study(WorkspaceEntity, Deletable):
    """A piece of research: what was asked, about which part of the product."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    product_area = models.CharField(max_length=100, blank=True)
    questions = models.JSONField(default=list)
    is_sample = models.BooleanField(default=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "created_at"])]

    def __str__(self) -> str:
        return self.title


class ConsentState(models.TextChoices):
    """Whether a participant agreed that their words are used."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Participant(WorkspaceEntity):
    """A person who was heard, known by a code name. `attributes` maps words to words."""

    code_name = models.CharField(max_length=50)
    real_name = models.CharField(max_length=200, blank=True)
    attributes = models.JSONField(default=dict)
    consent = models.CharField(
        max_length=20, choices=ConsentState.choices, default=ConsentState.UNKNOWN
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("code_name"), name="participant_code_once"),
        ]

    def __str__(self) -> str:
        return self.code_name


class SessionKind(models.TextChoices):
    """The occasions of listening."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    OBSERVATION = "observation"
    SURVEY = "survey"
    FEEDBACK = "feedback"
    ADVISORY_BOARD = "advisory_board"


class Session(WorkspaceEntity, Deletable):
    """One occasion of listening, in a study, with participants."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=20, choices=SessionKind.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField(null=True)
    language = models.CharField(max_length=10, blank=True)
    participants = models.ManyToManyField(Participant, related_name="sessions")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "study", "held_on"])]

    def __str__(self) -> str:
        return self.title
