"""People of a workspace and their roles."""

import pytest

from backend.workspaces.models import Membership
from tests.backend.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_owner_adds_a_new_person(client_for, alice, url):
    body = {"email": "New@example.org", "name": "Nina", "password": PASSWORD, "role": "viewer"}
    answer = client_for(alice).post(url("members"), body)
    assert answer.status_code == 201
    assert answer.data["email"] == "new@example.org"
    names = [member["name"] for member in client_for(alice).get(url("members")).data]
    assert names == ["Alice", "Nina"]


def test_somebody_with_an_account_needs_no_password(client_for, alice, charlie, url):
    body = {"email": charlie.email, "role": "product"}
    assert client_for(alice).post(url("members"), body).status_code == 201
    assert client_for(charlie).get(url("")).status_code == 200


def test_a_new_account_needs_a_name(client_for, alice, url):
    answer = client_for(alice).post(url("members"), {"email": "n@example.org", "role": "viewer"})
    assert answer.status_code == 400
    assert "name" in answer.data["fields"]


def test_nobody_is_added_twice(client_for, alice, bob, url):
    answer = client_for(alice).post(url("members"), {"email": bob.email, "role": "viewer"})
    assert answer.status_code == 409


def test_a_role_changes_what_one_may_do(client_for, alice, bob, url):
    membership = Membership.objects.get(user=bob)
    path = url(f"members/{membership.id}")
    assert client_for(alice).patch(path, {"role": "owner"}).status_code == 200
    assert client_for(bob).patch(url(""), {"name": "Acme & Sons"}).data["name"] == "Acme & Sons"


@pytest.mark.parametrize("act", ["step down", "leave"])
def test_the_last_owner_stays(client_for, alice, url, act):
    path = url(f"members/{Membership.objects.get(user=alice).id}")
    client = client_for(alice)
    answer = client.patch(path, {"role": "viewer"}) if act == "step down" else client.delete(path)
    assert answer.status_code == 409
    assert Membership.objects.get(user=alice).role == "owner"


def test_a_removed_person_is_a_stranger(client_for, alice, bob, url):
    path = url(f"members/{Membership.objects.get(user=bob).id}")
    assert client_for(alice).delete(path).status_code == 204
    assert client_for(bob).get(url("")).status_code == 404


@pytest.mark.parametrize("name", ["rita", "paul", "bob"])
def test_only_owners_manage_people(request, client_for, url, name):
    user = request.getfixturevalue(name)
    body = {"email": "x@example.org", "name": "X", "password": PASSWORD, "role": "owner"}
    assert client_for(user).post(url("members"), body).status_code == 403
    assert client_for(user).get(url("members")).status_code == 200
