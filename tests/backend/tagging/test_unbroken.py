"""Quotes do not break: whatever happens to a transcript, in any order, nothing is lost or moved in
silence, and what was not touched stays what it is, to the byte."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.sources.models import Segment, Speaker, Transcript
from backend.sources.replacing import Replacement
from backend.sources.word_folding import fold_phrase
from backend.tagging.models import Excerpt, Review, Tagging
from backend.tagging.services import (
    accept_review,
    assign_speaker,
    correct_word,
    keep_review,
    reopen_review,
    replace_words,
    switch_version,
)
from backend.tagging.services.text_changes import preview_replacement

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["no", "yes,", "I", "so", "wait", "wait.", "weeks", "nobody", "came"])
JITTER = st.integers(-100, 100)


@dataclass
class House:
    """A recording whose transcript things happen to; what the excerpts said before each of them."""

    draw: Callable[..., Any]
    source: Any
    touched: set[int] = field(default_factory=set)  # ids of words of the current version
    is_recut: bool = False  # the same words were cut into other segments

    @property
    def current(self) -> Transcript:
        return Transcript.objects.get(source=self.source, is_current=True)

    @property
    def words(self) -> list[list[Any]]:
        return [word for segment in self.current.segments.all() for word in segment.words]

    def correct(self) -> None:
        segment = self.draw(st.sampled_from(list(self.current.segments.all())))
        word = self.draw(st.sampled_from(segment.words))
        self.touched = {word[0]}
        correct_word(segment=segment, word_id=word[0], text=self.draw(WORDS))

    def replace(self) -> None:
        replacement = Replacement(find=self.draw(WORDS), replace=self.draw(WORDS))
        found = preview_replacement(transcript=self.current, replacement=replacement)
        firsts = [one.match.first_word_id for one in found if not one.blocked_reason]
        if firsts:
            self.touched = set(firsts)
            replace_words(transcript=self.current, replacement=replacement, first_word_ids=firsts)

    def assign(self) -> None:
        segment = self.draw(st.sampled_from(list(self.current.segments.all())))
        speakers = list(Speaker.objects.filter(source=self.source))
        assign_speaker(
            segment=segment, scope="onward", speaker=self.draw(st.sampled_from(speakers))
        )

    def recut(self) -> None:
        self.is_recut = True
        switch_version(transcript=self._add_version([list(word) for word in self.words]))

    def transcribe_again(self) -> None:
        heard: list[list[Any]] = []
        for _, text, start_ms, end_ms, _ in self.words:
            kind = self.draw(st.sampled_from([*["keep"] * 6, "drop", "replace", "insert"]))
            times = (max(0, start_ms + self.draw(JITTER)), end_ms + self.draw(JITTER), 0.8)
            if kind == "insert":
                heard.append([0, "um", *times])
            if kind != "drop":
                heard.append([0, "hm" if kind == "replace" else text, *times])
        switch_version(transcript=self._add_version(heard or [[0, "hm", 0, 100, 0.8]]))

    def go_back(self) -> None:
        versions = list(Transcript.objects.filter(source=self.source).order_by("version"))
        switch_version(transcript=self.draw(st.sampled_from(versions)))

    def _add_version(self, words: list[list[Any]]) -> Transcript:
        version = Transcript.objects.filter(source=self.source).count() + 1
        made = Transcript.objects.create(
            workspace=self.source.workspace,
            source=self.source,
            version=version,
            is_current=False,
            state="complete",
            engine="whisper",
            word_count=len(words),
            next_word_id=len(words) + 1,
        )
        numbered = [[index + 1, *word[1:]] for index, word in enumerate(words)]
        while numbered:
            size = self.draw(st.integers(1, 8))
            own, numbered = numbered[:size], numbered[size:]
            Segment.objects.create(
                workspace=self.source.workspace,
                transcript=made,
                position=own[0][0],
                words=own,
                start_ms=own[0][2],
                end_ms=own[-1][3],
                is_speaker_suggested=True,
            )
        return made


def snapshot(source: Any) -> dict[Any, tuple[Any, list[int], str]]:
    return {
        excerpt.id: (excerpt.transcript_id, excerpt.word_ids, excerpt.text)
        for excerpt in Excerpt.objects.filter(source=source)
    }


def check_words(source: Any) -> None:
    """Every excerpt says what its words say, and hangs on words that are there."""
    spoken = {
        segment_words[0]: {}
        for segment_words in Transcript.objects.filter(source=source).values_list("id")
    }
    for transcript_id, words in Segment.objects.filter(transcript__source=source).values_list(
        "transcript_id", "words"
    ):
        spoken[transcript_id].update({word[0]: word[1] for word in words})
    for transcript_id, word_ids, text in snapshot(source).values():
        assert text == " ".join(spoken[transcript_id][word_id] for word_id in word_ids)


def check_place(excerpt: Excerpt, before: tuple[Any, list[int], str]) -> None:
    """It says the same where the transcript in use has it, or somebody is told."""
    transcript_id, _, text = before
    review = Review.objects.filter(
        excerpt=excerpt, transcript__source=excerpt.source_id, transcript__is_current=True
    ).first()
    if not excerpt.transcript.is_current:
        assert review is not None, "stayed behind without a word"
        assert review.state in ("open", "kept")
        assert excerpt.text == text
    elif fold_phrase(excerpt.text) != fold_phrase(text) and excerpt.transcript_id != transcript_id:
        is_back = excerpt.anchors.filter(transcript=excerpt.transcript).exists()
        assert review is not None or is_back, "moved to other words in silence"


DEEDS = ["correct", "replace", "assign", "recut", "transcribe_again", "go_back"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_happens_no_quote_is_lost_or_moved_in_silence(make, data):
    spoken = data.draw(st.lists(WORDS, min_size=3, max_size=25))
    old = make.transcript(turns=[("P01", " ".join(spoken[:-1])), ("P02", spoken[-1])])
    for _ in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(1, len(spoken)))
        last = data.draw(st.integers(first, min(len(spoken), first + 5)))
        excerpt = make.excerpt(old, first, last)
        make.placing(excerpt)
        Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=make.tag())
        if data.draw(st.booleans()):
            Excerpt.objects.filter(id=excerpt.id).update(deleted_at="2026-01-01T00:00:00Z")
    count = len(snapshot(old.source))

    for deed in data.draw(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=5)):
        house = House(draw=data.draw, source=old.source)
        current_id, before = house.current.id, snapshot(old.source)
        getattr(house, deed)()
        excerpts = Excerpt.objects.filter(source=old.source).select_related("transcript")
        assert len(excerpts) == count
        check_words(old.source)
        for excerpt in excerpts:
            assert (excerpt.placings.count(), excerpt.taggings.count()) == (1, 1)
            check_place(excerpt, before[excerpt.id])
            transcript_id, word_ids, text = before[excerpt.id]
            is_untouched = transcript_id != current_id or not house.touched & set(word_ids)
            if deed in ("correct", "replace", "assign") and is_untouched:
                assert (excerpt.word_ids, excerpt.text) == (word_ids, text)
            if house.is_recut and transcript_id == current_id:
                assert excerpt.text == text, "the same words were only cut otherwise"
                assert excerpt.transcript.is_current


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_decided_can_be_undone(make, rita, data):
    spoken = data.draw(st.lists(WORDS, min_size=3, max_size=20))
    old = make.transcript(turns=[("P01", " ".join(spoken))])
    for _ in range(3):
        first = data.draw(st.integers(1, len(spoken)))
        make.excerpt(old, first, data.draw(st.integers(first, min(len(spoken), first + 5))))
    house = House(draw=data.draw, source=old.source)
    start = snapshot(old.source)
    house.transcribe_again()
    carried = snapshot(old.source)
    for review in Review.objects.filter(excerpt__source=old.source):
        if data.draw(st.booleans()) and review.proposed_first_word_id is not None:
            accept_review(review=review, user=rita)
            assert Excerpt.objects.get(id=review.excerpt_id).transcript.is_current
        else:
            keep_review(review=review, user=rita)
            assert snapshot(old.source)[review.excerpt_id] == start[review.excerpt_id]
        reopen_review(review=review)
        assert snapshot(old.source) == carried
    switch_version(transcript=old)
    assert snapshot(old.source) == start
