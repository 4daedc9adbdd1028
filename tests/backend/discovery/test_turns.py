"""Searches take turns, and none waits for ever."""

import threading

import pytest

from backend.discovery.api import search as view
from backend.discovery.api.search import taking_turns

PATIENCE_SECONDS = 20


class Searcher(threading.Thread):
    """Takes a turn and keeps it until it is told to end."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.began, self.may_end = threading.Event(), threading.Event()
        self.start()

    def run(self) -> None:
        with taking_turns():
            self.began.set()
            self.may_end.wait(PATIENCE_SECONDS)

    def end(self) -> None:
        self.may_end.set()
        self.join(PATIENCE_SECONDS)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> float:
    monkeypatch.setattr(view, "_PATIENCE_S", request.param)
    return float(request.param)


@pytest.mark.parametrize("patience", [PATIENCE_SECONDS], indirect=True)
def test_a_third_begins_when_one_of_two_ends(patience: float) -> None:
    first, second = Searcher(), Searcher()
    assert first.began.wait(PATIENCE_SECONDS)
    assert second.began.wait(PATIENCE_SECONDS)
    third = Searcher()
    assert not third.began.wait(0.05)
    first.end()
    assert third.began.wait(PATIENCE_SECONDS)
    second.end()
    third.end()


@pytest.mark.parametrize("patience", [0.01], indirect=True)
def test_who_waited_long_enough_goes_on_without_a_turn(patience: float) -> None:
    kept = [Searcher(), Searcher(), Searcher()]
    assert all(each.began.wait(PATIENCE_SECONDS) for each in kept)
    for each in kept:
        each.end()
    again = Searcher()
    assert again.began.wait(PATIENCE_SECONDS)
    again.end()
