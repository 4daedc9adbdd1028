"""Another version of a transcript is put in use: the evidence comes along, or waits."""

import pytest

from backend.jobs.models import SearchChange
from backend.sources.models import Transcript
from backend.tagging.models import Anchor, Excerpt, Review, Tagging
from backend.tagging.services import CarrySummary, switch_version, update_excerpt

pytestmark = pytest.mark.django_db

OLD = "First of all I waited six weeks for a visit and then nobody came to see me at all"
# Word ids:  1  2   3  4   5     6    7    8  9  10   11  12   13    14  15 16  17 18 19


@pytest.fixture
def old(make):
    return make.transcript(turns=[("P01", OLD)])


@pytest.fixture
def new_version(make, old):
    """The next version of the same recording: the same times, word for word, unless told."""

    def make_version(words: str = OLD, *, shift_ms: int = 0, **values) -> Transcript:
        values.setdefault("version", old.source.transcripts.count() + 1)
        made = make.transcript(
            turns=[("P01", words)], source=old.source, is_current=False, **values
        )
        for segment in made.segments.all():
            segment.words = [
                [word_id, text, start and start + shift_ms, end and end + shift_ms, probability]
                for word_id, text, start, end, probability in segment.words
            ]
            segment.save()
        return made

    return make_version


def test_the_same_words_carry_an_excerpt_with_all_that_hangs_on_it(make, old, new_version):
    excerpt = make.excerpt(old, 5, 7)
    placing = make.placing(excerpt)
    tagging = Tagging.objects.create(
        workspace=excerpt.workspace, excerpt=excerpt, tag=make.tag("Waiting")
    )
    new = new_version("Well " + OLD, shift_ms=-400)
    SearchChange.objects.all().delete()
    assert switch_version(transcript=new) == CarrySummary(carried=1)
    before, excerpt = excerpt, Excerpt.objects.get()
    assert excerpt.transcript == new
    assert (excerpt.word_ids, excerpt.text) == ([6, 7, 8], before.text)
    assert (excerpt.start_ms, excerpt.end_ms) == (before.start_ms, before.end_ms)
    assert list(excerpt.placings.all()) == [placing]
    assert list(excerpt.taggings.all()) == [tagging]
    assert [row.subject_id for row in SearchChange.objects.all()] == [excerpt.id]
    assert not Review.objects.exists()
    old.refresh_from_db()
    assert (old.is_current, new.is_current) == (False, True)


def test_switching_to_the_version_in_use_does_nothing(make, old):
    make.excerpt(old, 5, 7)
    assert switch_version(transcript=old) == CarrySummary()
    assert not Anchor.objects.exists()


def test_other_words_within_certain_ends_are_carried_and_shown_to_somebody(make, old, new_version):
    excerpt = make.excerpt(old, 4, 10)
    new = new_version(OLD.replace("waited six weeks", "waited sick weeks"))
    assert switch_version(transcript=new) == CarrySummary(reworded=1)
    excerpt.refresh_from_db()
    assert (excerpt.transcript, excerpt.text) == (new, "I waited sick weeks for a visit")
    review = Review.objects.get()
    assert (review.outcome, review.state) == ("reworded", "open")
    assert (review.old_text, review.old_transcript) == ("I waited six weeks for a visit", old)
    assert review.proposed_text == excerpt.text


def test_without_certain_ends_it_stays_and_a_place_is_proposed(make, old, new_version):
    excerpt = make.excerpt(old, 5, 7)
    new = new_version(OLD.replace("waited six weeks", "wait sixth week"))
    assert switch_version(transcript=new) == CarrySummary(uncertain=1)
    excerpt.refresh_from_db()
    assert (excerpt.transcript, excerpt.text) == (old, "waited six weeks")
    review = Review.objects.get()
    assert review.outcome == "uncertain"
    assert review.proposed_text == "wait sixth week"


def test_words_that_are_gone_propose_nothing(make, old, new_version):
    make.excerpt(old, 5, 7)
    gone = OLD.split()[:4]
    new = new_version(" ".join(gone))
    assert switch_version(transcript=new) == CarrySummary(uncertain=1)
    review = Review.objects.get()
    assert (review.proposed_text, review.proposed_first_word_id) == ("", None)


def test_deleted_excerpts_come_along(make, old, new_version):
    excerpt = make.excerpt(old, 5, 7, deleted_at="2026-01-01T00:00:00Z")
    new = new_version()
    assert switch_version(transcript=new).carried == 1
    excerpt.refresh_from_db()
    assert excerpt.transcript == new
    assert excerpt.deleted_at is not None


def test_going_back_restores_the_very_words(make, old, new_version):
    excerpt = make.excerpt(old, 4, 10)
    new = new_version(OLD.replace("six", "sick").replace("First", "Well first"), shift_ms=-350)
    switch_version(transcript=new)
    assert switch_version(transcript=old) == CarrySummary(carried=1)
    before = excerpt
    excerpt = Excerpt.objects.get()
    for name in ("transcript_id", "word_ids", "text", "start_ms", "end_ms", "position"):
        assert getattr(excerpt, name) == getattr(before, name), name


def test_a_range_that_somebody_changed_is_kept_when_going_back(make, old, new_version):
    excerpt = make.excerpt(old, 5, 7)
    switch_version(transcript=new_version())
    excerpt.refresh_from_db()
    update_excerpt(excerpt=excerpt, first_word_id=4, last_word_id=10)
    switch_version(transcript=old)
    excerpt.refresh_from_db()
    assert excerpt.text == "I waited six weeks for a visit"


def test_without_times_words_said_once_are_certain_and_words_said_twice_are_not(make):
    old = make.transcript(words="no I said no and yes", has_audio=False)
    certain, open_to_doubt = make.excerpt(old, 2, 3), make.excerpt(old, 4, 4)
    new = make.transcript(
        words="well no no I said", source=old.source, has_audio=False, version=2, is_current=False
    )
    switch_version(transcript=new)
    certain.refresh_from_db()
    open_to_doubt.refresh_from_db()
    assert (certain.transcript, certain.text) == (new, "I said")
    assert open_to_doubt.transcript == old


def test_the_same_words_said_again_later_are_not_taken_for_the_first(make):
    old = make.transcript(words="I do not know " + "um " * 12 + "I do not know")
    first = make.excerpt(old, 1, 4)
    new = make.transcript(source=old.source, version=2, is_current=False, words="x " * 16)
    segment = new.segments.get()
    said_once = old.segments.get().words[-4:]
    segment.words = [[1 + index, *word[1:]] for index, word in enumerate(said_once)]
    segment.save()
    assert switch_version(transcript=new) == CarrySummary(uncertain=1)
    first.refresh_from_db()
    assert first.transcript == old
