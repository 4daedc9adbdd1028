"""Signing in and out, the sample's sign-in, and the first owner."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from rest_framework.test import APIClient

from backend.accounts.models import OneTimeLink, User
from backend.workspaces.models import Membership, Workspace
from tests.backend.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_throttle_left_over():
    cache.clear()


@pytest.fixture
def sample_user() -> User:
    workspace = Workspace.objects.create(name="Sample", is_sample=True)
    user = User.objects.create_user(
        email="researcher@sample.earshot", name="Rosa", password="earshot-sample", is_sample=True
    )
    Membership.objects.create(workspace=workspace, user=user, role="owner")
    return user


def sign_in(client: APIClient, email: str, password: str, **extra):
    return client.post("/api/auth/sign-in", {"email": email, "password": password}, **extra)


def test_signing_in_tells_where_one_belongs(rita, workspace):
    client = APIClient()
    answer = sign_in(client, "RITA@example.org ", PASSWORD)
    assert answer.status_code == 200
    assert answer.data["user"]["name"] == "Rita"
    [mine] = answer.data["workspaces"]
    assert mine["id"] == str(workspace.id)
    assert mine["role"] == "researcher"
    assert mine["permissions"] == {
        "may_edit_research": True,
        "may_write_insights": True,
        "may_see_names": True,
        "may_manage_members": False,
        "may_lock_codebook": False,
    }
    assert client.get("/api/auth/session").data["user"]["name"] == "Rita"


def test_a_wrong_password_is_told_plainly(rita):
    answer = sign_in(APIClient(), "rita@example.org", "something else")
    assert answer.status_code == 400
    assert "don't belong together" in answer.data["message"]
    assert answer.data["remedy"]


def test_signing_out_ends_the_session(rita):
    client = APIClient()
    sign_in(client, "rita@example.org", PASSWORD)
    assert client.post("/api/auth/sign-out").status_code == 204
    assert client.get("/api/auth/session").data["user"] is None


def test_many_wrong_passwords_are_slowed_down(rita, monkeypatch):
    answers = [sign_in(APIClient(), "rita@example.org", f"wrong {n}") for n in range(25)]
    assert answers[0].status_code == 400
    assert answers[-1].status_code == 429
    assert answers[-1].data["remedy"]


def test_a_forged_sign_in_is_refused(rita):
    client = APIClient(enforce_csrf_checks=True)
    assert sign_in(client, "rita@example.org", PASSWORD).status_code == 403


def test_the_sample_signs_in_on_the_machine_itself(sample_user):
    client = APIClient()
    [offered] = client.get("/api/auth/session").data["sample_sign_ins"]
    assert sign_in(client, offered["email"], offered["password"]).status_code == 200


@pytest.mark.parametrize(
    "request_facts", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}]
)
def test_the_sample_does_not_sign_in_from_elsewhere(sample_user, request_facts):
    client = APIClient()
    assert client.get("/api/auth/session", **request_facts).data["sample_sign_ins"] == []
    answer = sign_in(client, sample_user.email, "earshot-sample", **request_facts)
    assert answer.status_code == 400


def test_the_sample_does_not_sign_in_where_earshot_is_served(sample_user, settings):
    settings.IS_SERVED = True
    client = APIClient()
    assert client.get("/api/auth/session").data["sample_sign_ins"] == []
    assert sign_in(client, sample_user.email, "earshot-sample").status_code == 400


def first_owner(secret: str, **changes):
    body = {
        "token": secret,
        "email": "olga@example.org",
        "name": "Olga",
        "password": PASSWORD,
        "workspace_name": "Hospital",
        **changes,
    }
    return APIClient().post("/api/auth/first-owner", body)


def make_link(capsys) -> str:
    call_command("first_owner_link", "--address", "https://earshot.example.org/")
    printed = capsys.readouterr().out.strip()
    assert printed.startswith("https://earshot.example.org/first-owner?token=")
    return printed.partition("token=")[2]


def test_the_first_owner_is_made_by_a_link_that_works_once(capsys):
    assert APIClient().get("/api/auth/session").data["needs_first_owner"] is True
    secret = make_link(capsys)
    answer = first_owner(secret)
    assert answer.status_code == 200
    assert [w["name"] for w in answer.data["workspaces"]] == ["Hospital"]
    assert answer.data["workspaces"][0]["role"] == "owner"
    again = first_owner(secret, email="eve@example.org")
    assert again.status_code == 400
    assert not User.objects.filter(email="eve@example.org").exists()


def test_a_weak_password_does_not_use_up_the_link(capsys):
    secret = make_link(capsys)
    answer = first_owner(secret, password="password")
    assert answer.status_code == 400
    assert "password" in answer.data["fields"]
    assert OneTimeLink.objects.get().is_open
    assert first_owner(secret).status_code == 200


def test_the_first_owner_by_command(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO(f"{PASSWORD}\n"))
    call_command(
        "create_owner", "--email", "Olga@example.org", "--name", "Olga", "--workspace", "Hospital"
    )
    assert sign_in(APIClient(), "olga@example.org", PASSWORD).status_code == 200
