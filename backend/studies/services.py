"""Writing studies, participants and sessions."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.jobs.models import ACTIVE_STATES, Job, SubjectKind
from backend.jobs.services import cancel_job, record_change
from backend.studies.models import ConsentState, Participant, Session, Study
from backend.workspaces.models import Workspace


def create_study(
    *,
    workspace: Workspace,
    title: str,
    description: str = "",
    product_area: str = "",
    questions: list[str] | None = None,
) -> Study:
    """Make an empty study."""
    return Study.objects.create(
        workspace=workspace,
        title=title,
        description=description,
        product_area=product_area,
        questions=questions or [],
    )


@transaction.atomic
def update_study(*, study: Study, **changes: Any) -> Study:
    """Change title, description, product_area or questions."""
    _change(study, changes)
    _note(study, SubjectKind.STUDY)
    return study


@transaction.atomic
def delete_study(*, study: Study) -> None:
    """Take the study, its sessions and their excerpts out of sight; restore_study undoes it."""
    _change(study, {"deleted_at": timezone.now()})
    _stop_jobs(Job.objects.filter(workspace=study.workspace_id, study_id=study.id))
    _note(study, SubjectKind.STUDY)


@transaction.atomic
def restore_study(*, study: Study) -> Study:
    """Bring a deleted study back, with everything in it that was not deleted on its own."""
    _change(study, {"deleted_at": None})
    _note(study, SubjectKind.STUDY)
    return study


def create_participant(
    *,
    workspace: Workspace,
    code_name: str,
    real_name: str = "",
    attributes: dict[str, str] | None = None,
    consent: str = ConsentState.UNKNOWN,
) -> Participant:
    """Make a participant. Raises ConflictError when the code name is taken."""
    participant = Participant(
        workspace=workspace,
        code_name=code_name,
        real_name=real_name,
        attributes=attributes or {},
        consent=consent,
    )
    _save_once_named(participant)
    return participant


@transaction.atomic
def update_participant(*, participant: Participant, **changes: Any) -> Participant:
    """Change code_name, real_name, attributes or consent. Raises ConflictError."""
    for name, value in changes.items():
        setattr(participant, name, value)
    _save_once_named(participant)
    _note(participant, SubjectKind.PARTICIPANT)
    return participant


@transaction.atomic
def create_session(
    *,
    workspace: Workspace,
    study: Study,
    kind: str,
    title: str,
    held_on: date | None = None,
    language: str = "",
    participants: list[Participant] | None = None,
    user: Any = None,
) -> Session:
    """Make an empty session of a study."""
    session = Session.objects.create(
        workspace=workspace,
        study=study,
        kind=kind,
        title=title,
        held_on=held_on,
        language=language,
        created_by=user,
    )
    session.participants.set(participants or [])
    return session


@transaction.atomic
def update_session(
    *, session: Session, participants: list[Participant] | None = None, **changes: Any
) -> Session:
    """Change study, kind, title, held_on or language; `participants` replaces who took part."""
    _change(session, changes)
    if participants is not None:
        session.participants.set(participants)
    _note(session, SubjectKind.SESSION)
    return session


@transaction.atomic
def delete_session(*, session: Session) -> None:
    """Take the session and its excerpts out of sight and stop its jobs; restore_session undoes it.

    Its files stay, and count against the storage quota.
    """
    _change(session, {"deleted_at": timezone.now()})
    _stop_jobs(Job.objects.filter(workspace=session.workspace_id, session_id=session.id))
    _note(session, SubjectKind.SESSION)


@transaction.atomic
def restore_session(*, session: Session) -> Session:
    """Bring a deleted session back. Work that was stopped can be tried again by its job."""
    _change(session, {"deleted_at": None})
    _note(session, SubjectKind.SESSION)
    return session


def _change(row: Study | Session, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=[*changes, "updated_at"])


def _note(row: Study | Session | Participant, subject_kind: SubjectKind) -> None:
    record_change(workspace_id=row.workspace_id, subject_kind=subject_kind, subject_ids=[row.id])


def _stop_jobs(jobs: Any) -> None:
    for job in jobs.filter(state__in=ACTIVE_STATES):
        cancel_job(job=job)


def _save_once_named(participant: Participant) -> None:
    try:
        with transaction.atomic():
            participant.save()
    except IntegrityError as error:
        raise ConflictError(
            f"There is a participant called “{participant.code_name}” already.",
            remedy="Choose another code name, or use that participant.",
            fields={"code_name": ["This code name is taken."]},
        ) from error
