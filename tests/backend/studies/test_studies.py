"""Studies through the API: who may do what, counts, deletion that can be undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.jobs.models import Job, JobState, SearchChange, SubjectKind
from backend.sources.models import MediaFile
from backend.studies.models import Study

pytestmark = pytest.mark.django_db


def changes_of(study) -> int:
    return SearchChange.objects.filter(subject_kind=SubjectKind.STUDY, subject_id=study.id).count()


def test_a_researcher_makes_a_study(client_for, rita, url):
    answer = client_for(rita).post(
        url("studies"),
        {"title": "Booking", "questions": ["How do people book?"], "product_area": "Booking"},
    )

    assert answer.status_code == 201
    assert answer.data["title"] == "Booking"
    assert answer.data["questions"] == ["How do people book?"]
    assert answer.data["session_count"] == answer.data["heard_ms"] == 0
    assert answer.data["last_activity_at"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, None])
def test_a_study_needs_a_title_that_fits(client_for, rita, url, title):
    answer = client_for(rita).post(url("studies"), {"title": title})

    assert answer.status_code == 400
    assert answer.data["fields"]["title"]
    assert not Study.objects.exists()


def test_product_and_viewer_read_but_do_not_write(client_for, paul, bob, url, make):
    study = make.study()
    for user in (paul, bob):
        client = client_for(user)
        assert client.get(url("studies")).data["count"] == 1
        assert client.post(url("studies"), {"title": "Mine"}).status_code == 403
        assert client.patch(url(f"studies/{study.id}"), {"title": "Mine"}).status_code == 403
        assert client.delete(url(f"studies/{study.id}")).status_code == 403


def test_counts_are_of_what_is_kept(client_for, alice, url, make):
    study = make.study()
    session = make.session(study=study)
    transcript = make.transcript(session=session, turns=[("P01", "one two"), ("P02", "three")])
    make.excerpt(transcript, 1, 1)
    make.excerpt(transcript, 2, 2)
    make.excerpt(transcript, 3, 3, deleted_at="2026-01-01T00:00Z")
    MediaFile.objects.create(
        workspace=make.workspace,
        source=transcript.source,
        original_path="x",
        size_bytes=1,
        duration_ms=60_000,
    )
    gone = make.session(study=study, deleted_at="2026-01-01T00:00Z")
    make.excerpt(make.transcript(session=gone, turns=[("P03", "four")]))

    answer = client_for(alice).get(url(f"studies/{study.id}")).data

    assert answer["session_count"] == 1
    assert answer["participant_count"] == 2
    assert answer["excerpt_count"] == 2
    assert answer["heard_ms"] == 60_000


def test_renaming_tells_search(client_for, rita, url, make, django_capture_on_commit_callbacks):
    study = make.study()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client_for(rita).patch(url(f"studies/{study.id}"), {"title": "Renamed"})

    assert answer.data["title"] == "Renamed"
    assert changes_of(study) == 1
    assert Job.objects.filter(kind="reindex", state=JobState.QUEUED).count() == 1


def test_a_deleted_study_vanishes_with_its_sessions_and_comes_back(client_for, rita, url, make):
    study = make.study()
    transcript = make.transcript(session=make.session(study=study))
    client = client_for(rita)
    inside = [
        url(f"studies/{study.id}"),
        url(f"sessions/{transcript.source.session_id}"),
        url(f"transcripts/{transcript.id}"),
    ]

    assert client.delete(url(f"studies/{study.id}")).status_code == 204

    assert [client.get(path).status_code for path in inside] == [404, 404, 404]
    assert client.get(url("studies")).data["count"] == 0
    assert client.get(url("sessions")).data["count"] == 0
    assert client.get(url("participants")).data["results"][0]["session_count"] == 0
    assert changes_of(study) == 1

    assert client.post(url(f"studies/{study.id}/restore")).status_code == 200
    assert [client.get(path).status_code for path in inside] == [200, 200, 200]
    assert changes_of(study) == 2


def test_deleting_a_study_stops_its_work(client_for, rita, url, make):
    study = make.study()
    waiting = make.job(study_id=study.id)
    lease = timezone.now() + timedelta(minutes=1)
    running = make.job(study_id=study.id, state=JobState.RUNNING, lease_until=lease)
    shared = make.job(study_id=study.id, state=JobState.RUNNING)
    other = make.job()

    client_for(rita).delete(url(f"studies/{study.id}"))

    for job in (waiting, running, shared, other):
        job.refresh_from_db()
    assert (waiting.state, shared.state) == (JobState.CANCELLED, JobState.CANCELLED)
    assert running.is_cancel_requested
    assert other.state == JobState.QUEUED


def test_the_list_takes_the_same_queries_for_many(client_for, bob, url, make):
    client = client_for(bob)

    def count_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url("studies")).status_code == 200
        return len(queries)

    make.excerpt(make.transcript())
    few = count_queries()
    for number in range(20):
        make.session(study=make.study(title=f"More {number}"))
    assert count_queries() == few
    assert few <= 6
