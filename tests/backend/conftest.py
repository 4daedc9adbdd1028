"""The cast and the props of backend tests.

alice owns the workspace, rita is a researcher, paul is a product manager, bob looks, and charlie
owns another workspace: to him everything here must be as if it did not exist.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Role
from tests.backend.maker import Maker

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def data_folders(settings, tmp_path):
    """Files of a test stay in its own folder."""
    settings.MEDIA_DIR = tmp_path / "media"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.MEDIA_DIR.mkdir()


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _member(workspace: Workspace, name: str, role: Role) -> User:
    user = User.objects.create_user(
        email=f"{name.lower()}@example.org", name=name, password=PASSWORD
    )
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return user


@pytest.fixture
def workspace(db) -> Workspace:
    return Workspace.objects.create(name="Acme")


@pytest.fixture
def other_workspace(db) -> Workspace:
    return Workspace.objects.create(name="Elsewhere")


@pytest.fixture
def alice(workspace) -> User:
    return _member(workspace, "Alice", Role.OWNER)


@pytest.fixture
def rita(workspace) -> User:
    return _member(workspace, "Rita", Role.RESEARCHER)


@pytest.fixture
def paul(workspace) -> User:
    return _member(workspace, "Paul", Role.PRODUCT)


@pytest.fixture
def bob(workspace) -> User:
    return _member(workspace, "Bob", Role.VIEWER)


@pytest.fixture
def charlie(other_workspace) -> User:
    return _member(other_workspace, "Charlie", Role.OWNER)


@pytest.fixture
def client_for() -> Callable[[User | None], APIClient]:
    def make_client(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return make_client


@pytest.fixture
def url(workspace) -> Callable[[str], str]:
    return lambda path: f"/api/workspaces/{workspace.id}/{path}"


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    """How many queries doing something takes."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        # Counted at once: the next request clears the log.
        return len(queries)

    return count


@pytest.fixture
def make(workspace) -> SimpleNamespace:
    return Maker(workspace)  # type: ignore[return-value]
