"""What was lost is found: workers, messages, changes that nobody indexed, files left behind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.discovery.engine import get_engine
from backend.discovery.services import rebuild_index
from backend.jobs.models import Job, JobKind, JobState, SearchChange, SubjectKind
from backend.jobs.services import doorbell
from backend.workspaces.models import Workspace
from worker import sweeper
from worker.ledger import run_job
from worker.pipelines.reindex import run_reindex
from worker.scratch import remove_scratch, scratch_dir, shared_file, sweep_scratch
from worker.sweeper import ring_for_unseen_changes, sweep_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rung(monkeypatch):
    """The ids of jobs that were rung for, instead of messages."""
    ids = []
    monkeypatch.setattr(doorbell, "ring", lambda *, kind, job_id: ids.append(job_id))
    return ids


def note_change(workspace, *, seconds_ago: float) -> None:
    change = SearchChange.objects.create(
        workspace=workspace, subject_kind=SubjectKind.WORKSPACE, subject_id=workspace.id
    )
    SearchChange.objects.filter(id=change.id).update(
        created_at=timezone.now() - timedelta(seconds=seconds_ago)
    )


def test_a_change_that_nobody_indexes_gets_a_job(workspace, rung):
    note_change(workspace, seconds_ago=6)

    assert ring_for_unseen_changes() == 1

    job = Job.objects.get()
    assert (job.kind, job.target_id, job.state) == ("reindex", workspace.id, "queued")
    assert rung == [job.id]


def test_a_fresh_change_is_left_to_its_own_job(workspace, rung):
    note_change(workspace, seconds_ago=1)

    assert ring_for_unseen_changes() == 0


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_a_change_whose_job_is_on_its_way_is_left_alone(workspace, waiting_job, rung, state):
    waiting_job(JobKind.REINDEX, state=state)
    note_change(workspace, seconds_ago=60)

    assert ring_for_unseen_changes() == 0


@pytest.mark.parametrize(("seconds_ago", "jobs"), [(1, 0), (31, 1)])
def test_a_failed_index_is_tried_again_after_a_while(
    workspace, waiting_job, rung, seconds_ago, jobs
):
    waiting_job(
        JobKind.REINDEX,
        state=JobState.FAILED,
        finished_at=timezone.now() - timedelta(seconds=seconds_ago),
    )
    note_change(workspace, seconds_ago=60)

    assert ring_for_unseen_changes() == jobs


def test_one_failing_sweep_does_not_stop_the_others(workspace, rung, monkeypatch):
    def fail() -> int:
        raise RuntimeError

    fail.__name__ = "sweep_jobs"
    monkeypatch.setattr(sweeper, "sweep_jobs", fail)
    note_change(workspace, seconds_ago=6)

    sweep_once()

    assert Job.objects.count() == 1


def test_scratch_is_made_once_for_all_workers_of_a_job(waiting_job):
    job, other = waiting_job(), waiting_job(JobKind.PREPARE_MEDIA)
    made = []

    def make(path):
        made.append(path)
        path.write_bytes(b"samples")

    path = shared_file(job, "1.pcm", make)
    assert shared_file(job, "1.pcm", make) == path
    kept = shared_file(other, "1.pcm", make)

    assert path.read_bytes() == b"samples"
    assert len(made) == 2
    remove_scratch(job)
    assert list(scratch_dir().iterdir()) == [kept]
    assert shared_file(job, "1.pcm", make).is_file()


def test_scratch_that_could_not_be_made_is_not_there(waiting_job):
    def fail(path):
        path.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        shared_file(waiting_job(), "1.pcm", fail)

    assert list(scratch_dir().iterdir()) == []


def test_scratch_of_an_unfinished_job_stays_and_the_rest_goes(waiting_job):
    running, over = waiting_job(state=JobState.RUNNING), waiting_job(state=JobState.CANCELLED)
    waiting = waiting_job()
    scratch_dir().mkdir(parents=True)
    kept = [f"{running.id}.1.pcm", f".{running.id}.x.unfinished.unfinished", f"{waiting.id}.1.pcm"]
    old = [f"{over.id}.1.pcm", "0b0e9a30-0000-4000-8000-000000000000.1.pcm", "other"]
    for name in kept + old:
        (scratch_dir() / name).touch()

    assert sweep_scratch() == len(old)

    assert {path.name for path in scratch_dir().iterdir()} == set(kept)


def test_the_planner_is_told_how_rows_are_spread_but_not_in_every_sweep(make, monkeypatch):
    monkeypatch.setattr(sweeper, "_statistics_due_at", float("-inf"))
    make.excerpt()

    with CaptureQueriesContext(connection) as first:
        sweeper.refresh_statistics()
    with CaptureQueriesContext(connection) as second:
        sweeper.refresh_statistics()

    assert any("ANALYZE" in query["sql"] for query in first.captured_queries)
    assert len(second) == 0


def test_sweeping_scratch_needs_no_folder(workspace):
    assert sweep_scratch() == 0


@pytest.fixture
def keeping_index(monkeypatch, settings, tmp_path):
    """A process that does the work of the index, just started; the index is in a new folder."""
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(sweeper, "_comparison_due_at", float("-inf"))
    sweeper._keeps_index.set()
    yield
    sweeper._keeps_index.clear()


def test_a_lost_index_is_filled_without_anybody_asking(keeping_index, workspace, make, rung):
    excerpt = make.excerpt()

    sweeper.watch_index()
    sweeper.watch_index()

    job = Job.objects.get()
    assert (job.kind, job.state, rung) == ("reindex", "queued", [job.id])
    assert not SearchChange.objects.exists()
    run_job(str(job.id), run_reindex)
    assert f"excerpt-{excerpt.id}" in dict(get_engine().versions(str(workspace.id)))


def test_a_lost_index_is_not_tried_again_at_once(keeping_index, workspace, waiting_job, rung):
    waiting_job(JobKind.REINDEX, state=JobState.FAILED, finished_at=timezone.now())

    sweeper.watch_index()

    assert rung == []


def test_the_index_is_compared_when_a_worker_starts_and_then_once_an_hour(
    keeping_index, workspace, rung, monkeypatch
):
    other_workspace = Workspace.objects.create(name="Elsewhere")
    rebuild_index()

    sweeper.watch_index()
    sweeper.watch_index()

    asked = SearchChange.objects.values_list("workspace_id", "subject_kind")
    assert set(asked) == {(workspace.id, "workspace"), (other_workspace.id, "workspace")}
    assert asked.count() == 2
    monkeypatch.setattr(sweeper, "_comparison_due_at", float("-inf"))
    sweeper.watch_index()
    assert asked.count() == 2, "what waits already is not asked for twice"


def test_other_workers_leave_the_index_alone(workspace, rung):
    sweeper.watch_index()

    assert rung == []


def test_an_engine_that_is_down_stops_no_sweep(keeping_index, workspace, rung, settings):
    settings.MEILI_URL = "http://127.0.0.1:9"

    sweeper.watch_index()

    assert rung == []
