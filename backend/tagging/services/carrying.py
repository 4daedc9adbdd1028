"""Deciding, excerpt by excerpt, where it hangs in another version. Nothing is saved here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from backend.sources.alignment import align_words
from backend.sources.anchoring import Run, UnknownWordError, WordLine
from backend.sources.models import Segment, Speaker, Transcript
from backend.sources.relocation import Certainty, Finder, Place
from backend.tagging.models import Anchor, CarryOutcome, Excerpt, Review, ReviewState
from backend.tagging.services.anchors import leave_place, restore_hearing
from backend.tagging.services.snapshots import MAXIMUM_WORDS, apply_snapshot


@dataclass
class Reading:
    """A version of a transcript with its segments and words at hand. One query."""

    transcript: Transcript
    _finders: dict[UUID, Finder] = field(default_factory=dict)

    @cached_property
    def segments(self) -> list[Segment]:
        return list(self.transcript.segments.select_for_update(of=("self",)).order_by("position"))

    @cached_property
    def line(self) -> WordLine:
        return WordLine(self.segments)

    @cached_property
    def segment_indexes(self) -> list[int]:
        """For each word of the line, the index of its segment."""
        return [index for index, segment in enumerate(self.segments) for _ in segment.words]

    def find_from(self, old: "Reading") -> Finder:
        """Finds words of another version in this one. Aligned once."""
        if old.transcript.id not in self._finders:
            alignment = align_words(old.line.words, self.line.words)
            self._finders[old.transcript.id] = Finder(alignment)
        return self._finders[old.transcript.id]

    def forget_words(self) -> None:
        """The words of the segments were changed: what was made of them is made anew."""
        for name in ("line", "segment_indexes"):
            self.__dict__.pop(name, None)
        self._finders.clear()


@dataclass(frozen=True)
class Verdict:
    """What became of an excerpt. `left` is where it hung, if it was carried; its fields are set."""

    excerpt: Excerpt
    left: Anchor | None = None
    review: Review | None = None


@dataclass
class Carrier:
    """Carries excerpts of other versions to one version of their source.

    `anchors` and `reviews` are those of that version, by excerpt; `readings` are versions that
    were read already.
    """

    reading: Reading
    speakers: Sequence[Speaker]
    anchors: Mapping[UUID, Anchor] = field(default_factory=dict)
    reviews: Mapping[UUID, Review] = field(default_factory=dict)
    readings: Mapping[UUID, Reading] = field(default_factory=dict)

    def carry(self, excerpts: Sequence[Excerpt]) -> list[Verdict]:
        """Decide about excerpts of one version."""
        transcript = excerpts[0].transcript
        old = self.readings.get(transcript.id) or Reading(transcript)
        return [self._decide(excerpt, old) for excerpt in excerpts]

    def _decide(self, excerpt: Excerpt, old: Reading) -> Verdict:
        review = self.reviews.get(excerpt.id)
        if review is not None and _is_kept(review):
            return Verdict(excerpt)
        if (anchor := self.anchors.get(excerpt.id)) and (run := self._run_of(anchor)):
            return Verdict(excerpt, left=self._move_back(excerpt, anchor, run))
        place = _find(self.reading.find_from(old), old.line, excerpt)
        if place.certainty == Certainty.UNCERTAIN:
            return Verdict(excerpt, review=self._review(excerpt, place, CarryOutcome.UNCERTAIN))
        run = self._run_at(place)
        assert run is not None
        found = None
        if place.certainty == Certainty.REWORDED:
            found = self._review(excerpt, place, CarryOutcome.REWORDED)
        elif review is not None and review.state == ReviewState.OPEN:
            found = self._review(excerpt, place, review.outcome, state=ReviewState.ACCEPTED)
        return Verdict(excerpt, left=self.move(excerpt, run), review=found)

    def move(self, excerpt: Excerpt, run: Run) -> Anchor:
        """Hang the excerpt on this version's words, without saving; where it hung until now."""
        left = leave_place(excerpt)
        excerpt.transcript = self.reading.transcript
        apply_snapshot(excerpt, run, self.speakers)
        return left

    def _move_back(self, excerpt: Excerpt, anchor: Anchor, run: Run) -> Anchor:
        left = self.move(excerpt, run)
        restore_hearing(excerpt, anchor)
        return left

    def _run_of(self, anchor: Anchor) -> Run | None:
        try:
            return self.reading.line.cut_held(anchor.word_ids)
        except UnknownWordError:
            return None

    def _run_at(self, place: Place) -> Run | None:
        if place.first is None or place.last is None:
            return None
        words = self.reading.line.words
        return self.reading.line.cut(
            first_word_id=words[place.first][0], last_word_id=words[place.last][0]
        )

    def _review(
        self, excerpt: Excerpt, place: Place, outcome: str, *, state: str = ReviewState.OPEN
    ) -> Review:
        run = self._run_at(place)
        return Review(
            workspace_id=excerpt.workspace_id,
            excerpt=excerpt,
            transcript=self.reading.transcript,
            outcome=outcome,
            state=state,
            resolved_at=None if state == ReviewState.OPEN else timezone.now(),
            old_text=excerpt.text,
            old_transcript_id=excerpt.transcript_id,
            proposed_text=run.text if run else "",
            proposed_first_word_id=run.word_ids[0] if run else None,
            proposed_last_word_id=run.word_ids[-1] if run else None,
        )


def _is_kept(review: Review) -> bool:
    """Whether somebody said that it belongs on the earlier version, and it is there."""
    is_there = review.excerpt.transcript_id == review.old_transcript_id
    return review.state == ReviewState.KEPT and is_there


def _find(finder: Finder, line: WordLine, excerpt: Excerpt) -> Place:
    try:
        held = line.cut_held(excerpt.word_ids).word_ids
    except UnknownWordError:
        return Place(Certainty.UNCERTAIN)
    place = finder.find(line.place_of(held[0]), line.place_of(held[-1]))
    is_too_long = (place.last or 0) - (place.first or 0) >= MAXIMUM_WORDS
    return Place(Certainty.UNCERTAIN) if is_too_long else place
