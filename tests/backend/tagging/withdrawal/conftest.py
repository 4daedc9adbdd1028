"""The team with its index, two voices of which one withdraws, and a way to withdraw."""

import pytest

from backend.discovery.services import rebuild_index
from backend.studies.models import Participant
from tests.backend.tagging.withdrawal.team import Team


@pytest.fixture
def team(make, url, client_for, alice, rita, paul, bob) -> Team:
    users = {"alice": alice, "rita": rita, "paul": paul, "bob": bob}
    team = Team(make, url, client_for, users)
    team.work()
    rebuild_index()
    return team


@pytest.fixture
def two_voices(make):
    """Turns of P01, who may withdraw, and of P02."""
    turns = [("P02", "First of all I waited"), ("P01", "zanzibar weeks and months"), ("P02", "Ah")]
    return make.transcript(turns=turns)


@pytest.fixture
def withdraw(client_for, alice, url):
    def change(consent: str = "withdrawn") -> None:
        person = Participant.objects.get(code_name="P01")
        answer = client_for(alice).patch(
            url(f"participants/{person.id}"), {"consent": consent}, format="json"
        )
        assert answer.json()["consent"] == consent

    return change
