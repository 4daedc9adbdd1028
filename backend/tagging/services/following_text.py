"""What follows when people change words: excerpts come along, or somebody looks at them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from backend.sources.anchoring import Word
from backend.sources.editing import likeness
from backend.sources.models import Segment, Transcript
from backend.sources.replacing import Replacement, find_matches
from backend.sources.services import retire_words
from backend.tagging.history import recording
from backend.tagging.models import CarryOutcome, Excerpt, Review, ReviewState
from backend.tagging.services.corrections import rederive_excerpts

# Less alike than this, a word is another word, not the same one spelled anew.
SAME_WORD_LIKENESS = 0.5


@dataclass(frozen=True)
class _Loss:
    """What an excerpt was before, and what became of it."""

    excerpt: Excerpt
    outcome: str


def follow_words(*, transcript: Transcript, before: Sequence[Word], after: Sequence[Word]) -> None:
    """Let everything follow that hangs on words of a transcript; they are saved already.

    Words that are gone are counted and never come again under their ids. Excerpts say what is said
    now. Of one that lost all its words, or most, somebody must say where it belongs: it keeps its
    text and goes to the reviews.
    """
    held = {word[0] for word in after}
    gone = [word[0] for word in before if word[0] not in held]
    retire_words(transcript=transcript, word_ids=gone)
    Transcript.objects.filter(id=transcript.id).update(
        word_count=F("word_count") + len(after) - len(before), updated_at=timezone.now()
    )
    touched = {word[0] for word in before}
    losses = _losses(transcript, touched, _fates(before, after))
    rederive_excerpts(transcript=transcript, word_ids=touched)
    _ask_for_reviews(transcript, losses)


def _fates(before: Iterable[Word], after: Iterable[Word]) -> dict[int, str]:
    """What became of words that are not what they were: "gone" or "other"."""
    texts = {word[0]: word[1] for word in after}
    fates = {}
    for word in before:
        if word[0] not in texts:
            fates[word[0]] = "gone"
        elif not _is_same_word(word[1], texts[word[0]]):
            fates[word[0]] = "other"
    return fates


def _is_same_word(one: str, other: str) -> bool:
    return one == other or likeness(one, other) >= SAME_WORD_LIKENESS


def _losses(transcript: Transcript, touched: set[int], fates: Mapping[int, str]) -> list[_Loss]:
    if not fates:
        return []
    excerpts = Excerpt.objects.filter(transcript=transcript, position__lte=max(touched))
    losses = []
    for excerpt in excerpts:
        own = [fates[word_id] for word_id in excerpt.word_ids if word_id in fates]
        if own.count("gone") == len(excerpt.word_ids):
            losses.append(_Loss(excerpt, CarryOutcome.UNCERTAIN))
        elif len(own) * 2 > len(excerpt.word_ids):
            losses.append(_Loss(excerpt, CarryOutcome.REWORDED))
    return losses


def _ask_for_reviews(transcript: Transcript, losses: Sequence[_Loss]) -> None:
    if not losses:
        return
    ids = [loss.excerpt.id for loss in losses]
    known = {row.excerpt_id: row for row in transcript.reviews.filter(excerpt__in=ids)}
    now = {row.id: row for row in Excerpt.objects.filter(id__in=ids)}
    segments = list(transcript.segments.order_by("position"))
    with recording(
        workspace_id=transcript.workspace_id, user=None, verb="", summary=""
    ) as recorded:
        for loss in losses:
            review = known.get(loss.excerpt.id) or Review(
                workspace_id=transcript.workspace_id,
                excerpt_id=loss.excerpt.id,
                transcript=transcript,
            )
            (recorded.watch if loss.excerpt.id in known else recorded.made)(review)
            _fill(review, loss, now[loss.excerpt.id], segments)
            review.save()


def _fill(review: Review, loss: _Loss, now: Excerpt, segments: Iterable[Segment]) -> None:
    review.outcome = loss.outcome
    review.state = ReviewState.OPEN
    review.resolved_by = review.resolved_at = None
    review.old_text = loss.excerpt.text
    review.old_transcript_id = review.transcript_id
    review.proposed_text, first, last = "", None, None
    if loss.outcome == CarryOutcome.REWORDED:
        review.proposed_text, first, last = now.text, now.word_ids[0], now.word_ids[-1]
    elif found := _find_again(loss.excerpt.text, segments):
        review.proposed_text, first, last = found
    review.proposed_first_word_id, review.proposed_last_word_id = first, last


def _find_again(text: str, segments: Iterable[Segment]) -> tuple[str, int, int] | None:
    """Where the very words stand now, if they were moved to one place."""
    sought = Replacement(find=text, replace="…")
    matches = [match for row in segments for match in find_matches(row.words, sought)]
    if len(matches) != 1:
        return None
    return matches[0].before, matches[0].first_word_id, matches[0].last_word_id
