"""API tokens for scripts."""

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import ApiToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client_for, rita):
    return client_for(rita).post("/api/auth/tokens", {"name": "nightly export"})


def bearer(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_a_token_opens_the_api_and_its_secret_is_not_kept(made, url):
    secret = made.data["token"]
    assert bearer(secret).get(url("")).status_code == 200
    token = ApiToken.objects.get()
    assert secret not in {token.prefix, token.secret_hash}
    assert token.last_used_at is not None


def test_the_list_shows_no_secret(made, client_for, rita):
    [listed] = client_for(rita).get("/api/auth/tokens").data
    assert listed["name"] == "nightly export"
    assert "token" not in listed


@pytest.mark.parametrize("secret", ["", "wrong", "é", "a" * 5000])
def test_a_wrong_token_is_not_signed_in(secret, url, workspace):
    answer = bearer(secret).get(url(""))
    assert answer.status_code == 401
    assert answer.data["remedy"]


def test_a_revoked_token_stops_working(made, client_for, rita, url):
    path = f"/api/auth/tokens/{made.data['id']}"
    assert client_for(rita).delete(path).status_code == 204
    assert bearer(made.data["token"]).get(url("")).status_code == 401


def test_nobody_revokes_the_token_of_another(made, client_for, alice):
    assert client_for(alice).delete(f"/api/auth/tokens/{made.data['id']}").status_code == 404


def test_a_token_has_the_rights_of_its_user(client_for, charlie, url):
    secret = client_for(charlie).post("/api/auth/tokens", {"name": "x"}).data["token"]
    assert bearer(secret).get(url("")).status_code == 404
