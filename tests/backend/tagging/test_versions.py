"""Another version of a transcript is put in use: the evidence comes along, or waits."""

import pytest

from backend.jobs.models import SearchChange
from backend.sources.models import ImportedFile, Transcript, WordCorrection
from backend.tagging.models import Anchor, Excerpt, Review, Tagging
from backend.tagging.services import (
    CarrySummary,
    assign_speaker,
    correct_word,
    mark_heard,
    switch_version,
    update_excerpt,
)

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
    changed = SearchChange.objects.filter(subject_kind="excerpt")
    assert [row.subject_id for row in changed] == [excerpt.id]
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


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def test_versions_are_listed_newest_first(
    rita_client, url, make, old, new_version, rita, workspace, count_queries
):
    make.excerpt(old, 1, 2)
    make.excerpt(old, 3, 4, deleted_at="2026-01-01T00:00:00Z")
    WordCorrection.objects.create(
        workspace=workspace, transcript=old, word_id=1, before="Frist", after="First"
    )

    def read() -> list[dict]:
        return rita_client.get(url(f"sources/{old.source_id}/transcripts")).json()["results"]

    few = count_queries(read)
    imported = new_version(created_by=rita, engine="import")
    ImportedFile.objects.create(
        workspace=workspace,
        source=old.source,
        transcript=imported,
        name="call.vtt",
        original_path="x",
        size_bytes=1,
    )
    newest, oldest = read()
    assert count_queries(read) == few
    assert (newest["id"], newest["version"], newest["is_current"]) == (str(imported.id), 2, False)
    assert newest["created_by"] == {"id": str(rita.id), "name": "Rita"}
    assert (newest["imported_name"], newest["excerpt_count"]) == ("call.vtt", 0)
    assert (oldest["imported_name"], oldest["created_by"]) == (None, None)
    assert (oldest["excerpt_count"], oldest["corrections_count"]) == (1, 1)


def test_versions_are_compared_old_against_new(rita_client, url, make, old, new_version):
    new = new_version(OLD.replace("six", "sick") + " Bye")
    for one, other in ((new, old), (old, new)):
        answer = rita_client.get(url(f"transcripts/{one.id}/compare?with={other.id}"))
        body = answer.json()
        assert (body["old"]["version"], body["new"]["version"]) == (1, 2)
        assert (body["same_words"], body["changed_words"]) == (18, 1)
        assert (body["removed_words"], body["added_words"]) == (0, 1)
        (row,) = body["rows"]
        assert row["kind"] == "changed"
        assert [span["text"] for span in row["new"] if span["is_changed"]] == ["sick", "Bye"]
    stranger = make.transcript()
    for with_id in (stranger.id, old.id, "x", ""):
        answer = rita_client.get(url(f"transcripts/{old.id}/compare?with={with_id}"))
        assert answer.status_code == 400


def test_a_version_is_put_in_use_by_a_researcher(
    client_for, url, make, old, new_version, rita, paul, bob, charlie
):
    make.excerpt(old, 5, 7)
    new = new_version()
    address = url(f"transcripts/{new.id}/make-current")
    for user, status in ((paul, 403), (bob, 403), (charlie, 404)):
        assert client_for(user).post(address).status_code == status
    assert client_for(rita).post(address).json() == {
        "transcript_id": str(new.id),
        "carried": 1,
        "reworded": 0,
        "uncertain": 0,
    }
    assert Transcript.objects.get(is_current=True) == new


def test_nothing_is_marked_on_a_version_out_of_use(rita_client, url, old, new_version):
    switch_version(transcript=new_version())
    body = {"transcript_id": str(old.id), "first_word_id": 1, "last_word_id": 2}
    answer = rita_client.post(url("excerpts"), body)
    assert answer.status_code == 409
    assert "Reload" in answer.json()["remedy"]
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize("values", [{"state": "in_progress"}, {"words": ""}])
def test_a_version_without_its_text_is_not_put_in_use(rita_client, url, old, new_version, values):
    new = new_version(**values)
    assert rita_client.post(url(f"transcripts/{new.id}/make-current")).status_code == 409
    old.refresh_from_db()
    assert old.is_current


def test_carrying_takes_the_same_queries_for_many_excerpts(make, old, new_version, count_queries):
    make.excerpt(old, 5, 7)
    first, second = new_version(), new_version()
    few = count_queries(lambda: switch_version(transcript=first))
    for word_id in range(1, 15):
        make.excerpt(first, word_id, word_id + 1)
    assert count_queries(lambda: switch_version(transcript=second)) <= few


def speakers_in(transcript: Transcript) -> list[tuple[str | None, bool]]:
    return [
        (turn.speaker and turn.speaker.label, turn.is_speaker_suggested)
        for turn in transcript.segments.select_related("speaker")
    ]


def test_speakers_that_people_set_come_along_by_words_and_time(make, rita):
    talk = [
        ("moderator", "How long did you wait"),
        ("P01", "Six weeks and nobody came"),
        ("P02", "Mine took a single day"),
    ]
    old = make.transcript(turns=talk)
    old.segments.filter(id=old.segments.all()[2].id).update(is_speaker_suggested=True)
    excerpt = make.excerpt(old, 6, 10)
    words = " ".join(text for _, text in talk)
    recut = [words.split()[:5], words.split()[5:8], words.split()[8:]]
    new = make.transcript(
        turns=[("voice", " ".join(part)) for part in recut],
        source=old.source,
        version=2,
        is_current=False,
    )
    new.segments.update(is_speaker_suggested=True)
    assert switch_version(transcript=new).carried == 1
    assert speakers_in(new) == [
        ("moderator", False),
        ("P01", False),
        ("voice", True),  # two words of P01's in seven, the rest was only suggested
    ]
    before, excerpt = excerpt, Excerpt.objects.get()
    assert (excerpt.speaker, excerpt.participant) == (before.speaker, before.participant)
    switch_version(transcript=old)
    kept = [("moderator", False), ("P01", False), ("P02", True)]
    assert speakers_in(old) == kept, "on the way back nothing is suggested anew"
    switch_version(transcript=new)
    turn = new.segments.all()[2]
    assign_speaker(segment=turn, scope="segment", speaker=excerpt.speaker, user=rita)
    switch_version(transcript=old)
    assert speakers_in(old) == [*kept[:2], ("P01", False)], "what somebody said there comes along"


def test_text_that_was_never_told_apart_names_nobody(make):
    old = make.transcript(turns=[("Speaker 1", OLD)])
    new = make.transcript(turns=[("voice", OLD)], source=old.source, version=2, is_current=False)
    new.segments.update(is_speaker_suggested=True)
    switch_version(transcript=new)
    assert speakers_in(new) == [("voice", True)]


def correct(transcript: Transcript, word_id: int, text: str) -> None:
    segment = next(
        segment
        for segment in transcript.segments.all()
        if word_id in [word[0] for word in segment.words]
    )
    correct_word(segment=segment, word_id=word_id, text=text)


def text_of(transcript: Transcript) -> str:
    return " ".join(word[1] for segment in transcript.segments.all() for word in segment.words)


def test_the_same_mistake_at_the_same_place_is_corrected_again(make, old, new_version, rita):
    misheard = OLD.replace("six weeks", "sick weeks,").replace("came to see", "game to see")
    first = new_version(misheard)
    switch_version(transcript=first)
    correct(first, 6, "six")
    correct(first, 14, "gamed")
    correct(first, 14, "came")
    correct(first, 1, "FIRST")
    excerpt = make.excerpt(first, 5, 7)
    assert excerpt.text == "waited six weeks,"
    again = new_version(misheard.replace("sick", "Sick").replace("weeks,", "sick"))
    assert switch_version(transcript=again) == CarrySummary(reworded=1)
    assert text_of(again) == OLD.replace("First", "FIRST").replace("six weeks", "Six sick")
    kept = WordCorrection.objects.filter(transcript=again).order_by("word_id")
    assert [(row.before, row.after) for row in kept] == [
        ("First", "FIRST"),
        ("Sick", "Six"),
        ("game", "came"),
    ]
    better = new_version(OLD)
    switch_version(transcript=better)
    assert text_of(better) == OLD.replace("First", "FIRST")


def doubt(transcript: Transcript, word_id: int) -> None:
    for segment in transcript.segments.all():
        for word in segment.words:
            if word[0] == word_id:
                word[4] = 0.1
        segment.save()


def test_what_was_heard_stays_heard_while_it_says_the_same(make, old, new_version, rita):
    doubt(old, 6)
    excerpt = make.excerpt(old, 4, 10, is_doubtful=True)
    mark_heard(excerpt=excerpt, user=rita, how="played")
    same, other = new_version(), new_version(OLD.replace("weeks", "week's"))
    doubt(same, 6)
    doubt(other, 6)
    switch_version(transcript=same)
    excerpt.refresh_from_db()
    assert (excerpt.is_doubtful, excerpt.heard_by) == (True, rita)
    switch_version(transcript=other)
    excerpt.refresh_from_db()
    assert (excerpt.is_doubtful, excerpt.heard_by, excerpt.heard_at) == (True, None, None)
    switch_version(transcript=old)
    excerpt.refresh_from_db()
    assert (excerpt.heard_by, excerpt.heard_how) == (rita, "played"), "these words were heard"
    switch_version(transcript=other)
    excerpt.refresh_from_db()
    assert excerpt.heard_at is None


def test_what_a_better_model_is_sure_of_need_not_be_heard(make, old, new_version):
    doubt(old, 6)
    excerpt = make.excerpt(old, 4, 10, is_doubtful=True)
    switch_version(transcript=new_version())
    excerpt.refresh_from_db()
    assert excerpt.is_doubtful is False
