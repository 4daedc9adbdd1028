"""Replacing words throughout a transcript, with a look before, and undoing it: excerpts follow."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from backend.common.errors import ConflictError
from backend.sources.models import Segment, TextChange, Transcript, WordCorrection
from backend.sources.replacing import (
    Edit,
    Match,
    Replacement,
    find_matches,
    replace_matches,
    restore_edit,
)
from backend.sources.services import retire_words
from backend.sources.withdrawal import refuse_withheld, withheld
from backend.tagging.history import Recording, recording
from backend.tagging.models import Anchor, Excerpt
from backend.tagging.services.corrections import CORRECTION_LENGTH_MAXIMUM, rederive_excerpts
from backend.tagging.services.snapshots import lock_source

QUOTE_LENGTH_MAXIMUM = 60


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
) -> TextChange:
    """Replace those matches that begin with these words. Excerpts that hold them follow.

    Matches that are not there any more are left out: see the change's `corrections` for what was
    done. Raises ConflictError if none is there, or if an excerpt would be left without words.
    """
    _lock(transcript)
    segments = _lock_segments(transcript)
    chosen = _choose(segments, replacement, first_word_ids)
    matches = [match for own in chosen.values() for match in own]
    _check_matches(transcript, matches)
    summary = f"“{replacement.find}” replaced by “{replacement.replace}”"
    removed = [word_id for match in matches for word_id in match.removed_word_ids]
    with _recording(transcript, summary, user) as recorded:
        change = TextChange.objects.create(
            workspace_id=transcript.workspace_id,
            transcript=transcript,
            summary=summary,
            created_by=user,
        )
        recorded.made(change)
        changed = [segment for segment in segments if segment.id in chosen]
        recorded.watch(*changed)
        for segment in changed:
            segment.words, edits = replace_matches(segment.words, chosen[segment.id])
            change.edits += [[str(segment.id), edit.before, edit.after] for edit in edits]
        _save_words(transcript, changed, added=-len(removed))
        retire_words(transcript=transcript, word_ids=removed)
        recorded.made(*_note_corrections(change, matches))
        _carry_excerpts_along(change)
        change.save(update_fields=["edits", "anchors", "updated_at"])
    return change


@transaction.atomic
def undo_text_change(*, change: TextChange, user: Any = None) -> TextChange:
    """Put the words back as they were, with their ids, and the excerpts on them.

    Raises ConflictError if it was undone already, or if any of these places changed since.
    """
    transcript = change.transcript
    _lock(transcript)
    change.refresh_from_db()
    if change.undone_at is not None:
        raise ConflictError("This was undone already.", remedy="Reload the page.")
    ids = {segment_id for segment_id, _, _ in change.edits}
    segments = {str(row.id): row for row in _lock_segments(transcript) if str(row.id) in ids}
    refuse_withheld(segments.values())
    with _recording(transcript, f"Undone: {change.summary}", user) as recorded:
        recorded.watch(change, *segments.values(), *change.corrections.all())
        _restore_words(segments, change)
        added = sum(len(before) - len(after) for _, before, after in change.edits)
        _save_words(transcript, list(segments.values()), added=added)
        change.corrections.all().delete()
        recorded.watch(*_excerpts_on(change, _touched(change)))
        _put_excerpts_back(change)
        change.undone_at = timezone.now()
        change.save(update_fields=["undone_at", "updated_at"])
    return change


def _recording(
    transcript: Transcript, summary: str, user: Any
) -> AbstractContextManager[Recording]:
    return recording(
        workspace_id=transcript.workspace_id,
        session_id=transcript.source.session_id,
        user=user,
        verb="text.replace",
        summary=summary,
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


def _note_corrections(change: TextChange, matches: Iterable[Match]) -> list[WordCorrection]:
    return WordCorrection.objects.bulk_create(
        [
            WordCorrection(
                workspace_id=change.workspace_id,
                transcript_id=change.transcript_id,
                word_id=match.first_word_id,
                before=match.before[:CORRECTION_LENGTH_MAXIMUM],
                after=match.after[:CORRECTION_LENGTH_MAXIMUM],
                text_change=change,
                created_by=change.created_by,
            )
            for match in matches
        ],
        batch_size=500,
    )


def _carry_excerpts_along(change: TextChange) -> None:
    """Let excerpts say the new words, and remember on what they rested and who had heard it."""
    touched = _touched(change)
    before = {str(row.id): row for row in _excerpts_on(change, touched)}
    rederive_excerpts(transcript=change.transcript, word_ids=touched)
    after = Excerpt.objects.filter(id__in=list(before)).values_list("id", "word_ids")
    change.anchors = {
        str(excerpt_id): {
            "before": before[str(excerpt_id)].word_ids,
            "after": word_ids,
            "text": before[str(excerpt_id)].text,
            "heard": _heard(before[str(excerpt_id)]),
        }
        for excerpt_id, word_ids in after
    }


def _heard(excerpt: Excerpt) -> dict[str, Any] | None:
    if excerpt.heard_at is None:
        return None
    by = str(excerpt.heard_by_id) if excerpt.heard_by_id else None
    return {"at": excerpt.heard_at.isoformat(), "by": by, "how": excerpt.heard_how}


def _put_excerpts_back(change: TextChange) -> None:
    """Excerpts rest on what they did. One marked since that ends with words that stood for more
    ends with all that come back.
    """
    touched = _touched(change)
    returning = _returning_words(change)
    moved = []
    for excerpt in _excerpts_on(change, touched):
        anchor = change.anchors.get(str(excerpt.id))
        is_as_left = anchor is not None and excerpt.word_ids == anchor["after"]
        behind = returning.get(excerpt.word_ids[-1], [])
        word_ids = anchor["before"] if is_as_left else [*excerpt.word_ids, *behind]
        if word_ids != excerpt.word_ids:
            excerpt.word_ids = word_ids
            moved.append(excerpt)
    Excerpt.objects.bulk_update(moved, ["word_ids"], batch_size=200)
    rederive_excerpts(transcript=change.transcript, word_ids=touched)
    _remember_heard(change)


def _remember_heard(change: TextChange) -> None:
    """What somebody had heard is heard, where the very same is said again."""
    heard = {id_: anchor for id_, anchor in change.anchors.items() if anchor["heard"]}
    unheard = Excerpt.objects.filter(id__in=list(heard), heard_at__isnull=True)
    again = [row for row in unheard if row.text == heard[str(row.id)]["text"]]
    listeners = {anchor["heard"]["by"] for anchor in heard.values()} - {None}
    users = {str(user.pk): user for user in get_user_model().objects.filter(pk__in=listeners)}
    for excerpt in again:
        hearing = heard[str(excerpt.id)]["heard"]
        excerpt.heard_at = datetime.fromisoformat(hearing["at"])
        excerpt.heard_by, excerpt.heard_how = users.get(hearing["by"]), hearing["how"]
    Excerpt.objects.bulk_update(again, ["heard_at", "heard_by", "heard_how"], batch_size=200)


def _restore_words(segments: dict[str, Segment], change: TextChange) -> None:
    stale_count = 0
    for segment_id, before, after in change.edits:
        segment = segments.get(segment_id)
        words = restore_edit(segment.words, Edit(before, after)) if segment else None
        if segment is None or words is None:
            stale_count += 1
        else:
            segment.words = words
    if stale_count:
        places = "one of its places was" if stale_count == 1 else f"{stale_count} places were"
        raise ConflictError(
            f"{change.summary}: this can't be undone, because {places} corrected since.",
            remedy="Undo the later change first, or correct these words by hand.",
        )


def _touched(change: TextChange) -> set[int]:
    return {word[0] for _, before, _ in change.edits for word in before}


def _excerpts_on(change: TextChange, word_ids: set[int]) -> list[Excerpt]:
    """Those of the transcript that hold any of these words, or held some; deleted ones too."""
    excerpts = Excerpt.objects.select_for_update(no_key=True).filter(
        transcript=change.transcript_id
    )
    return [
        excerpt
        for excerpt in excerpts
        if str(excerpt.id) in change.anchors or word_ids.intersection(excerpt.word_ids)
    ]


def _returning_words(change: TextChange) -> dict[int, list[int]]:
    """The ids that come back right behind each word that stayed."""
    returning: dict[int, list[int]] = {}
    for _, before, after in change.edits:
        stayed = {word[0] for word in after}
        behind: list[int] = []
        for word in before:
            if word[0] in stayed:
                behind = returning.setdefault(word[0], [])
            else:
                behind.append(word[0])
    return returning
