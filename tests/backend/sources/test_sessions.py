"""Sessions through the API: making, changing, where they stand, what they hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.jobs.models import JobState, SearchChange, SubjectKind
from backend.personas.models import PersonaParticipant
from backend.sources.models import MediaFile
from backend.studies.models import Participant, Session, Study

pytestmark = pytest.mark.django_db


def make_media(source, sha256: str = "", **values) -> MediaFile:
    values.setdefault("duration_ms", 60_000)
    return MediaFile.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        original_path="x/original.wav",
        size_bytes=10,
        sha256=sha256,
        **values,
    )


def count_queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_researcher_makes_a_session(client_for, rita, url, make):
    study, person = make.study(title="Booking"), make.participant("P01")

    answer = client_for(rita).post(
        url("sessions"),
        {
            "study_id": study.id,
            "kind": "interview",
            "title": "First",
            "held_on": "2026-10-01",
            "language": "en",
            "participant_ids": [person.id],
        },
    )

    assert answer.status_code == 201
    data = answer.json()
    assert (data["study_id"], data["study_title"]) == (str(study.id), "Booking")
    assert data["participants"] == [
        {
            "id": str(person.id),
            "code_name": "P01",
            "real_name": "Greta Garbo",
            "persona_id": None,
        }
    ]
    assert (data["state"], data["duration_ms"], data["excerpt_count"]) == ("empty", None, 0)
    assert data["sources"] == data["uploads"] == data["jobs"] == []
    assert Session.objects.get().created_by == rita


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("kind", "chat"),
        ("held_on", "yesterday"),
        ("language", "English"),
        ("language", "EN"),
        ("study_id", "nonsense"),
        ("participant_ids", ["nonsense"]),
    ],
)
def test_what_a_session_can_not_be_is_refused(client_for, rita, url, make, field, value):
    values = {"study_id": make.study().id, "kind": "interview", "title": "First"}

    answer = client_for(rita).post(url("sessions"), {**values, field: value})

    assert answer.status_code == 400
    assert any(name.startswith(field) for name in answer.data["fields"])
    assert not Session.objects.exists()


def test_rows_of_another_workspace_can_not_be_named(client_for, rita, url, make, other_workspace):
    study = Study.objects.create(workspace=other_workspace, title="Theirs")
    person = Participant.objects.create(workspace=other_workspace, code_name="P01")
    session = make.session()
    client = client_for(rita)
    values = {"kind": "interview", "title": "First"}

    refused = [
        client.post(url("sessions"), {**values, "study_id": study.id}),
        client.post(
            url("sessions"),
            {**values, "study_id": session.study_id, "participant_ids": [person.id]},
        ),
        client.patch(url(f"sessions/{session.id}"), {"study_id": study.id}),
        client.patch(url(f"sessions/{session.id}"), {"participant_ids": [person.id]}),
    ]

    assert [answer.status_code for answer in refused] == [400] * 4
    assert Session.objects.count() == 1
    assert not session.participants.exists()


def test_a_session_is_changed_and_search_is_told(client_for, rita, url, make):
    session = make.session(participants=[make.participant("P01")])
    other_study, person = make.study(title="Other"), make.participant("P02")

    answer = client_for(rita).patch(
        url(f"sessions/{session.id}"),
        {
            "title": "Renamed",
            "study_id": other_study.id,
            "participant_ids": [person.id],
            "held_on": None,
        },
    )

    assert answer.status_code == 200
    assert (answer.data["title"], answer.data["study_title"]) == ("Renamed", "Other")
    assert [row["code_name"] for row in answer.data["participants"]] == ["P02"]
    change = SearchChange.objects.get()
    assert (change.subject_kind, change.subject_id) == (SubjectKind.SESSION, session.id)


def test_a_deleted_session_vanishes_and_comes_back(client_for, rita, url, make):
    transcript = make.transcript()
    session = transcript.source.session
    job = make.job(session_id=session.id)
    client = client_for(rita)
    paths = [url(f"sessions/{session.id}"), url(f"transcripts/{transcript.id}")]

    assert client.delete(paths[0]).status_code == 204

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.get(url("sessions")).data["count"] == 0
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert SearchChange.objects.filter(subject_id=session.id).count() == 1

    assert client.post(url(f"sessions/{session.id}/restore")).status_code == 200
    assert [client.get(path).status_code for path in paths] == [200, 200]
    assert SearchChange.objects.filter(subject_id=session.id).count() == 2


def test_a_session_of_a_deleted_study_comes_back_with_the_study_only(client_for, rita, url, make):
    session = make.session(deleted_at=timezone.now())
    client = client_for(rita)
    client.delete(url(f"studies/{session.study_id}"))

    assert client.post(url(f"sessions/{session.id}/restore")).status_code == 404


def test_the_list_says_where_each_session_stands(client_for, bob, url, make):
    study = make.study()
    ready = make.transcript(session=make.session(study=study, title="ready")).source
    make_media(ready)
    make.excerpt(ready.transcripts.get(), 1, 1)
    failed = make.source(session=make.session(study=study, title="failed"))
    make.job(kind="prepare_media", state="failed", source_id=failed.id)
    running = make.source(session=make.session(study=study, title="transcribing"))
    make.job(kind="transcribe", state="running", source_id=running.id)
    make.upload(make.session(study=study, title="uploading"))
    make.session(study=study, title="empty")
    make.session(title="of another study")

    rows = client_for(bob).get(url(f"sessions?study={study.id}")).data["results"]

    assert len(rows) == 5
    assert all(row["title"] == row["state"] for row in rows)
    heard = next(row for row in rows if row["title"] == "ready")
    assert (heard["duration_ms"], heard["excerpt_count"]) == (60_000, 1)


def test_sessions_are_listed_latest_first_and_undated_ones_last(client_for, bob, url, make):
    for title, held_on in (("old", "2026-01-01"), ("none", None), ("new", "2026-02-01")):
        make.session(title=title, held_on=held_on)

    rows = client_for(bob).get(url("sessions")).data["results"]

    assert [row["title"] for row in rows] == ["new", "old", "none"]
    assert client_for(bob).get(url("sessions?study=nonsense")).status_code == 400


def test_a_session_shows_what_it_holds(client_for, bob, url, make):
    person, persona = make.participant("P01"), make.persona()
    PersonaParticipant.objects.create(workspace=make.workspace, persona=persona, participant=person)
    session = make.session(participants=[person])
    transcript = make.transcript(session=session, turns=[("moderator", "How?"), ("P01", "Well")])
    make_media(transcript.source, playback_path="x/p.m4a", peaks_path="x/p.json")
    for state in ("failed", "succeeded"):
        job = make.job(kind="transcribe", state=state, source_id=transcript.source_id)

    data = client_for(bob).get(url(f"sessions/{session.id}")).json()

    [source] = data["sources"]
    assert source["transcript"]["id"] == str(transcript.id)
    assert source["transcript"]["word_count"] == 2
    address = url(f"sources/{source['id']}")
    assert source["media"]["media_url"] == f"{address}/media"
    assert source["media"]["peaks_url"] == f"{address}/peaks"
    assert source["media"]["original_url"] == f"{address}/original"
    assert [
        (s["label"], s["role"], s["code_name"], s["persona_id"]) for s in source["speakers"]
    ] == [
        ("moderator", "moderator", None, None),
        ("P01", "participant", "P01", str(persona.id)),
    ]
    assert source["duplicate_of"] is None
    assert [row["id"] for row in data["jobs"]] == [str(job.id)]


def test_only_the_current_version_is_shown(client_for, bob, url, make):
    current = make.transcript()
    make.transcript(source=current.source, version=2, is_current=False)

    data = client_for(bob).get(url(f"sessions/{current.source.session_id}")).json()

    assert data["sources"][0]["transcript"]["id"] == str(current.id)


def test_the_same_file_twice_is_noted_on_the_later_one(client_for, bob, url, make, other_workspace):
    first, second = make.session(title="First"), make.session(title="Second")
    make_media(make.source(session=first), "a" * 64)
    make_media(make.source(session=second), "a" * 64)
    client = client_for(bob)

    def noted(session):
        return client.get(url(f"sessions/{session.id}")).json()["sources"][0]["duplicate_of"]

    assert noted(first) is None
    assert noted(second) == {"session_id": str(first.id), "title": "First"}

    first.deleted_at = timezone.now()
    first.save()
    assert noted(second) is None


def test_different_files_are_not_duplicates(client_for, bob, url, make):
    session = make.session()
    for sha256 in ("", "", "b" * 64):
        make_media(make.source(session=session), sha256)

    data = client_for(bob).get(url(f"sessions/{session.id}")).json()

    assert [source["duplicate_of"] for source in data["sources"]] == [None] * 3


def test_the_list_and_the_page_take_the_same_queries_for_much(client_for, bob, url, make):
    client, study = client_for(bob), make.study()

    def fill(session: Session) -> None:
        for label in ("P01", "P02"):
            source = make.transcript(session=session, turns=[(label, "one two three")]).source
            make_media(source, "c" * 64)
            make.job(kind="transcribe", state="failed", source_id=source.id)
        make.upload(session)

    first = make.session(study=study)
    fill(first)
    paths = [url("sessions"), url(f"sessions/{first.id}")]
    few = [count_queries(client, path) for path in paths]

    for _ in range(20):
        fill(make.session(study=study))
        fill(first)

    assert [count_queries(client, path) for path in paths] == few
    assert few[0] <= 10
    assert few[1] <= 17
