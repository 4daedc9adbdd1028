"""From placing an excerpt to finding it: the whole way through outbox, doorbell, worker, index."""

import time

from bench.figures import Figure, Latency, time_ms
from tests.stack import Client

PLACINGS = 30
DEADLINE_SECONDS = 30


def measure_placing(client: Client) -> list[Figure]:
    """Each excerpt is unplaced before; it is searched for as a gain until it is found."""
    total, placing_alone = [], []
    for number in range(PLACINGS):
        word = f"mark{95_000 + number}"
        found = client.get("search", params={"q": f'"{word}"', "kind": "excerpt"}).json()
        excerpt = found["hits"][0]["excerpt"]
        started = time.perf_counter()
        placing_alone.append(time_ms(lambda excerpt=excerpt: _place(client, excerpt["id"])))
        _wait_until_found(client, word)
        total.append((time.perf_counter() - started) * 1000)
    return [
        Figure(
            "placing an excerpt until it is found",
            Latency(total),
            "the request alone",
            Latency(placing_alone),
        )
    ]


def _place(client: Client, excerpt_id: str) -> None:
    answer = client.post(f"excerpts/{excerpt_id}/placings", json={"quadrant": "gain"})
    answer.raise_for_status()


def _wait_until_found(client: Client, word: str) -> None:
    deadline = time.perf_counter() + DEADLINE_SECONDS
    params = {"q": f'"{word}"', "quadrant": "gain", "kind": "excerpt", "limit": "1"}
    while time.perf_counter() < deadline:
        if client.get("search", params=params).json()["hits"]:
            return
        time.sleep(0.01)
    raise AssertionError(f"{word} was placed and not found within {DEADLINE_SECONDS} s.")
