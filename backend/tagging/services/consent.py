"""Writing who a participant is; excerpts of others follow from whether they agree."""

from typing import Any

from django.db import transaction

from backend.sources.models import Transcript
from backend.studies import services as studies
from backend.studies.models import ConsentState, Participant
from backend.tagging.services.corrections import rederive_excerpts


@transaction.atomic
def update_participant(*, participant: Participant, **changes: Any) -> Participant:
    """Change code_name, real_name, attributes or consent. Raises ConflictError.

    Nothing that somebody said is deleted when they withdraw: nobody is shown it, until they agree
    again.
    """
    was_withdrawn = participant.consent == ConsentState.WITHDRAWN
    studies.update_participant(participant=participant, **changes)
    if was_withdrawn != (participant.consent == ConsentState.WITHDRAWN):
        for transcript in _heard_in(participant):
            rederive_excerpts(transcript=transcript)
    return participant


def _heard_in(participant: Participant) -> list[Transcript]:
    """Every version of what they are heard in."""
    rows = Transcript.objects.filter(source__speakers__participant=participant)
    return list(rows.distinct().order_by("source_id", "id"))
