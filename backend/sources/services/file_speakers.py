"""Names in imported files that are nobody's we know: they may be real, so they become labels.

Meeting programs write people's real names. Those of the session's participants are known; who is of
the team asked the questions; any other name stays with the file, for those who may see names, and
everyone sees “Speaker 1”.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from uuid import UUID

from backend.sources.captions import Cue
from backend.sources.models import ImportedFile, Source, Speaker
from backend.sources.services.cues import (
    find_speaker,
    folded_name,
    participant_called,
    participants_by_name,
)
from backend.sources.text_parsing import PARTICIPANT, role_of
from backend.workspaces.models import Membership

MODERATOR_LABEL = "Moderator"

# “SPEAKER_00”, “Voice B”, “P01”, “2”: what programs and people write instead of names.
_NEUTRAL = re.compile(
    r"(?:(?:speaker|voice|person|participant|guest|caller|unknown)s?(?:[ _-]*(?:\d+|[a-z]))?"
    r"|[a-z]{0,3}[ _-]?\d+)",
    re.IGNORECASE,
)


def hidden_names(*, source: Source, cues: Iterable[Cue]) -> dict[str, str]:
    """The label for each name in the cues that is to be seen by few only.

    A name that an earlier file of the source had, too, keeps the speaker it was given then.
    """
    names = list(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
    by_name = participants_by_name(source)
    speakers = list(Speaker.objects.filter(source=source, merged_into=None))
    earlier = _labels_given_before(source)
    team = _names_of_team(source.workspace_id)
    labels = _free_labels({speaker.label for speaker in speakers} | set(names))
    hidden: dict[str, str] = {}
    for name in names:
        participant = participant_called(name, by_name)
        is_known = participant is not None or find_speaker(speakers, name, None) is not None
        if not is_known and role_of(name) == PARTICIPANT and not _NEUTRAL.fullmatch(name.strip()):
            of_team = MODERATOR_LABEL if folded_name(name) in team else ""
            hidden[name] = earlier.get(folded_name(name)) or of_team or next(labels)
    return hidden


def with_labels(cues: Sequence[Cue], hidden: dict[str, str]) -> list[Cue]:
    """The cues as everyone may see them."""
    return [replace(cue, speaker=hidden.get(cue.speaker, cue.speaker)) for cue in cues]


def keep_names(*, imported: ImportedFile, hidden: dict[str, str]) -> None:
    """Note beside what was left out of the file which name became whose label."""
    speakers = {
        speaker.label: speaker.id
        for speaker in Speaker.objects.filter(source=imported.source_id, merged_into=None)
    }
    imported.skipped += [
        [
            1,
            _reason_for(label),
            name,
            str(speakers[label]),
        ]
        for name, label in hidden.items()
        if label in speakers
    ]
    imported.save(update_fields=["skipped", "updated_at"])


def _reason_for(label: str) -> str:
    whose = "of somebody in your team" if label == MODERATOR_LABEL else "that is no participant's"
    return f"A name {whose}: here they are “{label}”."


def _names_of_team(workspace_id: UUID) -> set[str]:
    members = Membership.objects.filter(workspace=workspace_id)
    return {folded_name(name) for name in members.values_list("user__name", flat=True) if name}


def _labels_given_before(source: Source) -> dict[str, str]:
    kept = [
        (folded_name(entry[2]), UUID(entry[3]))
        for skipped in ImportedFile.objects.filter(source=source).values_list("skipped", flat=True)
        for entry in skipped
        if len(entry) > 2
    ]
    speakers = Speaker.objects.filter(merged_into=None).in_bulk([row_id for _, row_id in kept])
    return {name: speakers[row_id].label for name, row_id in kept if row_id in speakers}


def _free_labels(taken: set[str]) -> Iterator[str]:
    return (label for number in count(1) if (label := f"Speaker {number}") not in taken)
