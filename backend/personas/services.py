"""Making personas, giving them a face, and saying whom they stand for."""

from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.personas.models import Persona, PersonaParticipant
from backend.personas.pictures import make_square, remove_picture, store_picture
from backend.studies.models import Participant


@transaction.atomic
def create_persona(*, workspace_id: UUID, name: str, summary: str = "") -> Persona:
    """Make a persona without story, picture or people."""
    persona = Persona.objects.create(
        workspace_id=workspace_id, name=name.strip(), summary=summary.strip()
    )
    _record(persona.workspace_id, [persona.id])
    return persona


@transaction.atomic
def update_persona(*, persona: Persona, changes: dict[str, Any]) -> Persona:
    """Change name or summary; what is not named stays."""
    for name, value in changes.items():
        setattr(persona, name, value.strip())
    persona.save(update_fields=[*changes, "updated_at"])
    _record(persona.workspace_id, [persona.id])
    return persona


@transaction.atomic
def delete_persona(*, persona: Persona) -> None:
    """Take the persona off every page; restore_persona brings it back with people and map."""
    persona.deleted_at = timezone.now()
    persona.save(update_fields=["deleted_at", "updated_at"])
    _record(persona.workspace_id, [persona.id])


@transaction.atomic
def restore_persona(*, persona: Persona) -> Persona:
    """Undo delete_persona."""
    persona.deleted_at = None
    persona.save(update_fields=["deleted_at", "updated_at"])
    _record(persona.workspace_id, [persona.id])
    return persona


def set_persona_picture(*, persona: Persona, picture: IO[bytes]) -> Persona:
    """Show this picture. Raises InvalidInputError if it is none, or too large."""
    content, suffix = make_square(picture)
    path = store_picture(content, suffix, workspace_id=persona.workspace_id, persona_id=persona.id)
    previous = persona.picture_path
    with transaction.atomic():
        persona.picture_path = path
        persona.save(update_fields=["picture_path", "updated_at"])
        if previous and previous != path:
            transaction.on_commit(lambda: remove_picture(previous))
    return persona


@transaction.atomic
def assign_participant(*, participant: Participant, persona: Persona | None) -> None:
    """Say which persona this participant is one of the people behind, or that of none."""
    previous = PersonaParticipant.objects.filter(participant=participant).first()
    if persona is None:
        PersonaParticipant.objects.filter(participant=participant).delete()
    else:
        PersonaParticipant.objects.update_or_create(
            participant=participant,
            defaults={"persona": persona},
            create_defaults={"persona": persona, "workspace_id": participant.workspace_id},
        )
    touched = {previous.persona_id} if previous else set()
    _record(participant.workspace_id, touched | ({persona.id} if persona else set()))
    record_change(
        workspace_id=participant.workspace_id,
        subject_kind=SubjectKind.PARTICIPANT,
        subject_ids=[participant.id],
    )


def _record(workspace_id: UUID, persona_ids: Any) -> None:
    record_change(
        workspace_id=workspace_id, subject_kind=SubjectKind.PERSONA, subject_ids=persona_ids
    )
