"""Search goes away and comes back: everything else goes on, and nothing is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command

from backend.common.errors import UnavailableError
from backend.discovery.documents import build_documents
from backend.discovery.engine import get_engine
from backend.discovery.services import apply_changes, mend_index, rebuild_index
from backend.jobs.models import Job, JobKind, JobState, SearchChange
from backend.jobs.services import doorbell, enqueue_job
from backend.studies.models import ConsentState
from backend.tagging.models import Excerpt
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.engine import filled_key
from search.settings import MEILISEARCH_SETTINGS
from tests.search.faults.keeping_server import KeepingServer
from worker.ledger import run_job
from worker.pipelines.reindex import run_reindex

pytestmark = pytest.mark.django_db(transaction=True)

Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def silent_doorbell(monkeypatch) -> None:
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: None)


@pytest.fixture
def server(settings) -> Iterator[KeepingServer]:
    """A search server that is filled."""
    with KeepingServer() as server:
        settings.MEILI_URL = server.url
        rebuild_index()
        yield server


@pytest.fixture
def place(client_for, url, alice) -> Post:
    """As somebody does in the page."""

    def post(excerpt: Excerpt) -> None:
        answer = client_for(alice).post(
            url(f"excerpts/{excerpt.id}/placings"), {"quadrant": "pain"}, format="json"
        )
        assert answer.status_code == 201

    return post


@pytest.fixture
def ask(client_for, url, alice) -> Post:
    return lambda q="": client_for(alice).get(url("search"), {"q": q, "kind": "excerpt"})


def run_waiting(workspace) -> Job:
    """As the index worker does with the job of these changes."""
    job = enqueue_job(workspace_id=workspace.id, kind=JobKind.REINDEX, target_id=workspace.id)
    run_job(str(job.id), run_reindex)
    job.refresh_from_db()
    return job


def assert_in_step(workspace) -> None:
    """Every document that the rows make is in the index in that version, and no other."""
    made = {
        document.key: document.version for document in build_documents("excerpt", workspace.id, {})
    }
    versions = dict(get_engine().versions(str(workspace.id)))
    assert {key: each for key, each in versions.items() if key.startswith("excerpt-")} == made
    assert mend_index(workspace_id=workspace.id).written == 0


def assert_unavailable(answer) -> None:
    assert answer.status_code == 503
    body = answer.json()
    assert body["code"] == "unavailable"
    assert "othing is lost" in body["message"]
    assert body["remedy"]


@pytest.mark.parametrize("outage", ["stopped", "hanging", "error 500", "error 503", "full"])
def test_writes_wait_while_the_server_is_away_and_catch_up(
    server, make, workspace, place, ask, outage, monkeypatch
):
    monkeypatch.setattr("search.engines.meilisearch.engine._REQUEST_TIMEOUT_S", 1)
    before, meanwhile = make.excerpt(), make.excerpt()
    place(before)
    assert run_waiting(workspace).state == JobState.SUCCEEDED

    if outage == "stopped":
        server.stop()
    elif outage == "full":
        server.is_full = True
    elif outage == "hanging":
        server.is_hanging = True
    else:
        monkeypatch.setattr(
            server, "respond", lambda request: (int(outage[-3:]), {"message": "No", "code": "x"})
        )
    monkeypatch.setattr(get_engine(), "_request_timeout_s", 1)
    monkeypatch.setattr(get_engine(), "_per_thread", type("Fresh", (), {})())
    place(meanwhile)
    if outage != "full":
        assert_unavailable(ask("waited"))
    assert run_waiting(workspace).state == JobState.FAILED
    assert SearchChange.objects.exists()

    monkeypatch.undo()
    server.is_full = server.is_hanging = False
    if outage == "stopped":
        server.start()
    assert run_waiting(workspace).state == JobState.SUCCEEDED
    assert not SearchChange.objects.exists()
    assert_in_step(workspace)


@pytest.mark.parametrize("error", [{"message": "Failed", "code": "internal"}, "canceled"])
def test_a_task_that_failed_is_done_again(server, make, workspace, place, error):
    place(make.excerpt())
    failure = {"message": "Somebody", "code": error} if error == "canceled" else error
    server.failures.append(failure)
    assert run_waiting(workspace).state == JobState.FAILED
    assert run_waiting(workspace).state == JobState.SUCCEEDED
    assert_in_step(workspace)


def test_an_index_that_was_deleted_is_filled_again_and_search_says_so(
    server, make, workspace, place, ask
):
    old, new = make.excerpt(), make.excerpt()
    server.indexes.clear()
    assert_unavailable(ask("waited"))
    place(new)
    assert run_waiting(workspace).state == JobState.SUCCEEDED
    assert f"excerpt-{old.id}" in dict(get_engine().versions(str(workspace.id)))
    assert_in_step(workspace)
    assert ask("waited").status_code == 200


def test_an_index_that_was_emptied_finds_nothing_to_be_believed(server, make, ask):
    make.excerpt()
    for rows in server.indexes.values():
        rows.clear()
    assert_unavailable(ask("waited"))


def test_nor_is_an_emptied_index_believed_that_nothing_is_alike(
    server, make, client_for, url, alice
):
    excerpt = make.excerpt()
    for rows in server.indexes.values():
        rows.clear()
    answer = client_for(alice).get(url(f"excerpts/{excerpt.id}/similar"))
    assert answer.status_code == 503, answer.json()


def test_an_index_of_the_server_s_own_making_is_replaced(server, make, workspace, place):
    """Written to in the moment after it was deleted, it has neither all rows nor our settings."""
    old, new = make.excerpt(), make.excerpt()
    engine = get_engine()
    assert isinstance(engine, MeilisearchEngine)
    server.indexes.clear()
    engine.upsert(list(build_documents("excerpt", workspace.id, {"id": new.id})))
    assert engine.needs_rebuild()
    apply_changes(workspace_id=workspace.id)
    assert set(dict(engine.versions(str(workspace.id)))) >= {
        f"excerpt-{old.id}",
        f"excerpt-{new.id}",
    }
    assert {filled_key(MEILISEARCH_SETTINGS) in rows for rows in server.indexes.values()} == {True}


@pytest.fixture(params=["embedded", "meilisearch"])
def either(request) -> None:
    """Each engine, filled."""
    if request.param == "meilisearch":
        request.getfixturevalue("server")
    else:
        rebuild_index()


def test_what_changes_during_a_rebuild_is_in_the_new_index(
    either, make, workspace, place, monkeypatch
):
    """Withdrawn after it was read, and applied to the live index before the exchange."""
    kept, withdrawn = (
        make.excerpt(make.transcript(turns=[(label, "I waited for weeks")]))
        for label in ("P01", "P02")
    )
    engine = get_engine()
    seen = []

    def rebuild(documents):
        def with_a_change():
            yield from documents
            participant = withdrawn.participant
            participant.consent = ConsentState.WITHDRAWN
            participant.save()
            SearchChange.objects.create(
                workspace=workspace, subject_kind="participant", subject_id=participant.id
            )
            assert engine.is_rebuilding()
            apply_changes(workspace_id=workspace.id)
            seen.extend(key for key, _ in engine.versions(str(workspace.id)))

        real_rebuild(with_a_change())

    real_rebuild = engine.rebuild
    monkeypatch.setattr(engine, "rebuild", rebuild)
    rebuild_index()
    assert f"excerpt-{withdrawn.id}" not in seen, "gone from the live index at once"
    assert SearchChange.objects.exists(), "and noted for the new one"
    assert Job.objects.filter(kind=JobKind.REINDEX, state=JobState.QUEUED).exists()

    assert run_waiting(workspace).state == JobState.SUCCEEDED
    keys = {key for key, _ in engine.versions(str(workspace.id))}
    assert f"excerpt-{kept.id}" in keys
    assert f"excerpt-{withdrawn.id}" not in keys
    assert not SearchChange.objects.exists()
    assert_in_step(workspace)


def test_changes_are_not_kept_waiting_by_a_comparison(make, workspace, monkeypatch):
    """What people do is looked at between the batches of it."""
    monkeypatch.setattr("backend.discovery.changes.BATCH_SIZE", 2)
    rebuild_index()
    rows = [make.excerpt() for _ in range(5)]
    SearchChange.objects.create(
        workspace=workspace, subject_kind="workspace", subject_id=workspace.id
    )
    order = []
    engine = get_engine()
    real_upsert = engine.upsert

    def upsert(documents):
        order.append([document.id for document in documents])
        if len(order) == 1:
            Excerpt.objects.filter(id=rows[0].id).update(text="changed meanwhile")
            SearchChange.objects.create(
                workspace=workspace, subject_kind="excerpt", subject_id=rows[0].id
            )
        real_upsert(documents)

    monkeypatch.setattr(engine, "upsert", upsert)
    apply_changes(workspace_id=workspace.id)
    assert str(rows[0].id) in order[1], "right after the batch in which it happened"
    assert_in_step(workspace)


def test_one_document_that_the_engine_refuses_keeps_no_other_waiting(
    server, make, workspace, place
):
    good, bad = make.excerpt(), make.excerpt()
    address = "POST /indexes/earshot_v4/documents"

    def refuse(body):
        if any(row["id"] == str(bad.id) for row in body):
            return 400, {"message": "Not this one.", "code": "invalid_document_fields"}
        server.indexes["earshot_v4"].update({row["key"]: row for row in body})
        return server.enqueue()

    server.answers[address] = refuse
    place(good)
    place(bad)
    assert run_waiting(workspace).state == JobState.SUCCEEDED
    assert not SearchChange.objects.exists()
    assert f"excerpt-{good.id}" in server.indexes["earshot_v4"]


def test_the_command_compares_and_says_what_it_mended(make, workspace, capsys):
    rebuild_index()
    excerpt = make.excerpt()
    call_command("check_index")
    assert f"excerpt-{excerpt.id}" in dict(get_engine().versions(str(workspace.id)))
    assert "missing or old" in capsys.readouterr().out


def test_a_rebuild_of_a_server_that_is_away_says_so(server, make):
    server.stop()
    with pytest.raises(UnavailableError) as raised:
        rebuild_index()
    assert raised.value.remedy
    server.start()
