"""Personas, and the participants each one stands for."""

from django.db import models

from backend.common.entity import Deletable, KeptQuerySet
from backend.studies.models import Participant
from backend.workspaces.models import WorkspaceEntity


class Persona(WorkspaceEntity, Deletable):
    """A semi-fictional person. Their story is made of claims, which live in synthesis."""

    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    picture_path = models.CharField(max_length=300, blank=True)

    objects = KeptQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PersonaParticipant(WorkspaceEntity):
    """This participant is one of the people behind this persona; each is behind one at most."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="people")
    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="persona_link"
    )
