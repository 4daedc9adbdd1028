"""What was said but not marked, and what was noted, are found too, apart from the evidence."""

import pytest
from django.utils import timezone

from backend.discovery import changes
from backend.discovery.documents import passages, whole
from backend.discovery.engine import get_engine
from backend.discovery.services import apply_changes, mend_index, rebuild_index
from backend.jobs.models import SearchChange, SubjectKind
from backend.memos.selectors import find_subject
from backend.memos.services import create_memo, delete_memo
from backend.sources.services import add_text
from backend.tagging.services import correct_word, create_excerpt, delete_excerpt
from backend.tagging.services.text_editing import edit_text, join_segments
from search.query import SearchQuery
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index(data_folders, workspace):
    rebuild_index()


@pytest.fixture
def note(workspace):
    def note_change(kind, *rows):
        for row in rows:
            SearchChange.objects.create(workspace=workspace, subject_kind=kind, subject_id=row.id)

    return note_change


@pytest.fixture
def find(workspace):
    """Apply all changes, then search one kind; returns ids of the hits."""

    def apply_and_find(kind, text=""):
        apply_changes(workspace_id=workspace.id)
        query = SearchQuery(workspace_id=str(workspace.id), text=text, kinds=(kind,), limit=100)
        return {hit.id for hit in get_engine().search(query).hits}

    return apply_and_find


@pytest.fixture
def ask(client_for, url):
    def search(user, **params):
        return client_for(user).get(url("search"), params).json()

    return search


@pytest.fixture
def talk(make):
    return make.transcript(
        turns=[
            ("P01", "I always write the visit into my paper calendar"),
            ("moderator", "and then what happens usually after that"),
            ("P01", "mhm yes"),
        ]
    )


def test_passages_are_what_was_said_and_not_marked(make, talk, note, find):
    first, second, _ = talk.segments.order_by("position")
    note(SubjectKind.TRANSCRIPT, talk)
    assert find("passage") == {str(first.id), str(second.id)}
    assert find("passage", "calender") == {str(first.id)}

    excerpt = make.excerpt(talk, first=2, last=4)
    note(SubjectKind.EXCERPT, excerpt)
    assert find("passage") == {str(second.id)}

    excerpt.deleted_at = timezone.now()
    excerpt.save()
    note(SubjectKind.EXCERPT, excerpt)
    assert find("passage") == {str(first.id), str(second.id)}


def test_passages_go_with_their_session_and_their_person(make, talk, note, find):
    first, second, _ = talk.segments.order_by("position")
    note(SubjectKind.TRANSCRIPT, talk)
    person = first.speaker.participant
    person.consent = "withdrawn"
    person.save()
    note(SubjectKind.PARTICIPANT, person)
    assert find("passage") == {str(second.id)}

    session = talk.source.session
    session.deleted_at = timezone.now()
    session.save()
    note(SubjectKind.SESSION, session)
    assert find("passage") == set()


def test_only_the_version_in_use_is_found(make, talk, note, find):
    note(SubjectKind.TRANSCRIPT, talk)
    assert len(find("passage")) == 2
    talk.is_current = False
    talk.save()
    newer = make.transcript(
        source=talk.source, version=2, turns=[("P01", "I write it into my calendar every time")]
    )
    note(SubjectKind.TRANSCRIPT, talk, newer)
    assert find("passage") == {str(newer.segments.get().id)}


def test_a_changed_passage_says_its_new_words(talk, note, find):
    first = talk.segments.order_by("position")[0]
    first.words = [[1, "Parking", 0, 1, 1.0], *first.words[1:]]
    first.save()
    note(SubjectKind.SEGMENT, first)
    assert find("passage", "parking") == {str(first.id)}


def test_passages_are_shown_apart_and_name_nobody_to_those_who_may_not(
    talk, ask, alice, paul, note
):
    rebuild_index()
    assert ask(alice, q="calendar")["total"] == 0

    (hit,) = ask(alice, q="calendar", kind="passage")["hits"]
    passage = hit["passage"]
    assert hit["text"] == "I always write the visit into my paper calendar"
    assert (passage["speaker"], passage["speaker_role"]) == ("P01", "participant")
    assert passage["participant"]["real_name"] == "Greta Garbo"
    assert (passage["first_word_id"], passage["has_audio"]) == (1, True)
    (same,) = ask(paul, q="calendar", kind="passage")["hits"]
    assert same["passage"]["participant"]["real_name"] is None


def test_what_was_marked_a_moment_ago_is_no_passage_any_more(make, talk, ask, alice):
    rebuild_index()
    make.excerpt(talk, first=1, last=3)
    assert ask(alice, q="calendar", kind="passage")["hits"] == []


def test_memos_are_found_with_what_they_are_about(make, talk, note, find, ask, bob):
    excerpt = make.excerpt(talk, first=1, last=3)
    memo = make.memo(excerpt, text="Compare with the receptionist's complaint")
    note(SubjectKind.MEMO, memo)
    assert find("memo", "receptionist") == {str(memo.id)}

    (hit,) = ask(bob, q="receptionist", kind="memo")["hits"]
    assert hit["memo"]["subject"]["kind"] == "excerpt"
    assert hit["highlights"]

    memo.deleted_at = timezone.now()
    memo.save()
    note(SubjectKind.MEMO, memo)
    assert find("memo") == set()


def test_memos_go_with_what_they_are_about(make, talk, note, find):
    excerpt = make.excerpt(talk, first=1, last=3)
    memo = make.memo(excerpt, text="Compare with the receptionist's complaint")
    note(SubjectKind.MEMO, memo)
    assert find("memo") == {str(memo.id)}
    excerpt.deleted_at = timezone.now()
    excerpt.save()
    note(SubjectKind.EXCERPT, excerpt)
    assert find("memo") == set()


def test_mending_finds_passages_and_memos_that_were_missed(make, talk, find, workspace):
    make.memo(make.excerpt(talk, first=1, last=3), text="Compare with the receptionist")
    SearchChange.objects.create(
        workspace=workspace, subject_kind=SubjectKind.WORKSPACE, subject_id=workspace.id
    )
    assert len(find("passage")) == 1
    assert len(find("memo")) == 1


def test_queries_do_not_grow_with_passages_and_memos(make, ask, alice, count_queries):
    def add():
        talk = make.transcript(words="I always write the visit into my paper calendar")
        other = make.transcript(words="one two three four five six seven")
        make.memo(make.excerpt(other, first=1, last=3), text="About the calendar")
        return talk

    def count(number):
        for _ in range(number):
            add()
        rebuild_index()
        return count_queries(lambda: ask(alice, q="calendar", kind=["passage", "memo"], limit=100))

    assert count(2) == count(10)


def test_what_people_do_is_found_without_being_told(make, find, workspace, alice):
    talk = make.transcript(turns=[("P01", "I always write the visit into my paper calendar")])
    segment = talk.segments.get()
    correct_word(segment=segment, word_id=segment.words[-1][0], text="diary", user=alice)
    assert find("passage", "diary") == {str(segment.id)}

    subject = find_subject(workspace.id, "segment", segment.id)
    memo = create_memo(
        workspace_id=workspace.id, user=alice, subject=subject, text="Like the receptionist"
    )
    assert find("memo", "receptionist") == {str(memo.id)}
    delete_memo(memo=memo, user=alice, may_moderate=False)
    assert find("memo") == set()

    first, last = segment.words[0][0], segment.words[2][0]
    excerpt = create_excerpt(transcript=talk, first_word_id=first, last_word_id=last, user=alice)
    assert find("passage") == set()
    delete_excerpt(excerpt=excerpt, user=alice)
    assert find("passage") == {str(segment.id)}


def test_written_text_is_found_at_once(make, find):
    source = add_text(session=make.session(), text="P01: the parking is always full here")
    assert find("passage", "parking") == {str(source.transcripts.get().segments.get().id)}


def test_a_sentence_without_spaces_is_found_within(make, note, find):
    talk = make.transcript(turns=[("P01", "予約のリマインダーが来なかった"), ("P01", "はい")])
    [segment, _] = talk.segments.order_by("position")
    note(SubjectKind.TRANSCRIPT, talk)
    assert find("passage", "リマインダー") == {str(segment.id)}
    assert find("passage") == {str(segment.id)}


def test_turns_that_are_joined_are_one_passage(make, find, alice):
    talk = make.transcript(
        turns=[("P01", "the parking is always full"), ("P01", "when I come in the morning")]
    )
    first, second = talk.segments.order_by("position")
    assert find("passage") == set()
    edit_text(
        segment=second,
        text="when I come here in the morning",
        expected_text="when I come in the morning",
        user=alice,
    )
    assert find("passage") == {str(second.id)}
    edit = join_segments(segment=first, user=alice)
    assert edit.deleted_segment_ids == [second.id]
    assert find("passage", '"full when"') == {str(first.id)}
    assert find("passage") == {str(first.id)}


@pytest.fixture
def talks(make):
    """Three transcripts of four turns, the first of each marked: three words of it."""
    found = []
    for _ in range(3):
        turns = [("P01", f"the parking is full on day {n}") for n in range(4)]
        found.append(make.transcript(turns=turns))
        make.excerpt(found[-1], first=1, last=3)
    return found


@pytest.fixture
def marks_read(monkeypatch):
    """How many words were told to be marked, by transcript, each time that somebody asked."""
    read, asked = passages._read_marked, []

    def remember(transcripts):
        marked = read(transcripts)
        asked.append({each: len(words) for each, words in marked.items()})
        return marked

    monkeypatch.setattr(passages, "_read_marked", remember)
    return asked


def test_marks_are_read_once_when_all_is_read(talks, marks_read, monkeypatch, workspace):
    monkeypatch.setattr(whole, "BATCH_ROWS", 4)
    for read_all in (rebuild_index, lambda: mend_index(workspace_id=workspace.id)):
        marks_read.clear()
        read_all()
        assert [list(marks.values()) for marks in marks_read] == [[3], [3], [3]]
        assert len({transcript for marks in marks_read for transcript in marks}) == len(talks)


def test_a_batch_of_changed_passages_is_of_few_transcripts(
    talks, marks_read, note, find, monkeypatch
):
    monkeypatch.setattr(changes, "BATCH_SIZE", 4)
    note(SubjectKind.TRANSCRIPT, *talks)
    assert len(find("passage")) == 9
    assert [list(marks.values()) for marks in marks_read] == [[3], [3], [3]]


def test_filling_and_comparing_takes_no_more_queries_for_more_rows(
    talks, make, count_queries, workspace
):
    def count():
        rebuild_index()
        return count_queries(rebuild_index), count_queries(
            lambda: mend_index(workspace_id=workspace.id)
        )

    def add():
        make.memo(make.excerpt(make.transcript(turns=[("P02", "the parking is full again")])))
        make.tag()

    add()
    before = count()
    for _ in range(5):
        add()
    assert count() == before


def test_a_stranger_s_excerpt_named_in_a_change_leaves_their_passages(
    make, note, find, other_workspace
):
    theirs = Maker(other_workspace)
    talk = theirs.transcript(turns=[("P01", "the parking is always full here")])
    excerpt = theirs.excerpt(talk)
    excerpt.deleted_at = timezone.now()
    excerpt.save()
    rebuild_index()
    assert get_engine().count(str(other_workspace.id)) == 1
    note(SubjectKind.EXCERPT, excerpt)
    find("passage")
    assert get_engine().count(str(other_workspace.id)) == 1
