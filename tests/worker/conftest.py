"""What the worker's tests share: folders of their own, a workspace, and a waiting job."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from backend.jobs.models import Job, JobKind
from backend.workspaces.models import Workspace
from tests.backend.maker import Maker
from worker import ledger


@pytest.fixture(autouse=True)
def data_folders(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_DIR = tmp_path / "media"
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.fixture(autouse=True)
def never_stopping() -> Iterator[None]:
    yield
    ledger.stopping.clear()


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    return Workspace.objects.create(name="Acme")


@pytest.fixture
def make(workspace: Workspace) -> Maker:
    return Maker(workspace)


@pytest.fixture
def waiting_job(workspace: Workspace) -> Callable[..., Job]:
    """Makes a job row that waits, without ringing for it."""

    def make_job(kind: JobKind = JobKind.TRANSCRIBE, **values: Any) -> Job:
        values.setdefault("target_id", workspace.id)
        return Job.objects.create(workspace=workspace, kind=kind, **values)

    return make_job
