"""Changing one's own password."""

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

PATH = "/api/auth/password"
OLD = "the old long phrase of rita"
NEW = "a new long phrase of rita"


@pytest.fixture
def rita_with_password(rita):
    rita.set_password(OLD)
    rita.save()
    return rita


def sign_in(user, password: str) -> APIClient:
    client = APIClient()
    assert client.login(username=user.email, password=password)
    return client


def test_the_new_password_signs_in_and_the_old_one_no_longer(rita_with_password):
    rita = rita_with_password
    here, elsewhere = sign_in(rita, OLD), sign_in(rita, OLD)
    assert here.post(PATH, {"current": OLD, "password": NEW}).status_code == 204
    assert here.get("/api/auth/tokens").status_code == 200
    assert elsewhere.get("/api/auth/tokens").status_code in {401, 403}
    assert APIClient().login(username=rita.email, password=NEW)
    assert not APIClient().login(username=rita.email, password=OLD)


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [("not it", NEW, "current"), (OLD, "short", "password"), (OLD, "password", "password")],
)
def test_what_is_at_fault_is_named_and_nothing_changes(
    rita_with_password, current, password, field
):
    client = sign_in(rita_with_password, OLD)
    answer = client.post(PATH, {"current": current, "password": password})
    assert answer.status_code == 400
    assert field in answer.data["fields"]
    assert APIClient().login(username=rita_with_password.email, password=OLD)


def test_the_people_of_the_sample_keep_theirs(rita_with_password):
    rita_with_password.is_sample = True
    rita_with_password.save()
    client = APIClient()
    client.force_authenticate(rita_with_password)
    answer = client.post(PATH, {"current": OLD, "password": NEW})
    assert answer.status_code == 400
    assert answer.data["remedy"]


def test_a_stranger_changes_nothing():
    answer = APIClient().post(PATH, {"current": OLD, "password": NEW})
    assert answer.status_code in {401, 403}
