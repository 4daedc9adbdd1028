"""What people said who took back their consent: it is kept, and shown to nobody.

Consent that is given again brings it back as it was.
"""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from backend.common.errors import ConflictError
from backend.sources.anchoring import Word, text_of
from backend.sources.models import Segment, Source, Speaker
from backend.studies.models import ConsentState, Participant

# Stands in an excerpt of somebody else for what a person said in it who withdrew.
LEFT_OUT = "[…]"


class WithheldError(ConflictError):
    """These are words of somebody who withdrew: nobody reads them, so nobody changes them."""

    code = "withheld"


def withheld(prefix: str = "") -> Q:
    """The condition under which nobody is shown a segment's words."""
    return Q(**{f"{prefix}speaker__participant__consent": ConsentState.WITHDRAWN})


def is_withheld() -> Case:
    """The same, as a column of segments."""
    return Case(
        When(withheld(), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def readable_text(words: Iterable[Word], withheld_ids: Collection[int]) -> str:
    """The text of these words without those that are withheld."""
    stretches = groupby(words, key=lambda word: word[0] in withheld_ids)
    return " ".join(LEFT_OUT if is_left_out else text_of(own) for is_left_out, own in stretches)


def refuse_withheld(segments: Iterable[Segment]) -> None:
    """Let nobody change what nobody may read. Their speaker and participant are at hand.

    Raises WithheldError.
    """
    for segment in segments:
        if segment.is_withheld:
            assert segment.speaker is not None
            refuse_withdrawn(segment.speaker.participant)


def refuse_withdrawn(participant: Participant | None) -> None:
    """Raises WithheldError if they took back their consent."""
    if participant is not None and participant.consent == ConsentState.WITHDRAWN:
        raise WithheldError(
            f"{participant.code_name} took back their consent: what they said is not shown, and "
            "can't be changed.",
            remedy="Nothing was changed. If they agree again, record their consent first.",
        )


def refuse_if_heard(source: Source) -> None:
    """For what can only be handed out, or worked on, as a whole: raises WithheldError if anybody
    is heard in it who withdrew. One query.
    """
    speakers = Speaker.objects.filter(source=source, participant__consent=ConsentState.WITHDRAWN)
    for speaker in speakers.select_related("participant")[:1]:
        refuse_withdrawn(speaker.participant)


def refuse_if_alone(source: Source) -> None:
    """Raises WithheldError if no participant is heard there who has not withdrawn. One query.

    Where others are, too, their words can still be listened to.
    """
    rows = Speaker.objects.filter(
        source=source, merged_into__isnull=True, participant__isnull=False
    )
    speakers = list(rows.select_related("participant"))
    if are_alone(speakers):
        refuse_withdrawn(speakers[0].participant)


def withdrawn_among(speakers: Iterable[Speaker]) -> list[Participant]:
    """Who of them took back their consent, each once. Their participants are at hand."""
    people = (speaker.participant for speaker in speakers if speaker.has_withdrawn)
    return list(dict.fromkeys(person for person in people if person is not None))


def are_alone(speakers: Iterable[Speaker]) -> bool:
    """Whether participants are among them, and all of those withdrew: then what they say is heard
    by nobody. Their participants are at hand.
    """
    known = [speaker for speaker in speakers if speaker.participant is not None]
    return bool(known) and all(speaker.has_withdrawn for speaker in known)


def sources_with_withheld(workspace_id: UUID) -> QuerySet[Speaker, Any]:
    """The ids of the sources in which somebody is heard who withdrew, for a subquery."""
    speakers = Speaker.objects.filter(
        workspace_id=workspace_id, participant__consent=ConsentState.WITHDRAWN
    )
    return speakers.values("source_id")
