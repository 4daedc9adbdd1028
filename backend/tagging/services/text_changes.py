"""Replacing words throughout a transcript, with a look before: excerpts follow."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.sources.models import Segment, Transcript, WordCorrection
from backend.sources.replacing import (
    Match,
    Replacement,
    find_matches,
    replace_matches,
)
from backend.sources.services import retire_words
from backend.sources.withdrawal import withheld
from backend.tagging.history import Recording, recording
from backend.tagging.models import Anchor, Change, Excerpt
from backend.tagging.services.corrections import CORRECTION_LENGTH_MAXIMUM, rederive_excerpts
from backend.tagging.services.snapshots import lock_source

QUOTE_LENGTH_MAXIMUM = 60


@dataclass(frozen=True)
class Replaced:
    """What was changed (null: no person did it), in how many places, in which segments."""

    change: Change | None
    places: int
    segment_ids: list[UUID]


@dataclass(frozen=True)
class FoundMatch:
    """A match in its segment. `blocked_reason` says why it can't be replaced; empty: it can."""

    segment_id: UUID
    match: Match
    blocked_reason: str


def preview_replacement(*, transcript: Transcript, replacement: Replacement) -> list[FoundMatch]:
    """Every place where the words are found, in reading order; not in what is withheld.

    At most three queries.
    """
    rows = transcript.segments.exclude(withheld()).order_by("position").values_list("id", "words")
    found = [
        (segment_id, match)
        for segment_id, words in rows
        for match in find_matches(words, replacement)
    ]
    reasons = _reasons_against(transcript, [match for _, match in found])
    return [
        FoundMatch(segment_id, match, reasons.get(match.first_word_id, ""))
        for segment_id, match in found
    ]


@transaction.atomic
def replace_words(
    *,
    transcript: Transcript,
    replacement: Replacement,
    first_word_ids: Collection[int],
    user: Any = None,
) -> Replaced:
    """Replace those matches that begin with these words. Excerpts that hold them follow.

    Matches that are not there any more are left out. Raises ConflictError if none is there, or if
    an excerpt would be left without words.
    """
    _lock(transcript)
    segments = _lock_segments(transcript)
    chosen = _choose(segments, replacement, first_word_ids)
    matches = [match for own in chosen.values() for match in own]
    _check_matches(transcript, matches)
    removed = [word_id for match in matches for word_id in match.removed_word_ids]
    changed = [segment for segment in segments if segment.id in chosen]
    with _recording(transcript, replacement, user) as recorded:
        recorded.watch(*changed)
        touched: set[int] = set()
        for segment in changed:
            segment.words, edits = replace_matches(segment.words, chosen[segment.id])
            touched.update(word[0] for edit in edits for word in edit.before)
        _save_words(transcript, changed, added=-len(removed))
        retire_words(transcript=transcript, word_ids=removed)
        recorded.made(*_note_corrections(transcript, matches, user))
        rederive_excerpts(transcript=transcript, word_ids=touched)
    return Replaced(recorded.change, len(matches), [segment.id for segment in changed])


def _recording(
    transcript: Transcript, replacement: Replacement, user: Any
) -> AbstractContextManager[Recording]:
    return recording(
        workspace_id=transcript.workspace_id,
        session_id=transcript.source.session_id,
        user=user,
        verb="text.replace",
        summary=f"Replaced “{replacement.find}” by “{replacement.replace}”",
    )


def _lock(transcript: Transcript) -> None:
    """One change of text at a time; recognition locks the transcript when it adds text."""
    lock_source(transcript.source_id)
    transcript.refresh_from_db(from_queryset=Transcript.objects.select_for_update(no_key=True))


def _lock_segments(transcript: Transcript) -> list[Segment]:
    return list(
        transcript.segments.select_for_update(of=("self",))
        .select_related("speaker__participant")
        .order_by("position")
    )


def _choose(
    segments: Iterable[Segment], replacement: Replacement, first_word_ids: Collection[int]
) -> dict[UUID, list[Match]]:
    wanted = set(first_word_ids)
    chosen = {}
    for segment in segments:
        matches = [] if segment.is_withheld else find_matches(segment.words, replacement)
        if own := [match for match in matches if match.first_word_id in wanted]:
            chosen[segment.id] = own
    return chosen


def _check_matches(transcript: Transcript, matches: Sequence[Match]) -> None:
    if not matches:
        raise ConflictError(
            "These words are not there any more, so nothing was replaced.",
            remedy="Search again: somebody may have corrected them already.",
        )
    if reasons := _reasons_against(transcript, matches):
        raise ConflictError(
            f"Nothing was replaced. {next(iter(reasons.values()))}",
            remedy="Leave this place out, and correct it by hand.",
            fields={"first_word_ids": [str(word_id) for word_id in reasons]},
        )


def _reasons_against(transcript: Transcript, matches: Iterable[Match]) -> dict[int, str]:
    """Why matches can't be replaced, by first word id: an excerpt would have no words left.

    Places that excerpts of other versions may come back to count as well.
    """
    removed = {
        word_id: match.first_word_id for match in matches for word_id in match.removed_word_ids
    }
    if not removed:
        return {}
    columns = ("word_ids", "text")
    resting = [
        *Excerpt.objects.filter(transcript=transcript).values_list(*columns),
        *Anchor.objects.filter(transcript=transcript).values_list(*columns),
    ]
    return {
        removed[word_ids[0]]: f"An excerpt rests on “{text[:QUOTE_LENGTH_MAXIMUM]}” alone, and "
        "nothing of it would be left."
        for word_ids, text in resting
        if all(word_id in removed for word_id in word_ids)
    }


def _save_words(transcript: Transcript, segments: list[Segment], *, added: int) -> None:
    Segment.objects.bulk_update(segments, ["words"], batch_size=200)
    ids = [segment.id for segment in segments]
    Segment.objects.filter(id__in=ids).update(updated_at=timezone.now())
    transcript.word_count += added
    transcript.save(update_fields=["word_count", "updated_at"])


def _note_corrections(
    transcript: Transcript, matches: Iterable[Match], user: Any
) -> list[WordCorrection]:
    return WordCorrection.objects.bulk_create(
        [
            WordCorrection(
                workspace_id=transcript.workspace_id,
                transcript=transcript,
                word_id=match.first_word_id,
                before=match.before[:CORRECTION_LENGTH_MAXIMUM],
                after=match.after[:CORRECTION_LENGTH_MAXIMUM],
                created_by=user,
            )
            for match in matches
        ],
        batch_size=500,
    )
