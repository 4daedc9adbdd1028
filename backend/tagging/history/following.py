"""What follows when rows have been put back: excerpts say their words again, search looks anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.sources.models import Segment, Speaker, Transcript
from backend.sources.services import retire_words
from backend.tagging.history.putting import ObstacleError
from backend.tagging.history.recording import current_recording
from backend.tagging.history.steps import Step
from backend.tagging.history.word_edits import returning_words
from backend.tagging.models import Change, Excerpt
from backend.tagging.services.changes import record_excerpt_change
from backend.tagging.services.corrections import rederive_excerpts
from backend.tagging.tag_tree import find_tree_fault, lock_codebook

_SHOWN_LENGTH_MAXIMUM = 60

WordIds = dict[UUID, set[int]]

# What search learns of by its table; excerpts are told of with all that hangs on them.
_SUBJECTS = {
    "tagging.tag": SubjectKind.TAG,
    "sources.segment": SubjectKind.SEGMENT,
    "memos.memo": SubjectKind.MEMO,
}


def words_held(steps: Iterable[Step]) -> WordIds:
    """The ids of the words in the touched segments as they are now, by transcript."""
    held: WordIds = defaultdict(set)
    for step in steps:
        if isinstance(step.row, Segment):
            held[step.row.transcript_id].update(word[0] for word in step.row.words)
    return held


def follow(
    steps: list[Step], *, held_before: WordIds, excerpt_ids: Collection[UUID], since: datetime
) -> None:
    """Let everything follow that hangs on the rows that were put back.

    `held_before` are the words_held before that, `excerpt_ids` the excerpts that the change
    touched, `since` when it was made. Raises ObstacleError if an excerpt marked meanwhile would
    be left without words.
    """
    held_after = words_held(steps)
    touched: WordIds = defaultdict(set)
    for transcript_id in held_before.keys() | held_after.keys():
        before, after = held_before[transcript_id], held_after[transcript_id]
        touched[transcript_id] = before | after
        _count_words(transcript_id, len(after) - len(before))
        _check_left_without_words(transcript_id, before - after, steps)
        _retire(transcript_id, before - after)
    _extend_excerpts(steps, since)
    for transcript_id, word_ids in _words_of_excerpts(steps).items():
        touched[transcript_id] |= word_ids
    for transcript in Transcript.objects.filter(id__in=list(touched)).order_by("id"):
        rederive_excerpts(transcript=transcript, word_ids=touched[transcript.id])
    _rederive_whole(steps)
    _check_codebook(steps)
    _tell_search(steps, excerpt_ids)


def _count_words(transcript_id: UUID, added: int) -> None:
    if added:
        rows = Transcript.objects.filter(id=transcript_id)
        rows.update(word_count=F("word_count") + added)


def _check_left_without_words(transcript_id: UUID, gone: set[int], steps: list[Step]) -> None:
    if not gone:
        return
    excerpts = Excerpt.objects.kept().filter(transcript_id=transcript_id)
    excerpts = excerpts.exclude(id__in=_own_excerpts(steps))
    for word_ids, text in excerpts.values_list("word_ids", "text"):
        if gone.issuperset(word_ids):
            shown = text[:_SHOWN_LENGTH_MAXIMUM]
            raise ObstacleError(f"an excerpt rests on “{shown}”, and nothing of it would be left")


def _retire(transcript_id: UUID, gone: set[int]) -> None:
    if gone:
        retire_words(transcript=Transcript.objects.get(id=transcript_id), word_ids=gone)


def _own_excerpts(steps: Iterable[Step]) -> set[Any]:
    """Those that the change knows of, or that it asked somebody to look at."""
    own: set[Any] = {step.row_id for step in steps if step.table == "tagging.excerpt"}
    for step in steps:
        if step.table == "tagging.review":
            of_row = getattr(step.row, "excerpt_id", None)
            own.add(of_row or (step.expected or {}).get("excerpt_id"))
    return own - {None}


def _extend_excerpts(steps: list[Step], since: datetime) -> None:
    """An excerpt marked or moved since that ends with a word that stood for more ends with all that
    come back. Earlier ones that changed go back by their own rows.
    """
    own = _own_excerpts(steps)
    extended = []
    for transcript_id, returning in _returning(steps).items():
        excerpts = Excerpt.objects.filter(
            Q(created_at__gt=since) | Q(id__in=_moved_since(transcript_id, since)),
            transcript_id=transcript_id,
        ).exclude(id__in=own)
        for excerpt in excerpts.only("id", "word_ids"):
            behind = returning.get(excerpt.word_ids[-1])
            if behind and behind[0] not in excerpt.word_ids:
                excerpt.word_ids = [*excerpt.word_ids, *behind]
                extended.append(excerpt)
    Excerpt.objects.bulk_update(extended, ["word_ids"], batch_size=200)


def _moved_since(transcript_id: UUID, since: datetime) -> set[str]:
    """The ids of excerpts that somebody gave another range."""
    changes = Change.objects.filter(
        session__sources__transcripts=transcript_id,
        verb="excerpt.update",
        created_at__gt=since,
        undone_at__isnull=True,
    )
    rows = (row for rows in changes.values_list("rows", flat=True) for row in rows)
    return {row["id"] for row in rows if "word_ids" in (row["after"] or {})}


def _returning(steps: list[Step]) -> dict[UUID, dict[int, list[int]]]:
    found: dict[UUID, dict[int, list[int]]] = defaultdict(dict)
    for step in steps:
        if not isinstance(step.row, Segment) or step.expected is None or step.wanted is None:
            continue
        expected, wanted = step.expected.get("words"), step.wanted.get("words")
        if isinstance(expected, dict) and isinstance(wanted, dict):
            returning = returning_words(step.row.words, expected, wanted)
            found[step.row.transcript_id].update(returning)
    return {transcript_id: returning for transcript_id, returning in found.items() if returning}


def _words_of_excerpts(steps: list[Step]) -> WordIds:
    ids = [step.row_id for step in steps if step.table == "tagging.excerpt"]
    words: WordIds = defaultdict(set)
    rows = Excerpt.objects.filter(id__in=ids).values_list("transcript_id", "word_ids")
    for transcript_id, word_ids in rows:
        words[transcript_id].update(word_ids)
    return words


def _rederive_whole(steps: list[Step]) -> None:
    """A speaker's role or participant says whose evidence excerpts are, wherever they are heard."""
    speakers = [step.row_id for step in steps if step.table == "sources.speaker"]
    sources = Speaker.objects.filter(id__in=speakers).values("source_id")
    for transcript in Transcript.objects.filter(source_id__in=sources).order_by("id"):
        rederive_excerpts(transcript=transcript)


def _check_codebook(steps: list[Step]) -> None:
    tags = [step.row_id for step in steps if step.table == "tagging.tag"]
    if not tags:
        return
    # Nobody moves tags meanwhile: two moves at once could make a loop.
    lock_codebook(steps[0].workspace_id)
    if fault := find_tree_fault(steps[0].workspace_id, tags):
        raise ObstacleError(fault)


def _tell_search(steps: list[Step], excerpt_ids: Collection[UUID]) -> None:
    workspace_id = steps[0].workspace_id
    record_excerpt_change(workspace_id=workspace_id, excerpt_ids=excerpt_ids)
    for table, subject_kind in _SUBJECTS.items():
        record_change(
            workspace_id=workspace_id,
            subject_kind=subject_kind,
            subject_ids=[step.row_id for step in steps if step.table == table],
        )
    if (recording := current_recording()) is not None:
        recording.rederived(excerpt_ids)
