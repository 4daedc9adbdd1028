"""Undoing changes of text row by row: word by word, and the excerpts on the words follow."""

import pytest

from backend.sources.models import Segment, Speaker, Transcript
from backend.tagging.history import recording
from backend.tagging.history.undoing import (
    ChangedSinceError,
    redo_change,
    redo_latest,
    undo_change,
    undo_latest,
)
from backend.tagging.history.word_edits import differing_words, put_words, returning_words
from backend.tagging.models import Change, Excerpt
from backend.tagging.services import mark_heard, rederive_excerpts, update_excerpt

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(make):
    return make.transcript(
        turns=[("P01", "I waited six weeks for a visit"), ("P02", "The app is faster")]
    )


def scope_of(transcript):
    return {
        "workspace_id": transcript.workspace_id,
        "session_id": transcript.source.session_id,
    }


def record_words(transcript, user, edits, verb="text.edit"):
    """Set words of segments: {position: words}. What is touched follows."""
    segments = {s.position: s for s in transcript.segments.all()}
    with recording(**scope_of(transcript), user=user, verb=verb, summary="Edited") as changes:
        changes.watch(*(segments[position] for position in edits))
        touched: set[int] = set()
        for position, words in edits.items():
            touched |= {word[0] for word in [*segments[position].words, *words]}
            segments[position].words = words
            segments[position].save()
        rederive_excerpts(transcript=transcript, word_ids=touched)
    return changes.change


def words_of(transcript, index=0):
    return list(transcript.segments.order_by("position"))[index].words


def say(transcript, index=0):
    return " ".join(word[1] for word in words_of(transcript, index))


def spelled(words, texts):
    return [[word[0], texts.get(word[0], word[1]), *word[2:]] for word in words]


def first_position(transcript, index=0):
    return list(transcript.segments.order_by("position").values_list("position", flat=True))[index]


def correct(transcript, user, texts, index=0):
    words = spelled(words_of(transcript, index), texts)
    return record_words(transcript, user, {first_position(transcript, index): words})


def drop(transcript, user, ids, index=0):
    words = [word for word in words_of(transcript, index) if word[0] not in ids]
    return record_words(transcript, user, {first_position(transcript, index): words})


def test_a_change_keeps_only_the_words_that_differ(transcript, alice):
    change = correct(transcript, alice, {3: "seven"})
    (row,) = change.rows
    assert row["before"] == {"words": {"3": [3, "six", 800, 1150, 0.9]}}
    assert row["after"] == {"words": {"3": [3, "seven", 800, 1150, 0.9]}}


def test_two_people_in_one_segment_do_not_block_each_other(transcript, alice, rita, make):
    excerpt = make.excerpt(transcript, 2, 4)
    correct(transcript, alice, {3: "seven"})
    correct(transcript, rita, {4: "months"})
    change = undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited six months for a visit"
    excerpt.refresh_from_db()
    assert excerpt.text == "waited six months"
    assert change.touched["excerpt_ids"] == [str(excerpt.id)]
    redo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited seven months for a visit"


def test_the_same_word_does(transcript, alice, rita):
    correct(transcript, alice, {3: "seven"})
    correct(transcript, rita, {3: "eight"})
    with pytest.raises(ChangedSinceError, match="Rita changed the same since"):
        undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited eight weeks for a visit"
    undo_latest(**scope_of(transcript), user=rita)
    undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited six weeks for a visit"


def test_a_word_that_comes_back_is_in_its_place_and_in_its_excerpts(transcript, alice, rita, make):
    inside, ending = make.excerpt(transcript, 2, 5), make.excerpt(transcript, 2, 3)
    drop(transcript, alice, {3})
    correct(transcript, rita, {4: "months"})
    assert Transcript.objects.get().word_count == 11  # Who edits counts; undoing counts on.
    later = make.excerpt(transcript, 4, 5)
    undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited six months for a visit"
    assert Transcript.objects.get().word_count == 12
    rows = {row.id: row for row in Excerpt.objects.all()}
    assert rows[inside.id].word_ids == [2, 3, 4, 5]
    assert rows[ending.id].word_ids == [2, 3]
    assert rows[ending.id].text == "waited six"
    assert rows[later.id].word_ids == [4, 5]


def test_a_range_that_was_changed_meanwhile_stays(transcript, alice, rita, make):
    excerpt = make.excerpt(transcript, 2, 3)
    drop(transcript, alice, {3})
    update_excerpt(excerpt=Excerpt.objects.get(), first_word_id=1, last_word_id=5, user=rita)
    undo_latest(**scope_of(transcript), user=alice)
    excerpt.refresh_from_db()
    assert excerpt.word_ids == [1, 2, 3, 4, 5]


def test_who_marked_words_that_stood_for_more_has_all_of_them_again(transcript, alice, make):
    words = [w for w in spelled(words_of(transcript), {3: "forty days"}) if w[0] != 4]
    record_words(transcript, alice, {first_position(transcript): words})
    marked = make.excerpt(transcript, 2, 3)
    undo_latest(**scope_of(transcript), user=alice)
    marked.refresh_from_db()
    assert (marked.word_ids, marked.text) == ([2, 3, 4], "waited six weeks")


def test_words_that_alone_hold_an_excerpt_do_not_vanish(transcript, alice, rita, make):
    words = [*words_of(transcript), [8, "indeed", 2800, 3000, 1.0]]
    transcript.segments.filter(position__gt=1).delete()  # Its words have these ids.
    record_words(transcript, alice, {first_position(transcript): words})
    marked = make.excerpt(transcript, 8, 8)
    with pytest.raises(ChangedSinceError, match="an excerpt rests on “indeed”"):
        undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript).endswith("indeed")
    marked.deleted_at = marked.created_at
    marked.save()
    undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited six weeks for a visit"


def split(transcript, user, word_id):
    segment = next(s for s in transcript.segments.all() if word_id in {w[0] for w in s.words})
    index = [word[0] for word in segment.words].index(word_id)
    with recording(
        **scope_of(transcript), user=user, verb="text.split", summary="Split a turn"
    ) as changes:
        changes.watch(segment)
        later = Segment.objects.create(
            workspace_id=segment.workspace_id,
            transcript=transcript,
            position=word_id,
            speaker=segment.speaker,
            words=segment.words[index:],
            start_ms=segment.words[index][2],
            end_ms=segment.end_ms,
        )
        segment.words = segment.words[:index]
        segment.end_ms = segment.words[-1][3]
        segment.save()
        changes.made(later)
    return changes.change


def rows_of(transcript):
    rows = Segment.objects.filter(transcript=transcript).order_by("position").values()
    return [{k: v for k, v in row.items() if k != "updated_at"} for row in rows]


def test_a_split_is_undone_and_done_again_to_the_byte(transcript, alice, make):
    excerpt = make.excerpt(transcript, 3, 6)
    before = rows_of(transcript)
    change = split(transcript, alice, 5)
    after = rows_of(transcript)
    undone = undo_latest(**scope_of(transcript), user=alice)
    assert rows_of(transcript) == before
    assert len(undone.touched["segment_ids"]) == 2
    redo_latest(**scope_of(transcript), user=alice)
    assert rows_of(transcript) == after
    assert Excerpt.objects.get().word_ids == excerpt.word_ids
    assert Transcript.objects.get().word_count == 11
    assert Change.objects.get().id == change.id


def test_words_corrected_before_a_split_point_stay_when_it_is_undone(transcript, alice, rita):
    split(transcript, alice, 5)
    correct(transcript, rita, {2: "waited,"})
    undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript) == "I waited, six weeks for a visit"


def test_a_split_whose_new_turn_was_edited_stays(transcript, alice, rita):
    split(transcript, alice, 5)
    correct(transcript, rita, {6: "one"}, index=1)
    with pytest.raises(ChangedSinceError, match="Rita changed the same since"):
        undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript, 1) == "for one visit"


def test_what_was_heard_is_heard_again(transcript, alice, rita, make):
    transcript.segments.update(doubt="unsure")
    excerpt = make.excerpt(transcript, 2, 4, is_doubtful=True)
    mark_heard(excerpt=excerpt, user=rita, how="played")
    heard_at = Excerpt.objects.get().heard_at
    correct(transcript, alice, {3: "seven"})
    assert Excerpt.objects.get().heard_at is None
    undo_latest(**scope_of(transcript), user=alice)
    assert (Excerpt.objects.get().heard_at, Excerpt.objects.get().heard_by) == (heard_at, rita)


def test_a_merged_speaker_and_the_turns_go_back(transcript, alice, rita):
    first, second = Speaker.objects.order_by("label")
    with recording(**scope_of(transcript), user=alice, verb="speaker.assign", summary="x") as one:
        turn = transcript.segments.get(speaker=second)
        one.watch(turn)
        turn.speaker = first
        turn.save()
    with recording(**scope_of(transcript), user=rita, verb="speaker.merge", summary="y") as two:
        two.watch(second)
        second.merged_into = first
        second.save()
    # Who spoke then is somebody else by now.
    undo_change(change=one.change, user=alice)
    assert set(transcript.segments.values_list("speaker", flat=True)) == {first.id}
    undo_change(change=two.change, user=alice)
    assert Speaker.objects.filter(merged_into__isnull=True).count() == 2
    redo_change(change=two.change, user=rita)
    assert Speaker.objects.get(label="P02").merged_into == first


def fail_half_way(transcript, user):
    with recording(**scope_of(transcript), user=user, verb="x", summary="x") as changes:
        changes.watch(*transcript.segments.all())
        transcript.segments.update(doubt="unsure")
        raise ZeroDivisionError


def test_nothing_is_recorded_of_nobody_nothing_or_what_failed(transcript, alice):
    assert correct(transcript, None, {3: "seven"}) is None
    assert correct(transcript, alice, {3: "seven"}) is None
    with pytest.raises(ZeroDivisionError):
        fail_half_way(transcript, alice)
    assert not Change.objects.exists()
    assert not transcript.segments.filter(doubt="unsure").exists()


def test_a_recording_inside_another_is_part_of_it(transcript, alice, rita):
    with recording(**scope_of(transcript), user=alice, verb="outer", summary="Outer"):
        correct(transcript, rita, {1: "We"})
        correct(transcript, rita, {8: "An"}, index=1)
    change = Change.objects.get()
    assert (change.verb, change.created_by, len(change.rows)) == ("outer", alice, 2)
    undo_latest(**scope_of(transcript), user=alice)
    assert say(transcript).startswith("I waited")
    assert say(transcript, 1).startswith("The app")


def test_edits_of_words():
    before = [[1, "a"], [2, "b"], [5, "c"]]
    after = [[1, "a"], [3, "x"], [5, "d"]]
    edits = differing_words(before, after)
    assert edits == (
        {"2": [2, "b"], "3": None, "5": [5, "c"]},
        {"2": None, "3": [3, "x"], "5": [5, "d"]},
    )
    assert put_words(after, edits[0]) == before
    assert put_words(before, edits[1]) == after
    assert differing_words(before, before[::-1]) is None, "no edit tells these apart"
    assert returning_words(
        [[1, "a"], [2, "b"], [5, "c"], [12, "z"]],
        {"1": [1, "ab"], "2": None, "5": None, "9": None},
        {"1": [1, "a"], "2": [2, "b"], "5": [5, "c"], "9": None},
    ) == {1: [2, 5]}
