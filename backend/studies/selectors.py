"""Reading studies, participants and sessions, with their counts.

Excerpts, media and personas live in rooms above; they are reached by the names of their reverse
relations, never by import.
"""

from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from backend.common.errors import InvalidInputError
from backend.studies.models import ConsentState, Participant, Session, Study
from backend.workspaces.models import Workspace

# Evidence: excerpts that are kept, of people who have not withdrawn.
_LIVE_EXCERPTS = Q(excerpts__deleted_at__isnull=True) & (
    Q(excerpts__participant__isnull=True)
    | Q(excerpts__participant__consent__in=[ConsentState.UNKNOWN, ConsentState.GIVEN])
)


def studies_of(workspace: Workspace) -> QuerySet[Study]:
    """Kept studies, newest first, each with its counts and the time something last happened."""
    sessions = Session.objects.kept().filter(study=OuterRef("pk")).order_by().values("study")
    heard = Session.participants.through.objects.filter(
        session__study=OuterRef("pk"), session__deleted_at__isnull=True
    )
    return (
        Study.objects.kept()
        .filter(workspace=workspace)
        .annotate(
            session_count=_number(sessions, Count("pk")),
            participant_count=_number(
                heard.order_by().values("session__study"), Count("participant", distinct=True)
            ),
            excerpt_count=_number(sessions, Count("excerpts", filter=_LIVE_EXCERPTS)),
            heard_ms=_number(sessions, Sum("sources__media__duration_ms")),
            last_activity_at=Greatest(
                F("updated_at"),
                _time_or(F("updated_at"), sessions.annotate(at=Max("updated_at"))),
                _time_or(F("updated_at"), sessions.annotate(at=Max("excerpts__updated_at"))),
            ),
        )
        .order_by("-created_at", "id")
    )


def participants_of(workspace: Workspace, *, study_id: UUID | None = None) -> QuerySet[Participant]:
    """Participants by code name, with counts and their persona at hand; of one study if asked."""
    is_kept = Q(session__deleted_at__isnull=True, session__study__deleted_at__isnull=True)
    attended = Session.participants.through.objects.filter(is_kept, participant=OuterRef("pk"))
    quoted = Participant.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    participants = with_persona(Participant.objects.filter(workspace=workspace)).annotate(
        session_count=_number(attended.order_by().values("participant"), Count("pk")),
        excerpt_count=_number(
            quoted,
            Count(
                "excerpts",
                filter=_LIVE_EXCERPTS
                & Q(
                    excerpts__session__deleted_at__isnull=True,
                    excerpts__session__study__deleted_at__isnull=True,
                ),
            ),
        ),
    )
    if study_id is not None:
        in_study = Session.participants.through.objects.filter(is_kept, session__study=study_id)
        participants = participants.filter(pk__in=in_study.values("participant"))
    return participants.order_by("code_name", "id")


def sessions_of(workspace: Workspace, *, study_id: UUID | None = None) -> QuerySet[Session]:
    """Kept sessions of kept studies, latest first, with participants and counts at hand."""
    quoted = Session.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    sessions = (
        Session.objects.kept()
        .filter(workspace=workspace, study__deleted_at__isnull=True)
        .select_related("study")
        .prefetch_related(
            Prefetch("participants", with_persona(Participant.objects.order_by("code_name", "id")))
        )
        .annotate(excerpt_count=_number(quoted, Count("excerpts", filter=_LIVE_EXCERPTS)))
    )
    if study_id is not None:
        sessions = sessions.filter(study=study_id)
    return sessions.order_by(F("held_on").desc(nulls_last=True), "-created_at", "id")


def with_persona(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Fetch each participant's persona along, for persona_of."""
    return participants.select_related("persona_link__persona")


def persona_of(participant: Participant) -> Any | None:
    """The kept persona this participant is behind, or None."""
    link = getattr(participant, "persona_link", None)
    if link is None or link.persona.deleted_at is not None:
        return None
    return link.persona


def get_study(workspace: Workspace, study_id: UUID) -> Study:
    """The kept study a request names. Raises InvalidInputError, for strangers' studies too."""
    study = Study.objects.kept().filter(workspace=workspace, id=study_id).first()
    if study is None:
        raise InvalidInputError(
            "This study does not exist any more.",
            remedy="Choose another study.",
            fields={"study_id": ["There is no such study."]},
        )
    return study


def get_participants(workspace: Workspace, participant_ids: list[UUID]) -> list[Participant]:
    """The participants a request names. Raises InvalidInputError if one is not there."""
    wanted = set(participant_ids)
    found = list(Participant.objects.filter(workspace=workspace, id__in=wanted))
    if len(found) < len(wanted):
        raise InvalidInputError(
            "One of these participants does not exist.",
            remedy="Reload the page and choose the participants again.",
            fields={"participant_ids": ["There is no such participant."]},
        )
    return found


def _number(rows: QuerySet[Any, Any], expression: Any) -> Coalesce:
    """One number per outer row; `rows` is grouped by what ties it to the outer row."""
    counted = rows.annotate(number=expression).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _time_or(default: F, rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("at"), output_field=DateTimeField()), default)
