"""Links with which members choose a password: their first, or one for one that was lost."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Role
from tests.backend.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "five kites over the harbour"


def link_of(client, url, membership) -> str:
    answer = client.post(url(f"members/{membership.id}/password-link"))
    assert answer.status_code == 201, answer.content
    ends_at = datetime.fromisoformat(answer.data["expires_at"])
    assert timezone.now() < ends_at < timezone.now() + timedelta(days=4)
    path, _, token = answer.data["path"].partition("=")
    assert path == "/set-password?token"
    return token


def choose(token: str, password: str = NEW):
    return APIClient().post("/api/auth/set-password", {"token": token, "password": password})


def sign_in(email: str, password: str) -> int:
    return APIClient().post("/api/auth/sign-in", {"email": email, "password": password}).status_code


def test_a_new_person_chooses_their_password_and_is_in(client_for, alice, url):
    client = client_for(alice)
    body = {"email": "nina@example.org", "name": "Nina", "role": "viewer"}
    added = client.post(url("members"), body)
    assert (added.status_code, added.data["has_password"]) == (201, False)
    assert sign_in("nina@example.org", "") == 400
    token = link_of(client, url, Membership.objects.get(id=added.data["id"]))
    answer = choose(token)
    assert answer.status_code == 200
    assert answer.data["user"]["email"] == "nina@example.org"
    assert sign_in("nina@example.org", NEW) == 200


def test_a_lost_password_is_replaced_once(client_for, alice, bob, url):
    theirs = APIClient()
    theirs.post("/api/auth/sign-in", {"email": bob.email, "password": PASSWORD})
    token = link_of(client_for(alice), url, Membership.objects.get(user=bob))
    assert choose(token, "short").status_code == 400
    assert choose(token).status_code == 200
    assert sign_in(bob.email, PASSWORD) == 400
    assert sign_in(bob.email, NEW) == 200
    assert theirs.get(url("")).status_code in (401, 403)
    again = choose(token, "another long sentence of mine")
    assert again.status_code == 400
    assert "used or is too old" in again.data["message"]
    assert sign_in(bob.email, NEW) == 200


def test_a_link_ends_in_time_and_when_its_person_signs_in(client_for, alice, bob, url, settings):
    membership = Membership.objects.get(user=bob)
    token = link_of(client_for(alice), url, membership)
    assert sign_in(bob.email, PASSWORD) == 200
    assert choose(token).status_code == 400
    token = link_of(client_for(alice), url, membership)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(token).status_code == 400


def test_a_link_ends_when_its_person_is_let_in_elsewhere(client_for, alice, bob, url):
    """Its maker has it still, and has no say in the other workspace."""
    token = link_of(client_for(alice), url, Membership.objects.get(user=bob))
    other = Workspace.objects.create(name="Other")
    Membership.objects.create(workspace=other, user=bob, role=Role.VIEWER)
    assert choose(token).status_code == 400
    assert sign_in(bob.email, PASSWORD) == 200


@pytest.mark.parametrize("token", ["", "x", "x.y", f"{'0' * 32}.c0-abc"])
def test_what_is_no_link_opens_nothing(client_for, alice, token):
    assert choose(token).status_code == 400


def test_whose_work_is_elsewhere_too_is_not_an_owners_to_open(client_for, alice, bob, url):
    membership = Membership.objects.get(user=bob)
    path = url(f"members/{membership.id}/password-link")
    other = Workspace.objects.create(name="Theirs")
    Membership.objects.create(workspace=other, user=bob, role=Role.VIEWER)
    refused = client_for(alice).post(path)
    assert refused.status_code == 409
    assert "other workspaces" in refused.data["message"]
    own = Membership.objects.create(workspace=other, user=alice, role=Role.RESEARCHER)
    assert client_for(alice).post(path).status_code == 409
    own.role = Role.OWNER
    own.save()
    assert client_for(alice).post(path).status_code == 201


def test_the_people_of_the_sample_keep_their_password(client_for, alice, bob, url):
    bob.is_sample = True
    bob.save()
    path = url(f"members/{Membership.objects.get(user=bob).id}/password-link")
    assert client_for(alice).post(path).status_code == 409


def test_whoever_runs_earshot_prints_a_link(bob, capsys):
    call_command("password_link", bob.email, "--address", "https://earshot.example.org/")
    printed = capsys.readouterr().out.strip()
    assert printed.startswith("https://earshot.example.org/set-password?token=")
    assert choose(printed.partition("=")[2]).status_code == 200
    with pytest.raises(CommandError):
        call_command("password_link", "nobody@example.org")
