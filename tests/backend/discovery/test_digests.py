"""Once a week, what is new in somebody's searches: for them alone, counted once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.discovery.digests.due import GRACE, WEEK, enqueue_due_digests, last_due, next_due
from backend.discovery.digests.writing import write_due_digest
from backend.discovery.models import Asking, Digest, DigestChoice, SavedSearch
from backend.discovery.services import rebuild_index
from backend.jobs.models import Job, JobState
from backend.tagging.models import Excerpt
from backend.workspaces.models import Membership

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
NOW = MONDAY + timedelta(minutes=5)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"]


@pytest.fixture
def keep(make):
    """A search in its owner's digest since long ago."""

    def keep_for(user, name, **question):
        row = make.saved_search(name, user, **question)
        row.in_digest_since = MONDAY - 10 * WEEK
        row.save()
        return row

    return keep_for


@pytest.fixture
def mark(make):
    def mark_at(words, moment=MONDAY - timedelta(days=1), label="P01"):
        excerpt = make.excerpt(make.transcript(turns=[(label, words)]))
        Excerpt.objects.filter(id=excerpt.id).update(created_at=moment)
        return excerpt

    return mark_at


def write(user, workspace, now=NOW):
    rebuild_index()
    membership = Membership.objects.get(user=user, workspace=workspace)
    return write_due_digest(membership_id=membership.id, now=now)


@pytest.fixture
def read(client_for, url):
    def read_as(user, digest):
        return client_for(user).get(url(f"digests/{digest.id}"))

    return read_as


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_it_is_due_on_mondays_at_eight_by_the_reader_s_clock(now, zone):
    due = last_due(now, zone)
    local = due.moment.astimezone(zone)
    assert (local.weekday(), local.hour, local.minute, local.date()) == (0, 8, 0, due.week)
    assert due.moment <= now - GRACE
    following = next_due(now, zone)
    assert following > now - GRACE
    # An hour more or less where clocks are changed.
    assert abs(following - due.moment - WEEK) <= timedelta(hours=1)


def test_it_counts_what_was_marked_in_the_week(keep, mark, workspace, bob, read):
    keep(bob, "Reminders", q="reminder")
    keep(bob, "Parking", q="parking")
    mark("an old reminder", MONDAY - WEEK - timedelta(seconds=1))
    first = mark("a reminder came", MONDAY - WEEK)
    newest = mark("the reminder was late", MONDAY - timedelta(hours=1), "P02")
    middle = mark("which reminder", MONDAY - timedelta(days=2))
    mark("no reminder", MONDAY - timedelta(days=3), "P02")
    mark("a reminder after the week", MONDAY)
    mark("the bus was late", label="P03")

    digest = write(bob, workspace)
    shown = read(bob, digest).json()
    assert (shown["since"], shown["until"]) == ("2026-11-16T08:00:00Z", "2026-11-23T08:00:00Z")
    assert shown["people_total"] == 3
    (search,) = shown["searches"]
    assert (search["name"], search["excerpts"], search["people"]) == ("Reminders", 4, 2)
    assert [row["id"] for row in search["newest"]][:2] == [str(newest.id), str(middle.id)]
    assert len(search["newest"]) == 3
    assert str(first.id) not in [row["id"] for row in search["newest"]]


def test_every_excerpt_is_in_exactly_one_digest(keep, mark, workspace, bob):
    keep(bob, "All", q="reminder")
    hours = range(0, 14 * 24, 7)
    for each in hours:
        mark("a reminder", MONDAY - timedelta(hours=each))

    digests = [write(bob, workspace, NOW + weeks * WEEK) for weeks in (-1, 0, 1)]
    counts = [search.excerpts for digest in digests for search in digest.searches.all()]
    assert sum(counts) == len(hours)
    assert len(counts) == 3


def test_a_week_without_news_is_shown_to_nobody(keep, mark, workspace, bob, client_for, url, read):
    keep(bob, "Reminders", q="reminder")
    mark("the bus was late")

    digest = write(bob, workspace)
    assert not digest.has_news
    assert digest.mail_due_at is None
    assert read(bob, digest).status_code == 404
    assert client_for(bob).get(url("digests/latest")).json() == {"digest": None}


def test_what_is_withdrawn_or_deleted_is_in_no_digest(
    keep, mark, make, workspace, bob, read, client_for, url, alice
):
    keep(bob, "Reminders", q="reminder")
    withdrawn, deleted = mark("a secret reminder"), mark("a wrong reminder", label="P02")
    mark("a good reminder", label="P03")
    digest = write(bob, workspace)
    assert "secret" in read(bob, digest).content.decode()

    path = url(f"participants/{withdrawn.participant_id}")
    assert client_for(alice).patch(path, {"consent": "withdrawn"}).status_code == 200
    assert client_for(alice).delete(url(f"excerpts/{deleted.id}")).status_code == 204

    shown = read(bob, digest)
    (search,) = shown.json()["searches"]
    assert [row["text"] for row in search["newest"]] == ["a good reminder"]
    assert "secret" not in shown.content.decode()
    assert "secret" not in str(Digest.objects.values()) + str(digest.searches.values())


def test_names_of_people_are_shown_to_those_who_may_see_them(
    keep, mark, workspace, bob, rita, read
):
    keep(bob, "Reminders", q="reminder")
    keep(rita, "Reminders", q="reminder")
    mark("a reminder")
    assert "Garbo" not in read(bob, write(bob, workspace)).content.decode()
    assert "Garbo" in read(rita, write(rita, workspace)).content.decode()


def test_it_is_its_reader_s_alone_and_gone_with_them(keep, mark, workspace, bob, alice, read):
    keep(bob, "Reminders", q="reminder")
    mark("a reminder")
    digest = write(bob, workspace)
    assert read(alice, digest).status_code == 404

    membership = Membership.objects.get(user=bob)
    membership_id = membership.id
    membership.delete()
    assert read(bob, digest).status_code == 404
    assert write_due_digest(membership_id=membership_id, now=NOW + WEEK) is None
    assert enqueue_due_digests(NOW + WEEK) == 0


def test_there_is_one_for_each_week_whoever_writes_it(keep, mark, workspace, bob):
    keep(bob, "Reminders", q="reminder")
    mark("a reminder")
    first = write(bob, workspace)
    assert write(bob, workspace, NOW + timedelta(days=6)) == first
    second = write(bob, workspace, NOW + WEEK)
    assert second.week == date(2026, 11, 30)
    assert not second.has_news


def test_what_was_asked_and_is_answered_is_told_once(
    keep, mark, make, workspace, bob, read, client_for, url
):
    keep(bob, "Reminders", q="reminder")
    question = make.open_question("parking", bob)
    make.open_question("zebra", bob)
    mark("parking is far", MONDAY - 3 * WEEK)
    mark("parking is dear", MONDAY - 3 * WEEK, "P02")

    digest = write(bob, workspace)
    (answer,) = read(bob, digest).json()["answers"]
    assert (answer["words"], answer["people"]) == ("parking", 2)
    assert not write(bob, workspace, NOW + WEEK).has_news

    client_for(bob).delete(url(f"open-questions/{question.id}"))
    assert Asking.objects.filter(question=question).exists()


def test_a_search_that_was_put_in_later_waits_for_the_next_monday(keep, mark, workspace, bob):
    row = keep(bob, "Reminders", q="reminder")
    SavedSearch.objects.filter(id=row.id).update(in_digest_since=NOW)
    mark("a reminder")
    assert write(bob, workspace) is None
    assert enqueue_due_digests(NOW) == 0
    assert write(bob, workspace, NOW + WEEK) is not None


def test_after_a_pause_it_is_of_one_week(keep, mark, workspace, bob):
    row = keep(bob, "Reminders", q="reminder")
    write(bob, workspace, NOW - 5 * WEEK)
    SavedSearch.objects.filter(id=row.id).update(in_digest_since=MONDAY - timedelta(days=3))
    assert write(bob, workspace).since == MONDAY - WEEK


def test_after_weeks_without_a_worker_nothing_is_left_out(keep, mark, workspace, bob):
    keep(bob, "Reminders", q="reminder")
    write(bob, workspace, NOW - 3 * WEEK)
    mark("a reminder", MONDAY - 2 * WEEK)
    digest = write(bob, workspace)
    assert digest.since == MONDAY - 3 * WEEK
    assert digest.has_news


def test_due_readers_get_one_job_each(keep, workspace, alice, bob, charlie, other_workspace):
    keep(bob, "Reminders", q="reminder")
    keep(bob, "Parking", q="parking")
    keep(alice, "Reminders", q="reminder")
    DigestChoice.objects.create(workspace=workspace, user=alice, time_zone="America/New_York")

    for user in (alice, bob):
        write(user, workspace, NOW - 6 * timedelta(days=1))

    assert enqueue_due_digests(MONDAY + timedelta(seconds=30)) == 0
    assert enqueue_due_digests(NOW) == 1
    assert enqueue_due_digests(NOW) == 0
    assert enqueue_due_digests(NOW + timedelta(hours=5)) == 1
    assert {job.target_id for job in Job.objects.all()} == set(
        Membership.objects.filter(user__in=[alice, bob]).values_list("id", flat=True)
    )
    Job.objects.update(state=JobState.FAILED, finished_at=NOW)
    assert enqueue_due_digests(NOW + timedelta(minutes=9)) == 0
    assert enqueue_due_digests(NOW + timedelta(hours=6)) == 2


def test_looking_for_due_readers_takes_as_many_queries_for_one_as_for_many(
    keep, make, workspace, alice, bob, paul, rita, count_queries
):
    for user in (alice, bob, paul, rita):
        keep(user, "Reminders", q="reminder")
        write(user, workspace)
    few = count_queries(lambda: enqueue_due_digests(NOW))
    for user in (alice, bob, paul, rita):
        for number in range(5):
            keep(user, f"Search {number}", q="reminder")
    assert count_queries(lambda: enqueue_due_digests(NOW)) == few


def test_reading_one_takes_as_many_queries_for_one_search_as_for_many(
    keep, mark, workspace, bob, read, count_queries
):
    keep(bob, "Reminders", q="reminder")
    mark("a reminder")
    one = write(bob, workspace)
    few = count_queries(lambda: read(bob, one))
    for number in range(6):
        keep(bob, f"Search {number}", q="reminder")
    mark("another reminder", NOW, "P02")
    mark("one more reminder", NOW, "P03")
    many = write(bob, workspace, NOW + WEEK)
    assert many.searches.count() == 7
    assert count_queries(lambda: read(bob, many)) == few


def test_settings_say_when_it_comes_and_by_whose_clock(keep, client_for, url, bob, alice):
    path = url("digest-settings")
    before = client_for(bob).get(path).json()
    assert (before["time_zone"], before["is_mailed"], before["searches"]) == ("UTC", True, 0)
    assert before["can_mail"] is False
    keep(bob, "Reminders", q="reminder")
    after = client_for(bob).put(path, {"time_zone": "Asia/Tokyo", "is_mailed": False}).json()
    assert (after["time_zone"], after["is_mailed"], after["searches"]) == ("Asia/Tokyo", False, 1)
    assert after["next_at"].endswith("T23:00:00Z")
    assert client_for(bob).put(path, {"time_zone": "Moon/Sea"}).status_code == 400
    assert client_for(bob).put(path, {"time_zone": "../etc/passwd"}).status_code == 400
    assert client_for(alice).get(path).json()["is_mailed"]
