"""Putting rows back never shows what somebody said who withdrew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import QuerySet

from backend.sources.models import Segment, Speaker
from backend.sources.withdrawal import withheld
from backend.tagging.history.putting import ObstacleError
from backend.tagging.history.steps import Step

_REASON = "it would show words of somebody who took back their consent"


@contextmanager
def keeping_withheld(steps: list[Step]) -> Iterator[None]:
    """Raises ObstacleError if words that are withheld could be read after what is done inside.

    Two queries, where turns or speakers are put back.
    """
    turns = _turns_touched(steps)
    if turns is None:
        yield
        return
    before = _word_ids(turns.filter(withheld()))
    yield
    if not before:
        return
    after = _word_ids(turns.exclude(withheld()))
    if any(before[transcript_id] & after[transcript_id] for transcript_id in before):
        raise ObstacleError(_REASON)


def _turns_touched(steps: Iterable[Step]) -> QuerySet[Segment] | None:
    """Those put back, and all of the speakers that are."""
    turns = [step.row_id for step in steps if step.table == "sources.segment"]
    speakers = [step.row_id for step in steps if step.table == "sources.speaker"]
    if speakers:
        sources = Speaker.objects.filter(id__in=speakers).values("source_id")
        return Segment.objects.filter(transcript__source_id__in=sources)
    return Segment.objects.filter(id__in=turns) if turns else None


def _word_ids(turns: QuerySet[Segment]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    for transcript_id, words in turns.values_list("transcript_id", "words"):
        found[transcript_id].update(word[0] for word in words)
    return found
