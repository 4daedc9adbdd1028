"""Writing speakers: the voices of a source."""

from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from backend.common.errors import ConflictError
from backend.sources.models import Source, Speaker, SpeakerRole
from backend.studies.models import Participant, SessionKind

DEFAULT_LABEL = "Speaker 1"

# Here one participant speaks, so that the only voice we tell apart is theirs.
ONE_VOICE_KINDS = (SessionKind.INTERVIEW, SessionKind.FEEDBACK, SessionKind.SURVEY)


def get_default_speaker(*, source: Source) -> Speaker:
    """The speaker of newly recognised text.

    A source with one speaker keeps that one. Otherwise it is “Speaker 1” or, if merged, the one
    they are part of; made when needed, and linked to the session's participant if there is just one
    and the session is of a kind in which one participant speaks.
    """
    speakers = list(Speaker.objects.filter(source=source, merged_into=None)[:2])
    if len(speakers) == 1:
        return speakers[0]
    default = Speaker.objects.filter(source=source, label=DEFAULT_LABEL)
    # One that is not merged first: nulls sort as the engine likes.
    known = default.order_by(F("merged_into").asc(nulls_first=True), "created_at").first()
    if known is not None:
        return _whole(known)
    speaker, _ = Speaker.objects.get_or_create(
        source=source,
        label=DEFAULT_LABEL,
        merged_into=None,
        defaults={
            "workspace_id": source.workspace_id,
            "role": SpeakerRole.PARTICIPANT,
            "participant": only_voice(source),
        },
    )
    return speaker


def get_channel_speaker(*, source: Source, channel: int) -> Speaker:
    """The speaker whose channel this is, made when needed; if merged, the one they are part of."""
    speaker = Speaker.objects.filter(source=source, channel=channel).first()
    if speaker is None:
        return Speaker.objects.create(
            workspace_id=source.workspace_id,
            source=source,
            label=_free_label(source, first_number=channel + 1),
            channel=channel,
        )
    return _whole(speaker)


def _whole(speaker: Speaker) -> Speaker:
    """The speaker, or the one it was merged into."""
    while speaker.merged_into is not None:
        speaker = speaker.merged_into
    return speaker


def _free_label(source: Source, *, first_number: int) -> str:
    taken = set(Speaker.objects.filter(source=source).values_list("label", flat=True))
    labels = (f"Speaker {number}" for number in count(first_number))
    return next(label for label in labels if label not in taken)


def only_voice(source: Source) -> Participant | None:
    """The one participant whose words these must be, if that is certain."""
    if source.session.kind not in ONE_VOICE_KINDS:
        return None
    participants = list(source.session.participants.all()[:2])
    return participants[0] if len(participants) == 1 else None


def create_next_speaker(*, source: Source, role: str = SpeakerRole.PARTICIPANT) -> Speaker:
    """Add a voice that nobody has named: “Speaker” and the next number that is free."""
    return Speaker.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        label=_free_label(source, first_number=1),
        role=role,
    )


def create_speaker(
    *,
    source: Source,
    label: str,
    role: str = SpeakerRole.PARTICIPANT,
    participant: Participant | None = None,
) -> Speaker:
    """Add a voice to a source. Raises ConflictError when the label is taken."""
    speaker = Speaker(
        workspace_id=source.workspace_id,
        source=source,
        label=label,
        role=role,
        participant=participant,
    )
    _save_once_labelled(speaker)
    return speaker


def update_speaker(*, speaker: Speaker, **changes: Any) -> Speaker:
    """Change label, role or participant. Raises ConflictError when the label is taken.

    Whose words an excerpt holds may change with it: see tagging, which calls this.
    """
    for name, value in changes.items():
        setattr(speaker, name, value)
    _save_once_labelled(speaker)
    return speaker


def _save_once_labelled(speaker: Speaker) -> None:
    try:
        with transaction.atomic():
            speaker.save()
    except IntegrityError as error:
        raise ConflictError(
            f"There is a speaker called “{speaker.label}” in this recording already.",
            remedy="Choose another name, or use that speaker.",
            fields={"label": ["This name is taken."]},
        ) from error
